"""Reads and writes rows within one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC

from sqlalchemy import ColumnElement, Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from simulator.domain.score import Dimension
from simulator.store.reply import Line, Reply
from simulator.store.summary import Summary
from simulator.store.tables import events, kept_lines, notes, sessions


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

    def several(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """Return the events of all these sessions as JSON, each in their order."""
        query = select(events.c.session, events.c.event).where(_among(events.c.session, ids))
        logs: dict[str, list[str]] = {}
        for session, event in self._connection.execute(
            query.order_by(events.c.session, events.c.number)
        ):
            logs.setdefault(session, []).append(event)
        return logs

    def replies(self, ids: Iterable[str]) -> tuple[Reply, ...]:
        """Return the trainee's replies in all these sessions, each session's in their order."""
        values = [_in_event(f"scores.{dimension}.value") for dimension in Dimension]
        query = (
            select(events.c.session, _in_event("turn"), _in_event("text"), *values)
            .where(_among(events.c.session, ids), _in_event("type") == "agent_turn")
            .order_by(events.c.session, events.c.number)
        )
        found = self._connection.execute(query)
        return tuple(Reply(Line(session, turn), *said) for session, turn, *said in found)

    def kept_lines(self, ids: Iterable[str]) -> tuple[Line, ...]:
        """Return the lines kept of all these sessions, by session and turn."""
        query = select(kept_lines).where(_among(kept_lines.c.session, ids))
        found = self._connection.execute(query.order_by(*kept_lines.c))
        return tuple(Line(session, turn) for session, turn in found)

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

    def keep_lines(self, lines: Iterable[Line]) -> None:
        """Keep these lines; those that are kept already stay so."""
        given = [line._asdict() for line in lines]
        if given:
            self._connection.execute(insert(kept_lines).on_conflict_do_nothing(), given)

    def drop_line(self, line: Line) -> None:
        """No longer keep this line."""
        here = kept_lines.c.session == line.session, kept_lines.c.turn == line.turn
        self._connection.execute(delete(kept_lines).where(*here))

    def erase_note(self, session: str, id: str) -> None:
        """Delete one note."""
        this = (notes.c.session == session) & (notes.c.id == id)
        self._connection.execute(delete(notes).where(this))

    def erase(self, session: str) -> None:
        """Delete the session's line and, with it, its events, notes and kept lines."""
        self._connection.execute(delete(sessions).where(sessions.c.id == session))


def _in_event(path: str) -> ColumnElement[object]:
    return func.json_extract(events.c.event, f"$.{path}")


def _among(column: ColumnElement[str], ids: Iterable[str]) -> ColumnElement[bool]:
    # one parameter, however many ids there are: SQLite allows only so many parameters
    listed = func.json_each(json.dumps(list(ids))).table_valued("value")
    return column.in_(select(listed.c.value))
