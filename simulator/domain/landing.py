"""How a reply landed with the customer: the states for which inner lines are written."""

from __future__ import annotations

from enum import StrEnum


class Landing(StrEnum):
    """What the customer has just been through.

    ``before`` is the moment before the first word, ``parted`` and ``hung_up`` how they left;
    the others say how a reply reached them: ``recited`` read out, ``processed`` as a case number,
    ``blamed`` also belittled, ``limited`` a limit set calmly, ``plain`` neither well nor badly.
    """

    BEFORE = "before"
    HEARD = "heard"
    SOLVED = "solved"
    LIMITED = "limited"
    PLAIN = "plain"
    UNHEARD = "unheard"
    RECITED = "recited"
    PROCESSED = "processed"
    PUT_OFF = "put_off"
    BLAMED = "blamed"
    PARTED = "parted"
    HUNG_UP = "hung_up"
