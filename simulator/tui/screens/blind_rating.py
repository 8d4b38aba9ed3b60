"""A blind rating: three labels, before anybody else's are seen."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from simulator.domain.annotation import Note
from simulator.domain.score import Dimension
from simulator.tui.screens.note_sheet import NoteSheet
from simulator.tui.screens.overrule import rubric
from simulator.tui.widgets.choice import Choice


class BlindRatingSheet(NoteSheet):
    """Asks for the three labels; a digit chooses and goes on to the next."""

    @property
    def title_text(self) -> str:
        """What is being written."""
        return self.texts("replay.rate.title", turn=self.reply.turn)

    def fields(self) -> ComposeResult:
        """Compose the three choices."""
        for dimension in Dimension:
            name = self.texts(f"scoring.dimension.{dimension}")
            meanings = rubric(dimension, self.texts)
            yield Choice(name, meanings, stacked=True, digits=True, id=dimension.value)

    @on(Choice.Typed)
    def _typed(self) -> None:
        self.focus_next(Choice)

    def note(self) -> Note | str:
        """Return the rating, or what is missing."""
        chosen = {d: self.query_one(f"#{d.value}", Choice).chosen for d in Dimension}
        labels = {d: label for d, label in chosen.items() if label is not None}
        missing = [self.texts(f"scoring.dimension.{d}") for d in Dimension if d not in labels]
        if missing:
            return self.texts("replay.rate.missing", dimensions=", ".join(missing))
        return self.pen.rating(labels)
