"""Calls and their events, as release 0.1.0 made them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "sessions",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("persona", sa.String, nullable=False),
        sa.Column("scenario", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("trainee", sa.String, nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("ended", sa.String),
        sa.Column("score", sa.Float),
        sa.Column("anger_start", sa.Float, nullable=False),
        sa.Column("anger_end", sa.Float, nullable=False),
    )
    op.create_index("ix_sessions_at", "sessions", ["at"])
    op.create_table(
        "events",
        sa.Column(
            "session",
            sa.String,
            sa.ForeignKey("sessions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("event", sa.Text, nullable=False),
    )
    op.execute("PRAGMA user_version=1")
