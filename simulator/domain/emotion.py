"""The customer's emotional state as a value, and the ledger of what changed it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Level = Annotated[float, Field(ge=0, le=10)]


class Feeling(StrEnum):
    """One axis of the customer's state, each from 0 to 10."""

    ANGER = "anger"
    TRUST = "trust"
    FEELING_HEARD = "feeling_heard"


class EmotionalState(BaseModel):
    """Where the customer stands; each level from 0 (none) to 10, in steps of a tenth."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    anger: Level
    trust: Level
    feeling_heard: Level

    def level(self, feeling: Feeling) -> float:
        """Return one axis by name."""
        return float(getattr(self, feeling.value))


class LedgerEntry(BaseModel):
    """One reason for a change: ``amount`` points on ``feeling`` because of ``rule``.

    ``rule`` is a key of the catalogue (``ledger.<rule>``); ``detail`` is the persona's own label
    of a trigger or softener, or empty. The amounts of one feeling sum exactly (to the tenth) to
    the change of that feeling.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    feeling: Feeling
    rule: str
    amount: float
    detail: str = ""
