"""The tables: every event as it happened, every note, one line for each call, every kept line.

``events`` and ``notes`` are the truth and are only ever added to; ``sessions`` is the line the list
shows, written anew with each event in the same transaction, so that a list need not read the
events. ``kept_lines`` comes and goes as the trainee likes. All are made and changed by the
migrations alone; a test holds the two together.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Integer, MetaData, String, Table, Text

VERSION = 4
"""SQLite's ``user_version`` after the last migration; a database with a higher one is refused."""

metadata = MetaData()

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    # ISO 8601 in UTC with microseconds: sorts as text
    Column("at", String, nullable=False, index=True),
    Column("persona", String, nullable=False),
    Column("scenario", String, nullable=False),
    Column("language", String, nullable=False),
    Column("trainee", String, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("ended", String),
    Column("score", Float),
    Column("anger_start", Float, nullable=False),
    Column("anger_end", Float, nullable=False),
    Column("origin", String, nullable=False, server_default="practice"),
    # the id of the session this one branched off from, or empty
    Column("forked", String, nullable=False, server_default=""),
    # empty for practice, else how the exam stands: open, passed, failed, too_few
    Column("exam", String, nullable=False, server_default=""),
)

events = Table(
    "events",
    metadata,
    Column("session", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    # counts from 1 in each session
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("event", Text, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("session", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    # the note's own id: unique within its session
    Column("id", String, primary_key=True),
    Column("note", Text, nullable=False),
)

kept_lines = Table(
    "kept_lines",
    metadata,
    Column("session", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    # the exchange with the reply that the trainee wants to find again
    Column("turn", Integer, primary_key=True, autoincrement=False),
)
