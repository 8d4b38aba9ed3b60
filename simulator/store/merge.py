"""What a call that is brought in adds to the one that is kept; neither ever replaces the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.domain.annotation import Note
from simulator.domain.conversation import Event
from simulator.errors import StoreError


@dataclass(frozen=True)
class Merge:
    """What came in: whether the session was ``new``, and how many events and notes were."""

    new: bool
    events_added: int
    notes_added: int


def further(session: str, kept: Sequence[Event], given: Sequence[Event]) -> tuple[Event, ...]:
    """Return the ``given`` events that go beyond the ``kept`` ones.

    Raises StoreError if the two logs are not the beginnings of one and the same call.
    """
    both = min(len(kept), len(given))
    if tuple(kept[:both]) != tuple(given[:both]):
        raise StoreError("session_differs", session=session)
    return tuple(given[both:])


def unknown(session: str, kept: Iterable[Note], given: Iterable[Note]) -> tuple[Note, ...]:
    """Return the ``given`` notes that are not ``kept``, each once.

    Raises StoreError if two notes have the same id and do not say the same.
    """
    known = {note.id: note for note in kept}
    added: list[Note] = []
    for note in given:
        if note.id not in known:
            known[note.id] = note
            added.append(note)
        elif known[note.id] != note:
            raise StoreError("session_differs", session=session)
    return tuple(added)
