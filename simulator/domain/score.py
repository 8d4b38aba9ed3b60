"""How a reply was rated, with the evidence for it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from simulator.domain.cue import Cue


class Dimension(StrEnum):
    """What is rated in each reply of the trainee (``models/corpus/README.md``)."""

    EMPATHY = "empathy"
    LISTENING = "listening"
    DE_ESCALATION = "de_escalation"


Polarity = Literal["positive", "negative"]


class Evidence(BaseModel):
    """A span of the reply, ``reply[start:end]`` in characters, that carried the score."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    cue: Cue
    polarity: Polarity


SURE_ENOUGH = 0.4
"""Confidence below which a value is not told as a number; stated, not measured."""


class DimensionScore(BaseModel):
    """One dimension of one reply.

    ``value`` runs from 0 to 100 and is None where the scorer abstains; then ``abstained`` is the
    key of the reason in the catalogue (``abstained.<key>``). ``confidence`` is the probability
    (0 to 1) of the label that the value reads as. ``reason`` is a sentence in the trainee's
    language.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float | None = Field(default=None, ge=0, le=100)
    confidence: float = Field(default=0.0, ge=0, le=1)
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    abstained: str | None = None

    @property
    def unsure(self) -> bool:
        """Whether the value is too uncertain to be told as a number."""
        return self.value is not None and self.confidence < SURE_ENOUGH

    @property
    def label(self) -> int | None:
        """The corpus label the value reads as: 0 below 33⅓, 1 below 66⅔, else 2."""
        if self.value is None:
            return None
        return 0 if self.value < 100 / 3 else 1 if self.value < 200 / 3 else 2


class Alternative(BaseModel):
    """A strong reply from another call, shown as an example beside a weak one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    context: str
    dialogue: str


class TurnScores(BaseModel):
    """The three scores of one reply and one better alternative.

    ``wordings`` are all cues found, also those that moved no score and so are no evidence.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    empathy: DimensionScore
    listening: DimensionScore
    de_escalation: DimensionScore
    alternative: Alternative | None = None
    wordings: tuple[Cue, ...] = ()

    def of(self, dimension: Dimension) -> DimensionScore:
        """Return one dimension by name."""
        score: DimensionScore = getattr(self, dimension.value)
        return score

    @property
    def mean(self) -> float | None:
        """The mean of the dimensions that were rated (0 to 100), None if none was."""
        values = [s.value for d in Dimension if (s := self.of(d)).value is not None]
        return sum(values) / len(values) if values else None

    @property
    def cues(self) -> frozenset[Cue]:
        """Every cue found in the reply."""
        marked = frozenset(e.cue for d in Dimension for e in self.of(d).evidence)
        return marked.union(self.wordings)
