"""The one file that holds all calls: opened for each transaction, created when first needed.

Every transaction has its own connection (opening one takes well under a millisecond), so threads
share nothing and no lock outlives its transaction.

Why a rollback journal and not WAL: the journal is gone when a transaction has ended, so nothing a
trainee said lingers in a second file, and one turn every few seconds needs no more speed.
``synchronous=EXTRA`` also syncs the folder after the journal is unlinked; with FULL a power cut
could bring the journal back and undo a turn that had already been shown.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from simulator.errors import StoreError
from simulator.store.failure import as_store_error
from simulator.store.rows import Rows
from simulator.store.tables import VERSION

_PRAGMAS = (
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA secure_delete=ON",
    # VACUUM and sorting must not leave copies in the system's folder for temporary files
    "PRAGMA temp_store=MEMORY",
    "PRAGMA foreign_keys=ON",
)


class Database:
    """The database at ``path``; ``patience`` is how long to wait for a lock, in seconds."""

    def __init__(self, path: Path, patience: float) -> None:
        self._path = path
        self._patience = patience
        self._engine = create_engine("sqlite://", creator=self._open, poolclass=NullPool)

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Give the rows as they are now. Raises StoreError."""
        with self._connection() as connection:
            connection.exec_driver_sql("BEGIN")
            yield Rows(connection)

    @contextmanager
    def writing(self) -> Iterator[Rows]:
        """Give rows to change; on the disk when the block has ended, untouched if it raises.

        Raises StoreError.
        """
        with self._connection() as connection:
            # takes the write lock before the first read, so that what was read still holds
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield Rows(connection)
            connection.commit()

    def rewrite(self) -> None:
        """Write the file anew from its living rows alone. Raises StoreError.

        ``secure_delete`` has overwritten what this program deleted; this also takes out what any
        other tool left in free pages, and gives the space back.
        """
        with self._connection() as connection:
            connection.exec_driver_sql("VACUUM")

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with as_store_error(self._path):
            self._create_file()
            with self._engine.connect() as connection:
                self._check_version(connection)
                yield connection

    def _create_file(self) -> None:
        if self._path.is_dir():
            raise StoreError("store_is_a_folder", path=self._path)
        if not self._path.exists():
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path.touch(mode=0o600)

    def _open(self) -> sqlite3.Connection:
        # isolation_level=None: transactions begin where this module says so
        connection = sqlite3.connect(self._path, timeout=self._patience, isolation_level=None)
        try:
            for pragma in _PRAGMAS:
                connection.execute(pragma)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _check_version(self, connection: Connection) -> None:
        found = _version(connection)
        if found < VERSION:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            # another process may have brought it up to date while this one waited
            found = _version(connection)
            if found < VERSION:
                self._upgrade(connection, found)
            connection.commit()
            found = _version(connection)
        if found > VERSION:
            raise StoreError("store_newer", path=self._path, found=found, known=VERSION)

    def _upgrade(self, connection: Connection, found: int) -> None:
        tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
        ours = tables >= {"sessions", "events"} if found else not tables
        if not ours:
            raise StoreError("store_not_a_database", path=self._path)
        # alembic is for the one time in a release when there is something to change
        from simulator.store.upgrade import upgrade  # noqa: PLC0415

        upgrade(connection, found)


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
