"""What a customer's turn does: the fourteen dialogue acts of the corpus."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """A customer's dialogue act (``models/corpus/README.md``)."""

    COMPLAIN = "complain"
    ACCUSE = "accuse"
    DEMAND = "demand"
    QUESTION = "question"
    REFUSE = "refuse"
    THREATEN = "threaten"
    VENT = "vent"
    INFORM = "inform"
    DOUBT = "doubt"
    SOFTEN = "soften"
    THANK = "thank"
    ACCEPT = "accept"
    CLOSE = "close"
    HANG_UP = "hang_up"


ENDING_ACTS = frozenset({Act.CLOSE, Act.HANG_UP})
