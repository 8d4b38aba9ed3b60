"""How content files lie there: whether one has changed, without reading it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from simulator.content.loader import content_files

Stamp = frozenset[tuple[Path, int, int]]
"""Files with the time of their last change (in nanoseconds) and their size in bytes."""


def stamp(folders: Iterable[Path]) -> Stamp:
    """Return the stamp of all content files in ``folders``; what cannot be seen is left out."""
    return frozenset(each for folder in folders for each in _stamped(folder))


def _stamped(folder: Path) -> Iterator[tuple[Path, int, int]]:
    try:
        for file in content_files(folder):
            told = file.stat()
            yield file, told.st_mtime_ns, told.st_size
    except OSError:  # taken away or replaced just now: the next look will tell
        return
