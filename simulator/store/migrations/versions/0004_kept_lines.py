"""Trainees keep lines of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table; nobody has kept a line before."""
    op.create_table(
        "kept_lines",
        sa.Column(
            "session",
            sa.String,
            sa.ForeignKey("sessions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("turn", sa.Integer, primary_key=True, autoincrement=False),
    )
    op.execute("PRAGMA user_version=4")
