"""Says what a failure of SQLite means for the person in front of it."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from simulator.errors import StoreError

_KEYS = {
    sqlite3.SQLITE_BUSY: "store_locked",
    sqlite3.SQLITE_LOCKED: "store_locked",
    sqlite3.SQLITE_FULL: "store_disk_full",
    sqlite3.SQLITE_NOTADB: "store_not_a_database",
    sqlite3.SQLITE_CORRUPT: "store_damaged",
    sqlite3.SQLITE_READONLY: "store_not_writable",
    sqlite3.SQLITE_PERM: "store_not_writable",
    sqlite3.SQLITE_CANTOPEN: "store_not_writable",
}
_PRIMARY = 0xFF  # SQLite's extended result codes keep the primary one in the lowest byte


@contextmanager
def as_store_error(path: Path) -> Iterator[None]:
    """Turn every failure of the database at ``path`` into a StoreError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
        key = _KEYS.get(code, "store_failed")
        raise StoreError(key, path=path, folder=path.parent, reason=cause) from None
    except OSError as error:
        key = "store_disk_full" if error.errno == errno.ENOSPC else "store_folder"
        raise StoreError(key, path=path, folder=path.parent, reason=error.strerror) from None
