"""The score card of a reply: three values, why, and the trainee's words that carried them."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from simulator.domain.conversation import AgentTurn
from simulator.domain.score import Alternative, Dimension, DimensionScore
from simulator.i18n import Texts
from simulator.tui.evidence import quoted
from simulator.tui.figures import bar
from simulator.tui.literal import literal

_WIDTH = 12
_LABEL_STYLES = {0: "$error", 1: "$warning", 2: "$success"}


def alternative(example: Alternative, texts: Texts) -> Content:
    """Return a strong reply from another call, said to be one."""
    quotes = texts("app.quotes")
    return Content.assemble(
        (f"{texts('app.score.alternative')} ", "bold"),
        (f"{texts('app.score.elsewhere')}\n", "$foreground 60%"),
        quotes[0] + literal(example.text) + quotes[1],
    )


class ScoreCard(Static):
    """Explains the scores of ``turn``."""

    DEFAULT_CSS = "ScoreCard { height: auto; }"
    HELP = "app.help.score_card"

    turn: reactive[AgentTurn | None] = reactive(None)

    def __init__(self, texts: Texts, with_alternative: bool = True) -> None:
        super().__init__()
        self._texts = texts
        self._with_alternative = with_alternative

    def watch_turn(self, turn: AgentTurn | None) -> None:
        """Write the card."""
        if turn is None:
            self.update(Content.styled(self._texts("app.score.empty"), "$foreground 60%"))
            return
        self.update(Content("\n").join(self._lines(turn)))

    def _lines(self, turn: AgentTurn) -> Iterator[Content]:
        for dimension in Dimension:
            score = turn.scores.of(dimension)
            yield self._headline(dimension, score)
            if score.reason and score.value is not None:
                yield literal(f"  {score.reason}", "$foreground 60%")
            for evidence in score.evidence:
                cue = self._texts(f"scoring.cue.{evidence.cue}")
                words = quoted(turn.text, evidence, self._texts("app.quotes"))
                yield "  " + words + literal(f" · {cue}")
        scores = (turn.scores.of(dimension) for dimension in Dimension)
        for reason in dict.fromkeys(s.reason for s in scores if s.value is None and s.reason):
            yield literal(reason, "$foreground 60%")
        if self._with_alternative and turn.scores.alternative is not None:
            yield Content()
            yield alternative(turn.scores.alternative, self._texts)

    def _headline(self, dimension: Dimension, score: DimensionScore) -> Content:
        names = {d: self._texts(f"scoring.dimension.{d}") for d in Dimension}
        label = names[dimension].ljust(max(map(len, names.values())) + 1)
        if score.value is None or score.label is None:
            abstained = self._texts("app.score.abstained")
            return Content.assemble((label, "bold"), (abstained, "$foreground 60%"))
        if score.unsure:
            unsure = self._texts("app.score.unsure")
            return Content.assemble((label, "bold"), (unsure, "$foreground 60%"))
        full, empty = bar(score.value / 100, _WIDTH)
        sure = self._texts("app.score.confidence", percent=f"{score.confidence:.0%}")
        return Content.assemble(
            (label, "bold"),
            (full, _LABEL_STYLES[score.label]),
            (empty, "$foreground 25%"),
            f"{score.value:4.0f}  ",
            (sure, "$foreground 60%"),
        )
