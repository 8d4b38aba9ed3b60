"""Exams: what is to be reached in a call, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from simulator.domain.persona import Closed
from simulator.domain.score import Dimension, TurnScores

Mode = Literal["practice", "exam"]
"""An exam shows no scores, no state of the customer and no hints before it has ended."""

Mark = Annotated[float, Field(ge=0, le=100)]

FEWEST_RATED = 3
"""Rated replies that a dimension needs for a result: one good sentence passes no exam."""


class PassMarks(Closed):
    """The mean over the rated replies (0 to 100) from which each dimension is passed.

    The default is the middle of the scale, where the scorer reads the middle label.
    """

    empathy: Mark = 50.0
    listening: Mark = 50.0
    de_escalation: Mark = 50.0

    def of(self, dimension: Dimension) -> float:
        """Return one mark by name."""
        mark: float = getattr(self, dimension.value)
        return mark


class Outcome(BaseModel):
    """What came of one dimension.

    ``value`` is the mean over the ``rated`` replies to a tenth, None if there was none. Replies
    that the scorer abstained from do not count, neither for nor against; with fewer than
    ``FEWEST_RATED`` rated ones nothing is passed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    dimension: Dimension
    mark: Mark
    value: Mark | None
    rated: int = Field(ge=0)
    passed: bool

    @property
    def enough(self) -> bool:
        """Whether enough replies were rated for a result."""
        return self.rated >= FEWEST_RATED


class ExamResult(BaseModel):
    """What came of an exam of so many ``replies``, one outcome for each dimension."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    replies: int = Field(ge=0)
    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> bool:
        """Whether every dimension was passed."""
        return all(outcome.passed for outcome in self.outcomes)

    @property
    def enough(self) -> bool:
        """Whether some dimension has enough rated replies for a result."""
        return any(outcome.enough for outcome in self.outcomes)


def examined(marks: PassMarks, replies: Sequence[TurnScores]) -> ExamResult:
    """Return what ``replies`` come to, held against ``marks``."""
    outcomes = tuple(_outcome(dimension, marks, replies) for dimension in Dimension)
    return ExamResult(replies=len(replies), outcomes=outcomes)


def _outcome(dimension: Dimension, marks: PassMarks, replies: Sequence[TurnScores]) -> Outcome:
    values = [value for each in replies if (value := each.of(dimension).value) is not None]
    # to a tenth, because what is shown decides
    value = round(sum(values) / len(values), 1) if values else None
    mark = marks.of(dimension)
    passed = value is not None and len(values) >= FEWEST_RATED and value >= mark
    return Outcome(dimension=dimension, mark=mark, value=value, rated=len(values), passed=passed)
