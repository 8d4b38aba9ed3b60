"""Where a replay is: the reply, the time, the pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from simulator.i18n import Texts
from simulator.tui.figures import bar

_FIGURES = 9  # cells between and around the parts


@dataclass(frozen=True)
class Head:
    """``place`` of ``last`` places, in exchange ``turn`` of ``replies`` (0 before the first)."""

    place: int
    last: int
    elapsed: timedelta
    total: timedelta
    turn: int
    replies: int
    pace: int = 1
    playing: bool = False
    blind: bool = False


class Playhead(Static):
    """Shows ``head`` in one line."""

    DEFAULT_CSS = "Playhead { height: 1; padding: 0 1; background: $surface; }"
    HELP = "replay.help.playhead"

    head: reactive[Head | None] = reactive(None)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts

    def on_resize(self, event: events.Resize) -> None:
        """Fit the bar to the width."""
        self.watch_head(self.head)

    def watch_head(self, head: Head | None) -> None:
        """Write the line."""
        if head is None:
            return
        texts = self._texts
        sign = "▶" if head.playing else "‖"
        where = texts("replay.head.reply", turn=head.turn, replies=head.replies)
        if not head.turn:
            where = texts("replay.head.before")
        time = f"{_clock(head.elapsed)} / {_clock(head.total)}"
        pace = texts("replay.head.pace", pace=head.pace)
        blind = f" {texts('replay.head.blind')} " if head.blind else ""
        taken = sum(map(len, (sign, where, time, pace, blind))) + _FIGURES
        full, empty = bar(head.place / max(head.last, 1), max(self.size.width - taken, 5))
        parts: list[str | tuple[str, str]] = [
            (f"{sign} {pace}  ", "bold $accent"),
            (full, "$primary"),
            (empty, "$foreground 25%"),
            f"  {time}  ",
            (where, "$foreground 70%"),
        ]
        if blind:
            parts += ["  ", (blind, "bold $background on $warning")]
        self.update(Content.assemble(*parts))


def _clock(elapsed: timedelta) -> str:
    seconds = int(elapsed.total_seconds())
    minutes, hours = seconds // 60 % 60, seconds // 3600
    clock = f"{minutes:02}:{seconds % 60:02}"
    return f"{hours}:{clock}" if hours else clock
