"""Brings a database to the schema this program knows, by alembic's migrations.

Alembic takes a fifth of a second to import: only what is about to migrate imports this.
"""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

_BEFORE_ALEMBIC = 1  # the schema of release 0.1.0, which knew no migrations


def upgrade(connection: Connection, found: int) -> None:
    """Run what is missing since ``found`` (``user_version``; 0 in an empty database).

    Everything happens in the transaction that ``connection`` is in; the caller commits it.
    """
    config = Config()
    config.set_main_option("script_location", "simulator.store:migrations")
    config.attributes["connection"] = connection
    if found == _BEFORE_ALEMBIC:
        command.stamp(config, "0001")
    command.upgrade(config, "head")
