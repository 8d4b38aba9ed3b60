"""Where the customer stands: anger, trust, feeling heard, and the change since the last turn."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from simulator.domain.emotion import EmotionalState, Feeling
from simulator.i18n import Texts
from simulator.tui.figures import arrow, bar, decimal, signed

_FIGURES = 13  # " 7,0  ▼ −1,0"
_LONGEST_BAR = 24


@dataclass(frozen=True)
class Standing:
    """The customer's state now and before the last turn (None before the first)."""

    now: EmotionalState
    before: EmotionalState | None = None

    def change(self, feeling: Feeling) -> float:
        """Return the change since the last turn, in points."""
        return self.now.level(feeling) - self.before.level(feeling) if self.before else 0.0


def style_of(feeling: Feeling, change: float) -> str:
    """Return the colour of a change: good for the customer, bad, or none."""
    if round(change, 1) == 0:
        return "$foreground 60%"
    return "$text-success" if (change < 0) is (feeling is Feeling.ANGER) else "$text-error"


class Gauges(Static):
    """Three bars from 0 to 10 for ``standing``."""

    DEFAULT_CSS = "Gauges { height: 3; }"
    HELP = "app.help.gauges"

    standing: reactive[Standing | None] = reactive(None)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts

    def on_resize(self, event: events.Resize) -> None:
        """Fit the bars to the width."""
        self.watch_standing(self.standing)

    def watch_standing(self, standing: Standing | None) -> None:
        """Draw the bars."""
        if standing is not None:
            self.update(Content("\n").join(self._gauge(f, standing) for f in Feeling))

    def _gauge(self, feeling: Feeling, standing: Standing) -> Content:
        texts, level, change = self._texts, standing.now.level(feeling), standing.change(feeling)
        names = {f: texts(f"app.feeling.{f}") for f in Feeling}
        label = names[feeling].ljust(max(map(len, names.values())) + 1)
        room = min(self.size.width - len(label) - _FIGURES, _LONGEST_BAR)
        full, empty = bar(level / 10, max(room, 5))
        moved = f"{arrow(change)} {signed(change, texts.language)}" if standing.before else ""
        return Content.assemble(
            label,
            (full, "$error" if feeling is Feeling.ANGER else "$success"),
            (empty, "$foreground 25%"),
            f"{decimal(level, texts.language):>5}  ",
            (moved, style_of(feeling, change)),
        )
