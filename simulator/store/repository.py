"""Calls, kept and found again."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from simulator.domain.conversation import (
    EVENT,
    AgentTurn,
    CallStarted,
    CustomerTurn,
    Event,
    Session,
)
from simulator.errors import StoreError, UsageError
from simulator.store.summary import Summary

if TYPE_CHECKING:
    from simulator.store.database import Database
    from simulator.store.rows import Rows


class Sessions:
    """The calls in the database at ``path``; ``patience`` in seconds is the wait for its lock.

    No file is touched before the first call of a method. Each method is one transaction, may be
    called from any thread, and raises StoreError if the database cannot be opened, read or
    written. Ids may be shortened as long as they stay unambiguous, except in :meth:`append`.
    """

    def __init__(self, path: Path, patience: float = 3.0) -> None:
        self._path = path
        self._patience = patience

    @cached_property
    def _database(self) -> Database:
        # SQLAlchemy takes a third of a second to import; the first screen does not wait for it
        from simulator.store.database import Database  # noqa: PLC0415

        return Database(self._path, self._patience)

    def append(self, session_id: str, event: Event) -> None:
        """Keep ``event`` as the session's next; it is on the disk when this returns.

        Raises StoreError if the event cannot follow what is kept: the call was begun, gone on
        with, ended or deleted elsewhere in the meantime.
        """
        with self._database.writing() as rows:
            earlier = self._parsed(session_id, rows.events(session_id))
            session = _continued(session_id, earlier, event)
            rows.add(Summary.of(session), len(earlier) + 1, event.model_dump_json())

    def events(self, id: str) -> tuple[Event, ...]:
        """Return the session's events in their order. Raises UsageError on an unknown id."""
        with self._database.reading() as rows:
            found = _found(id, rows)
            return self._parsed(found, rows.events(found))

    def session(self, id: str) -> Session:
        """Return the session as its events left it. Raises UsageError on an unknown id."""
        return Session.of(self.events(id))

    def list(self) -> tuple[Summary, ...]:
        """Return all sessions, newest first."""
        with self._database.reading() as rows:
            return rows.summaries()

    def summary(self, id: str) -> Summary:
        """Return one session's line. Raises UsageError on an unknown id."""
        with self._database.reading() as rows:
            found = _found(id, rows)
            return next(s for s in rows.summaries() if s.id == found)

    def unfinished(self) -> tuple[Summary, ...]:
        """Return the sessions that can be gone on with, newest first: begun, but not ended."""
        return tuple(s for s in self.list() if s.ended is None and s.turns)

    def delete(self, id: str) -> None:
        """Delete the session and overwrite every trace of it in the file.

        Raises UsageError on an unknown id.
        """
        with self._database.writing() as rows:
            rows.erase(_found(id, rows))
        self._database.rewrite()

    def _parsed(self, session: str, log: tuple[str, ...]) -> tuple[Event, ...]:
        try:
            return tuple(EVENT.validate_json(event) for event in log)
        except ValidationError:
            raise StoreError("session_unreadable", session=session, path=self._path) from None


def _continued(id: str, earlier: tuple[Event, ...], event: Event) -> Session:
    try:
        session = Session.of((*earlier, event))
    except ValueError:
        raise StoreError("session_moved_on", session=id) from None
    if session.id != id or _out_of_turn(earlier, event):
        raise StoreError("session_moved_on", session=id)
    return session


def _out_of_turn(earlier: tuple[Event, ...], event: Event) -> bool:
    """Say whether ``event`` comes after the end, or its turn has been kept already.

    The fold alone would take it; two windows on the same call would so write a log that never
    happened.
    """
    if isinstance(event, CallStarted):
        return False
    if Session.of(earlier).ended is not None:
        return True
    turns = {(e.type, e.turn) for e in earlier if isinstance(e, AgentTurn | CustomerTurn)}
    return isinstance(event, AgentTurn | CustomerTurn) and (event.type, event.turn) in turns


def _found(given: str, rows: Rows) -> str:
    ids = rows.ids()
    if given in ids:
        return given
    starting = [known for known in ids if given and known.startswith(given)]
    if len(starting) == 1:
        return starting[0]
    if starting:
        raise UsageError("session_ambiguous", given=given, matching=", ".join(starting[:5]))
    near = get_close_matches(given, ids, n=1)
    if near:
        raise UsageError("session_unknown_near", given=given, near=near[0])
    raise UsageError("session_unknown", given=given)
