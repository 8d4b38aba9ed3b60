"""What is written beside a call: by coaches, added to and never changed, and by who practised.

A note that was mistaken is followed by one that names it in ``replaces``, or taken back by a
:class:`Withdrawal`: what once stood there stays, as does every score of the machine (after the
edit history of inspect_ai's scores).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from simulator.domain.cue import Cue
from simulator.domain.score import Dimension

Label = Annotated[int, Field(ge=0, le=2)]
"""0 none, 1 weak, 2 strong: the labels of the rubric (``models/corpus/README.md``)."""

Tag = Dimension | Cue
"""What a remark is about: a dimension of the rubric or a kind of wording."""


class Span(BaseModel):
    """Characters ``start`` to ``end`` (exclusive) of a turn's text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int = Field(ge=0)
    end: int = Field(ge=1)

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a span ends after it starts")
        return self


class Entry(BaseModel):
    """What all notes have: an id of their own, whose they are, when, and to which exchange.

    ``turn`` counts exchanges from 1, as in the events; ``replaces`` is the id of the author's
    earlier note that this one stands for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=8)
    author: str = Field(min_length=1)
    at: datetime
    turn: int = Field(ge=1)
    replaces: str | None = None


class Remark(Entry):
    """Free words about the trainee's reply, or about a ``span`` of it."""

    type: Literal["remark"] = "remark"
    kind: Literal["praise", "advice"]
    text: str = Field(min_length=1)
    tag: Tag | None = None
    span: Span | None = None


class Overruling(Entry):
    """The coach's label in place of the machine's, with a reason; the machine's stays."""

    type: Literal["overruling"] = "overruling"
    dimension: Dimension
    label: Label
    reason: str = Field(min_length=1)


class BlindRating(Entry):
    """A coach's three labels of a reply, given before seeing anybody else's."""

    type: Literal["blind_rating"] = "blind_rating"
    empathy: Label
    listening: Label
    de_escalation: Label

    def label(self, dimension: Dimension) -> int:
        """Return one label by name."""
        label: int = getattr(self, dimension.value)
        return label


class Withdrawal(Entry):
    """Takes back the note named in ``replaces``."""

    type: Literal["withdrawal"] = "withdrawal"
    replaces: str


class Takeaway(Entry):
    """What the trainee keeps of a call in a line, for oneself.

    No coach's note: nobody else is shown it, and a later one takes its place for good.
    """

    type: Literal["takeaway"] = "takeaway"
    text: str = Field(min_length=1)


Note = Annotated[
    Remark | Overruling | BlindRating | Withdrawal | Takeaway, Field(discriminator="type")
]
NOTE: TypeAdapter[Note] = TypeAdapter(Note)


def standing(notes: Iterable[Note]) -> tuple[Remark | Overruling | BlindRating, ...]:
    """Return the coaches' notes that hold, oldest first: neither replaced nor withdrawn.

    Only its own author can replace or withdraw a note.
    """
    ordered = sorted(notes, key=lambda note: (in_utc(note.at), note.id))
    gone = {(note.replaces, note.author) for note in ordered if note.replaces}
    return tuple(
        note
        for note in ordered
        if not isinstance(note, Withdrawal | Takeaway) and (note.id, note.author) not in gone
    )


def takeaway(notes: Iterable[Note]) -> Takeaway | None:
    """Return what the trainee keeps of the call, the latest if several came together."""
    kept = (note for note in notes if isinstance(note, Takeaway))
    return max(kept, key=lambda note: (in_utc(note.at), note.id), default=None)


def in_utc(at: datetime) -> datetime:
    """Return a moment that compares; one without a time zone is taken as UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
