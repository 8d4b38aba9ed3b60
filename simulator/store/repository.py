"""Calls, kept and found again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from simulator.domain.annotation import NOTE, Note, in_utc
from simulator.domain.conversation import EVENT, Event, Session
from simulator.errors import StoreError, UsageError
from simulator.store.drafts import Drafts
from simulator.store.log import continued, whole
from simulator.store.lookup import by_id, by_trainee
from simulator.store.merge import Merge, further, unknown
from simulator.store.reply import Line, Reply
from simulator.store.summary import Summary

if TYPE_CHECKING:
    from simulator.store.database import Database


class Sessions:
    """The calls in the database at ``path``; ``patience`` in seconds is the wait for its lock.

    No file is touched before the first call of a method. Each method is one transaction, may be
    called from any thread, and raises StoreError if the database cannot be opened, read or
    written. Ids may be shortened as long as they stay unambiguous, except in :meth:`append`.
    """

    def __init__(self, path: Path, patience: float = 3.0) -> None:
        self._path = path
        self._patience = patience
        self.drafts = Drafts(path.parent / "drafts")

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
            session = continued(session_id, earlier, event)
            rows.add(Summary.of(session), len(earlier) + 1, [event.model_dump_json()])

    def begin(self, events: Sequence[Event]) -> None:
        """Keep a whole log at once as a new session.

        Raises StoreError if there is a session of that id, or if the events tell no call.
        """
        session = whole(events)
        with self._database.writing() as rows:
            if session.id in rows.ids():
                raise StoreError("session_exists", session=session.id)
            rows.add(Summary.of(session), 1, _written(events))

    def merge(
        self, events: Sequence[Event], notes: Sequence[Note], lines: Iterable[int] = ()
    ) -> Merge:
        """Take in a call that was kept elsewhere, with the notes on it; overwrite nothing.

        An unknown session is kept whole. Of a known one the longer log stays, and notes not known
        yet are added, as are the ``lines`` (turns) that the trainee has kept. Raises StoreError if
        the two logs or two notes of one id contradict each other, or if the events tell no call;
        nothing has then changed.
        """
        session = whole(events)
        with self._database.writing() as rows:
            kept = self._parsed(session.id, rows.events(session.id))
            more = further(session.id, kept, events)
            added = unknown(session.id, self._read(session.id, rows.notes(session.id)), notes)
            if more:
                rows.add(Summary.of(session), len(kept) + 1, _written(more))
            rows.add_notes(session.id, {note.id: note.model_dump_json() for note in added})
            rows.keep_lines(Line(session.id, turn) for turn in lines)
        return Merge(new=not kept, events_added=len(more), notes_added=len(added))

    def annotate(self, session: str, note: Note) -> None:
        """Add ``note`` to the session. Raises UsageError on an unknown id.

        Raises StoreError if the session has a note of that id.
        """
        with self._database.writing() as rows:
            found = by_id(session, rows.ids())
            if any(kept.id == note.id for kept in self._read(found, rows.notes(found))):
                raise StoreError("note_exists", note=note.id, session=found)
            rows.add_notes(found, {note.id: note.model_dump_json()})

    def forget(self, session: str, note: str) -> None:
        """Delete the note of the id ``note``, if there is one, and overwrite every trace of it.

        Raises UsageError on an unknown session.
        """
        with self._database.writing() as rows:
            rows.erase_note(by_id(session, rows.ids()), note)
        self._database.rewrite()

    def notes(self, session: str) -> tuple[Note, ...]:
        """Return all notes on the session, oldest first. Raises UsageError on an unknown id."""
        with self._database.reading() as rows:
            found = by_id(session, rows.ids())
            notes = self._read(found, rows.notes(found))
        return tuple(sorted(notes, key=lambda note: (in_utc(note.at), note.id)))

    def events(self, id: str) -> tuple[Event, ...]:
        """Return the session's events in their order. Raises UsageError on an unknown id."""
        with self._database.reading() as rows:
            found = by_id(id, rows.ids())
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
            found = by_id(id, rows.ids())
            return next(s for s in rows.summaries() if s.id == found)

    def unfinished(self) -> tuple[Summary, ...]:
        """Return the sessions that can be gone on with, newest first: begun, but not ended.

        No customer waits in a call from outside.
        """
        return tuple(
            s for s in self.list() if s.ended is None and s.turns and s.origin == "practice"
        )

    def of_trainee(self, name: str) -> tuple[Summary, ...]:
        """Return the trainee's sessions, newest first, and all forks of them.

        A fork repeats the trainee's words, whoever made it.
        """
        return by_trainee(name, self.list())

    def delete(self, id: str) -> None:
        """Delete the session and overwrite every trace of it in the file.

        Raises UsageError on an unknown id.
        """
        with self._database.writing() as rows:
            found = by_id(id, rows.ids())
            self.drafts.drop_session(found)
            rows.erase(found)
        self._database.rewrite()

    def delete_trainee(self, name: str) -> int:
        """Delete what :meth:`of_trainee` returns, with all notes on it, and return how many.

        Every trace in the file is overwritten, as in :meth:`delete`.
        """
        with self._database.writing() as rows:
            calls = by_trainee(name, rows.summaries())
            self.drafts.drop_trainee(name)
            for call in calls:
                self.drafts.drop_session(call.id)
                rows.erase(call.id)
        if calls:
            self._database.rewrite()
        return len(calls)

    def several(self, ids: Collection[str]) -> tuple[Session, ...]:
        """Return these sessions (whole ids) in their order, read at once; unknown ones are not."""
        with self._database.reading() as rows:
            logs = rows.several(ids)
        return tuple(Session.of(self._parsed(id, tuple(logs[id]))) for id in ids if id in logs)

    def replies(self, ids: Collection[str]) -> tuple[Reply, ...]:
        """Return all replies in these sessions (whole ids) without reading the whole calls."""
        with self._database.reading() as rows:
            return rows.replies(ids)

    def kept_lines(self, ids: Collection[str]) -> frozenset[Line]:
        """Return the lines that trainees keep of these sessions (whole ids)."""
        with self._database.reading() as rows:
            return frozenset(rows.kept_lines(ids))

    def keep_line(self, id: str, turn: int) -> Line:
        """Keep the reply in exchange ``turn`` and return its line.

        Raises UsageError if there is no such call or reply.
        """
        session = self.session(id)
        if turn not in {reply.turn for reply in session.agent_turns}:
            replies = len(session.agent_turns)
            raise UsageError("fork_turn_missing", session=session.id, turn=turn, replies=replies)
        with self._database.writing() as rows:
            rows.keep_lines([Line(by_id(session.id, rows.ids()), turn)])
        return Line(session.id, turn)

    def drop_line(self, id: str, turn: int) -> Line:
        """No longer keep that line and return it. Raises UsageError on an unknown id."""
        with self._database.writing() as rows:
            line = Line(by_id(id, rows.ids()), turn)
            rows.drop_line(line)
        return line

    def _parsed(self, session: str, log: tuple[str, ...]) -> tuple[Event, ...]:
        try:
            return tuple(EVENT.validate_json(event) for event in log)
        except ValidationError:
            raise StoreError("session_unreadable", session=session, path=self._path) from None

    def _read(self, session: str, notes: tuple[str, ...]) -> tuple[Note, ...]:
        try:
            return tuple(NOTE.validate_json(note) for note in notes)
        except ValidationError:
            raise StoreError("session_unreadable", session=session, path=self._path) from None


def _written(events: Sequence[Event]) -> tuple[str, ...]:
    return tuple(event.model_dump_json() for event in events)
