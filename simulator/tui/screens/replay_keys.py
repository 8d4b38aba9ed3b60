"""The keys of the replay."""

from __future__ import annotations

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding(
        "left", "step(-1)", "earlier", id="replay.back", show=False, priority=True,
        tooltip="earlier_tip",
    ),
    Binding(
        "right", "step(1)", "onwards", id="replay.on", show=False, priority=True,
        tooltip="onwards_tip",
    ),
    Binding("space", "play", "play", id="replay.play", tooltip="play_tip"),
    Binding("1", "pace(1)", "pace_1", id="replay.pace_1", show=False, tooltip="pace_1_tip"),
    Binding("2", "pace(2)", "pace_2", id="replay.pace_2", show=False, tooltip="pace_2_tip"),
    Binding("4", "pace(4)", "pace_4", id="replay.pace_4", show=False, tooltip="pace_4_tip"),
    Binding("enter", "rate", "rate", id="replay.rate", tooltip="rate_tip"),
    Binding("n", "remark", "remark", id="replay.remark", tooltip="remark_tip"),
    Binding("o", "overrule", "overrule", id="replay.overrule", tooltip="overrule_tip"),
    Binding("r", "blind", "blind", id="replay.blind", tooltip="blind_tip"),
    Binding("f", "fork", "fork", id="replay.fork", show=False, tooltip="fork_tip"),
    Binding("b", "best", "best", id="replay.best", show=False, tooltip="best_tip"),
    Binding("w", "worst", "worst", id="replay.worst", show=False, tooltip="worst_tip"),
    Binding("t", "turning", "turning", id="replay.turning", show=False, tooltip="turning_tip"),
    Binding(
        "home", "jump(0)", "to_start", id="replay.start", show=False, priority=True,
        tooltip="to_start_tip",
    ),
    Binding(
        "end", "end", "to_end", id="replay.end", show=False, priority=True,
        tooltip="to_end_tip",
    ),
    Binding(
        "delete,x", "withdraw", "withdraw", id="replay.withdraw", show=False,
        tooltip="withdraw_tip",
    ),
    Binding("f3", "panel", "replay_panel", id="replay.panel", tooltip="replay_panel_tip"),
    Binding("escape", "leave", "back", id="replay.leave", tooltip="replay_back_tip"),
]  # fmt: skip

WITH_ROOM = frozenset(
    {"replay.fork", "replay.best", "replay.worst", "replay.turning", "replay.withdraw"}
)
"""Keys that the footer names where there is room for them; the help always does."""
