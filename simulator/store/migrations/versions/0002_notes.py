"""Coaches write notes; a call's line says whether it came from outside or is a fork."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table and the columns, whose defaults are true of every call that is there.

    Release 0.1.0 knew only practice calls, and none branched off. The columns are added in place:
    making the table anew would drop the old one, and every event with it.
    """
    op.create_table(
        "notes",
        sa.Column(
            "session",
            sa.String,
            sa.ForeignKey("sessions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("note", sa.Text, nullable=False),
    )
    origin = sa.Column("origin", sa.String, nullable=False, server_default="practice")
    op.add_column("sessions", origin)
    op.add_column("sessions", sa.Column("forked", sa.String, nullable=False, server_default=""))
    op.execute("PRAGMA user_version=2")
