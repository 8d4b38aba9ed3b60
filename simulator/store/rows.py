"""Reads and writes rows within one transaction."""

from __future__ import annotations

from datetime import UTC

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from simulator.store.summary import Summary
from simulator.store.tables import events, sessions


class Rows:
    """The rows of both tables, as one transaction sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all sessions."""
        return tuple(self._connection.scalars(select(sessions.c.id).order_by(sessions.c.id)))

    def events(self, session: str) -> tuple[str, ...]:
        """Return the events of ``session`` as JSON in their order; none if there is no such one."""
        query = select(events.c.event).where(events.c.session == session)
        return tuple(self._connection.scalars(query.order_by(events.c.number)))

    def summaries(self) -> tuple[Summary, ...]:
        """Return all sessions, newest first."""
        query = select(sessions).order_by(sessions.c.at.desc(), sessions.c.id)
        found = self._connection.execute(query).mappings()
        return tuple(Summary.model_validate(dict(row)) for row in found)

    def add(self, summary: Summary, number: int, event: str) -> None:
        """Add ``event`` (JSON) as the session's ``number``-th and renew the session's line."""
        line = summary.model_dump()
        line["at"] = summary.at.astimezone(UTC).isoformat(timespec="microseconds")
        write = insert(sessions).values(line)
        renewed = {name: value for name, value in line.items() if name != "id"}
        self._connection.execute(write.on_conflict_do_update(index_elements=["id"], set_=renewed))
        self._connection.execute(
            insert(events).values(session=summary.id, number=number, event=event)
        )

    def erase(self, session: str) -> None:
        """Delete the session's line and, with it, its events."""
        self._connection.execute(delete(sessions).where(sessions.c.id == session))
