"""A call's line says whether it is an exam and what came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column, whose default is true of every call that is there: there were no exams."""
    op.add_column("sessions", sa.Column("exam", sa.String, nullable=False, server_default=""))
    op.execute("PRAGMA user_version=3")
