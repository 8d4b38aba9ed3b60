"""Whether events, in their order, make a call that can have happened."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.domain.conversation import (
    AgentTurn,
    CallEnded,
    CustomerTurn,
    Event,
    Session,
)
from simulator.errors import StoreError

# typed by people, shown in tables and used in names of files
_ID = re.compile(r"[\w-]{1,64}")


def whole(events: Sequence[Event]) -> Session:
    """Return the call that ``events`` tell from its start.

    Raises StoreError if they tell none, or one that cannot be shown.
    """
    try:
        session = _fold(events)
    except ValueError:
        raise StoreError("session_out_of_order") from None
    # moments at either end of the calendar have no counterpart in every time zone
    shown = all(1 < event.at.year < 9999 for event in events)
    if not shown or not _ID.fullmatch(session.id):
        raise StoreError("session_out_of_order")
    return session


def continued(id: str, earlier: Sequence[Event], event: Event) -> Session:
    """Return the session ``id`` with ``event`` after the ``earlier`` ones.

    Raises StoreError if it cannot follow them. Two windows on the same call would otherwise write
    a log that never happened.
    """
    try:
        session = _fold((*earlier, event))
    except ValueError:
        raise StoreError("session_moved_on", session=id) from None
    if session.id != id:
        raise StoreError("session_moved_on", session=id)
    return session


def _fold(events: Sequence[Event]) -> Session:
    session = Session.of(events)
    if any(isinstance(event, CallEnded) for event in events[:-1]):
        raise ValueError("nothing comes after the end")
    turns = [(e.type, e.turn) for e in events if isinstance(e, AgentTurn | CustomerTurn)]
    if len(turns) != len(set(turns)):
        raise ValueError("nobody speaks twice in an exchange")
    return session
