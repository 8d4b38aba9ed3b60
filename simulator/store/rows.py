"""Reads and writes rows within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from simulator.store.summary import Summary
from simulator.store.tables import events, notes, sessions


class Rows:
    """The rows of all tables, as one transaction sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all sessions."""
        return tuple(self._connection.scalars(select(sessions.c.id).order_by(sessions.c.id)))

    def events(self, session: str) -> tuple[str, ...]:
        """Return the events of ``session`` as JSON in their order; none if there is no such one."""
        query = select(events.c.event).where(events.c.session == session)
        return tuple(self._connection.scalars(query.order_by(events.c.number)))

    def notes(self, session: str) -> tuple[str, ...]:
        """Return the notes on ``session`` as JSON, by their ids."""
        query = select(notes.c.note).where(notes.c.session == session)
        return tuple(self._connection.scalars(query.order_by(notes.c.id)))

    def summaries(self) -> tuple[Summary, ...]:
        """Return all sessions, newest first."""
        own = func.json_extract(notes.c.note, "$.type") == "takeaway"
        counted = select(func.count()).where(notes.c.session == sessions.c.id, ~own)
        query = select(sessions, counted.scalar_subquery().label("notes"))
        found = self._connection.execute(query.order_by(sessions.c.at.desc(), sessions.c.id))
        return tuple(Summary.model_validate(dict(row)) for row in found.mappings())

    def add(self, summary: Summary, first: int, log: Iterable[str]) -> None:
        """Add events (JSON) to a session, counted from ``first``, and renew the session's line."""
        line = summary.model_dump(exclude={"notes"})
        line["at"] = summary.at.astimezone(UTC).isoformat(timespec="microseconds")
        write = insert(sessions).values(line)
        renewed = {name: value for name, value in line.items() if name != "id"}
        self._connection.execute(write.on_conflict_do_update(index_elements=["id"], set_=renewed))
        numbered = [
            {"session": summary.id, "number": number, "event": event}
            for number, event in enumerate(log, start=first)
        ]
        self._connection.execute(insert(events), numbered)

    def add_notes(self, session: str, added: Mapping[str, str]) -> None:
        """Add notes (JSON by id) to a session."""
        given = [{"session": session, "id": id, "note": note} for id, note in added.items()]
        if given:
            self._connection.execute(insert(notes), given)

    def erase_note(self, session: str, id: str) -> None:
        """Delete one note."""
        this = (notes.c.session == session) & (notes.c.id == id)
        self._connection.execute(delete(notes).where(this))

    def erase(self, session: str) -> None:
        """Delete the session's line and, with it, its events and notes."""
        self._connection.execute(delete(sessions).where(sessions.c.id == session))
