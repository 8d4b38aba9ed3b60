"""How a reply moves the customer (``models/dynamics/README.md``).

Each feeling goes to a linear function of where the customer stood and of the three scores. The
account of the change is kept against a neutral reply: a score adds what it differs from the middle
label, the rest is ``settling``, where such a customer drifts by themselves: early in a call another
way than late.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from simulator import paths
from simulator.customer.appraisal import Appraisal, Touched, label
from simulator.customer.ledger import Reason, bounded, entries, shared_out, tenths
from simulator.domain.emotion import EmotionalState, Feeling, LedgerEntry
from simulator.domain.persona import Persona
from simulator.domain.score import Dimension, TurnScores
from simulator.errors import ModelError

LATE = 5
"""From so many lines of the customer on, a call is late: longer ones drift alike."""

NEUTRAL = 1.0
"""The label (0 to 2) of a reply that neither helps nor hurts."""


class Row(BaseModel):
    """The coefficients of one feeling: levels from 0 to 10, labels from 0 to 2.

    ``spoken`` counts the customer's lines so far, at most ``LATE``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    constant: float
    anger: float = 0.0
    trust: float = 0.0
    feeling_heard: float = 0.0
    empathy: float = 0.0
    listening: float = 0.0
    de_escalation: float = 0.0
    spoken: float = 0.0

    def drift(self, feeling: Feeling, state: EmotionalState, spoken: int) -> float:
        """Return how many points ``feeling`` moves after a neutral reply."""
        goal = self.constant + self.spoken * min(spoken, LATE)
        goal += sum(self._of(other) * state.level(other) for other in Feeling)
        neutral = sum(self._of(dimension) * NEUTRAL for dimension in Dimension)
        return goal + neutral - state.level(feeling)

    def effect(self, dimension: Dimension, rated: float) -> float:
        """Return how many points a label of ``rated`` adds to that."""
        return self._of(dimension) * (rated - NEUTRAL)

    def _of(self, name: Feeling | Dimension) -> float:
        return float(getattr(self, name.value))


class Coefficients(BaseModel):
    """What lies in ``dynamics.json``.

    ``anger`` and ``trust`` are fitted; ``feeling_heard`` and ``reach`` (how many points a single
    reply can lower and raise each feeling, triggers and softeners included) are stated.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    anger: Row
    trust: Row
    feeling_heard: Row
    reach: dict[Feeling, tuple[Annotated[float, Field(lt=0)], Annotated[float, Field(gt=0)]]]

    def row(self, feeling: Feeling) -> Row:
        """Return the coefficients of one feeling by name."""
        row: Row = getattr(self, feeling.value)
        return row


@dataclass(frozen=True)
class Dynamics:
    """The rules by which a customer's state moves."""

    coefficients: Coefficients

    @classmethod
    def load(cls, file: Path | None = None) -> Dynamics:
        """Read ``file`` (the shipped ``dynamics.json``).

        Raises ModelError if it is missing or not what is expected.
        """
        chosen = file or paths.shipped("models") / "dynamics" / "dynamics.json"
        try:
            return cls(Coefficients.model_validate_json(chosen.read_text(encoding="utf-8")))
        except (OSError, ValidationError) as error:
            raise ModelError("fitted_unreadable", path=chosen) from error

    def move(
        self,
        state: EmotionalState,
        scores: TurnScores,
        appraisal: Appraisal,
        persona: Persona,
        spoken: int,
    ) -> tuple[EmotionalState, tuple[LedgerEntry, ...]]:
        """Return the state after a reply and the account of the change.

        ``spoken`` is how many lines the customer had said before it.
        ``persona.inertia`` swallows its share of what the scores do and of the settling; triggers
        and softeners, which are this person's own, act in full.
        """
        levels: dict[str, float] = {}
        ledger: list[LedgerEntry] = []
        for feeling in Feeling:
            start = tenths(state.level(feeling))
            reasons = [
                *self._from_scores(feeling, state, scores, persona.inertia, spoken),
                *_from_persona(feeling, "trigger", appraisal.triggers),
                *_from_persona(feeling, "softener", appraisal.softeners),
            ]
            lowest, highest = self.coefficients.reach[feeling]
            account = bounded(start, reasons, tenths(lowest), tenths(highest))
            levels[feeling.value] = (start + sum(r.tenths for r in account)) / 10
            ledger.extend(entries(feeling, account))
        return EmotionalState(**levels), tuple(ledger)

    def _from_scores(
        self,
        feeling: Feeling,
        state: EmotionalState,
        scores: TurnScores,
        inertia: float,
        spoken: int,
    ) -> list[Reason]:
        row = self.coefficients.row(feeling)
        parts = [(d.value, row.effect(d, label(scores.of(d)))) for d in Dimension]
        parts.append(("settling", row.drift(feeling, state, spoken)))
        parts.append(("inertia", -inertia * sum(points for _, points in parts)))
        return shared_out(parts)


def _from_persona(feeling: Feeling, rule: str, touched: tuple[Touched, ...]) -> list[Reason]:
    return [
        Reason(rule, tenths(float(getattr(one.reaction, feeling.value))), one.label)
        for one in touched
    ]
