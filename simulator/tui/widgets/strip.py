"""State and scores in one line, for terminals without room for the panel."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from simulator.domain.emotion import Feeling
from simulator.domain.score import Dimension, TurnScores
from simulator.i18n import Texts
from simulator.tui.figures import arrow, decimal
from simulator.tui.widgets.gauges import Standing, style_of


class StateStrip(Static):
    """Shows ``standing`` with its change, and the three ``scores`` of the last reply."""

    DEFAULT_CSS = "StateStrip { height: 1; background: $surface; padding: 0 1; }"
    HELP = "app.help.strip"

    standing: reactive[Standing | None] = reactive(None)
    scores: reactive[TurnScores | None] = reactive(None)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts

    def watch_standing(self) -> None:
        """Write the line anew."""
        self._write()

    def watch_scores(self) -> None:
        """Write the line anew."""
        self._write()

    def _write(self) -> None:
        standing, scores = self.standing, self.scores
        if standing is None:
            return
        parts = [self._feeling(feeling, standing) for feeling in Feeling]
        line = Content("  ").join(parts)
        if scores is not None:
            line += Content.styled(" │ ", "$foreground 60%")
            line += Content("  ").join(self._score(d, scores) for d in Dimension)
        self.update(line)

    def _feeling(self, feeling: Feeling, standing: Standing) -> Content:
        language, change = self._texts.language, standing.change(feeling)
        moved = f" {arrow(change)}{decimal(abs(change), language)}" if standing.before else ""
        return Content.assemble(
            (f"{self._texts(f'app.feeling_short.{feeling}')} ", "$foreground 60%"),
            decimal(standing.now.level(feeling), language),
            (moved, style_of(feeling, change)),
        )

    def _score(self, dimension: Dimension, scores: TurnScores) -> Content:
        score = scores.of(dimension)
        return Content.assemble(
            (f"{self._texts(f'app.dimension_short.{dimension}')} ", "$foreground 60%"),
            "–" if score.value is None else "?" if score.unsure else f"{score.value:.0f}",
        )
