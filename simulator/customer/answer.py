"""What comes out of the customer in the course of one turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from simulator.domain.act import Act
from simulator.domain.conversation import CustomerTurn, Source
from simulator.domain.emotion import EmotionalState, LedgerEntry


@dataclass(frozen=True)
class Moved:
    """The reply has had its effect: where the customer stands now, and why."""

    state: EmotionalState
    ledger: tuple[LedgerEntry, ...]


@dataclass(frozen=True)
class Spoken:
    """A clause the customer has just said; clauses join to the line without a separator."""

    text: str


@dataclass(frozen=True)
class Answer:
    """The whole line, when it has been said."""

    text: str
    act: Act
    source: Source
    state: EmotionalState
    ledger: tuple[LedgerEntry, ...]
    facts: tuple[str, ...] = ()
    need: bool = False
    interrupted: bool = False
    calls: bool = False

    def turn(self, number: int, at: datetime) -> CustomerTurn:
        """Return it as the event of exchange ``number``."""
        return CustomerTurn(
            turn=number,
            at=at,
            text=self.text,
            act=self.act,
            source=self.source,
            state=self.state,
            ledger=self.ledger,
            facts=self.facts,
            need=self.need,
            interrupted=self.interrupted,
            calls=self.calls,
        )
