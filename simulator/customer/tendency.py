"""What customers of the corpus tend to do next, counted (``models/planner/README.md``).

A product of counted ratios: how often each act is, times how much more often it is after this last
act, at this anger, and so on, each ratio smoothed towards 1 and raised to its weight.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from simulator import paths
from simulator.domain.act import Act
from simulator.errors import ModelError

# Above which level or exchange the next bucket begins.
_ANGER = (2.5, 5.5, 8.5)
_TRUST = (1.5, 4.5)
_TURN = (1.5, 3.5, 5.5)

START = "start"
"""Stands for the last act before the customer's first line."""


@dataclass(frozen=True)
class Reading:
    """A moment of a call as the counts see it; ``reply`` is the label of de-escalation."""

    last: str
    anger: int
    trust: int
    reply: int
    turn: int

    @classmethod
    def of(cls, last: Act | None, anger: float, trust: float, reply: int, turn: int) -> Reading:
        """Sort the levels (0 to 10) and the number of the exchange (from 1) into buckets."""
        return cls(
            last=last.value if last else START,
            anger=bisect(_ANGER, anger),
            trust=bisect(_TRUST, trust),
            reply=reply,
            turn=bisect(_TURN, turn),
        )

    def key(self, reads: Sequence[str]) -> str:
        """Return the named parts as one key of a table of counts."""
        return " ".join(str(getattr(self, name)) for name in reads)


class Factor(BaseModel):
    """How often each act followed, per value of the parts of a reading that it ``reads``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reads: tuple[str, ...]
    weight: float = Field(ge=0)
    counts: dict[str, dict[Act, int]]


class Tendencies(BaseModel):
    """What lies in ``planner.json``: ``overall`` counts each act, ``smoothing`` is in turns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    smoothing: float = Field(gt=0)
    overall: dict[Act, int]
    factors: tuple[Factor, ...]

    @classmethod
    def load(cls, file: Path | None = None) -> Tendencies:
        """Read ``file`` (the shipped ``planner.json``).

        Raises ModelError if it is missing or not what is expected.
        """
        chosen = file or paths.shipped("models") / "planner" / "planner.json"
        try:
            return cls.model_validate_json(chosen.read_text(encoding="utf-8"))
        except (OSError, ValidationError) as error:
            raise ModelError("fitted_unreadable", path=chosen) from error

    def share(self, act: Act) -> float:
        """Return how often ``act`` is whatever the moment; never zero."""
        return (self.overall.get(act, 0) + 1) / (sum(self.overall.values()) + len(Act))

    def log_ratio(self, factor: Factor, reading: Reading, act: Act) -> float:
        """Return the smoothed logarithm of how much likelier one factor makes ``act``."""
        seen = factor.counts.get(reading.key(factor.reads), {})
        share, times, all_times = self.share(act), seen.get(act, 0), sum(seen.values())
        smoothed = (times + self.smoothing * share) / (all_times + self.smoothing)
        return math.log(smoothed / share)

    def probabilities(self, reading: Reading) -> dict[Act, float]:
        """Return the probability of every act; they sum to 1 and none is zero."""
        weights = {
            act: self.share(act)
            * math.exp(sum(f.weight * self.log_ratio(f, reading, act) for f in self.factors))
            for act in Act
        }
        total = sum(weights.values())
        return {act: weight / total for act, weight in weights.items()}
