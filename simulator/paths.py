"""Where things lie: what ships with the product, the user's data, the prepared models."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the folder ``personas``, ``scenarios`` or ``models`` that came with the product.

    In an installed wheel they lie inside the package, in a checkout beside it.
    """
    inside = _PACKAGE / "shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def home() -> Path:
    """Return the user's data folder (``HOERER_HOME`` overrides); it need not exist."""
    override = os.environ.get("HOERER_HOME")
    return Path(override).expanduser() if override else user_data_path("hoerer", appauthor=False)


def cache() -> Path:
    """Return the folder of prepared models (``HOERER_CACHE`` overrides); it need not exist."""
    override = os.environ.get("HOERER_CACHE")
    return Path(override).expanduser() if override else user_cache_path("hoerer", appauthor=False)


def database() -> Path:
    """Return the path of the session database."""
    return home() / "sessions.sqlite3"
