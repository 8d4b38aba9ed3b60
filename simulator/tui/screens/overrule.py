"""Overruling a score: the coach's label beside the machine's, with a reason."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from simulator.coaching.note_words import machine_value
from simulator.coaching.pen import Pen
from simulator.domain.annotation import Note
from simulator.domain.conversation import AgentTurn
from simulator.domain.score import Dimension
from simulator.i18n import Texts
from simulator.practice import clean
from simulator.tui.literal import literal
from simulator.tui.screens.note_sheet import NoteSheet
from simulator.tui.widgets.choice import Choice
from simulator.tui.widgets.note_text import LONGEST_NOTE, NoteText

_DIMENSIONS = tuple(Dimension)


def rubric(dimension: Dimension, texts: Texts) -> tuple[str, ...]:
    """Return what the labels 0, 1 and 2 of a dimension mean."""
    return tuple(texts(f"replay.rubric.{dimension}_{label}") for label in range(3))


class OverruleSheet(NoteSheet):
    """Asks for the dimension, the label in the rubric's words, and why.

    ``earlier`` are the ids of the coach's own overrulings that a new one stands for.
    """

    def __init__(
        self, texts: Texts, reply: AgentTurn, pen: Pen, earlier: Mapping[Dimension, str]
    ) -> None:
        super().__init__(texts, reply, pen)
        self._earlier = earlier

    @property
    def title_text(self) -> str:
        """What is being written."""
        return self.texts("replay.overrule.title", turn=self.reply.turn)

    def fields(self) -> ComposeResult:
        """Compose dimension, machine's value, label and reason."""
        texts = self.texts
        names = tuple(texts(f"scoring.dimension.{d}") for d in _DIMENSIONS)
        yield Choice(texts("replay.overrule.dimension"), names, 0, id="dimension")
        yield Static(id="machine")
        meanings = rubric(_DIMENSIONS[0], texts)
        label = texts("replay.overrule.label")
        yield Choice(label, meanings, stacked=True, digits=True, id="label")
        yield NoteText(texts, LONGEST_NOTE, texts("replay.overrule.reason"))

    def on_mount(self) -> None:
        """Show the machine's value of the first dimension."""
        self._turned()

    @on(Choice.Changed, "#dimension")
    def _turned(self) -> None:
        dimension = self._dimension
        value = machine_value(self.reply.scores.of(dimension), self.texts)
        self.query_one("#machine", Static).update(literal(value, "$foreground 70%"))
        label = self.query_one("#label", Choice)
        label.offer(rubric(dimension, self.texts))
        label.chosen = None

    def note(self) -> Note | str:
        """Return the overruling, or what is missing."""
        label = self.query_one("#label", Choice).chosen
        reason = clean(self.query_one(NoteText).text)[:LONGEST_NOTE]
        if label is None:
            return self.texts("replay.overrule.no_label")
        if not reason:
            return self.texts("replay.overrule.no_reason")
        dimension = self._dimension
        return self.pen.overruling(dimension, label, reason, self._earlier.get(dimension))

    @property
    def _dimension(self) -> Dimension:
        return _DIMENSIONS[self.query_one("#dimension", Choice).chosen or 0]
