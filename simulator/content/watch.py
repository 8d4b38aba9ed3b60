"""Notices that content files have changed, and reads them again."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue
    from simulator.content.stamp import Stamp


class Watch:
    """Reads the catalogue with ``load``, and again when its files have changed."""

    def __init__(self, load: Callable[[], Catalogue]) -> None:
        self._load = load
        self._last: tuple[Catalogue, Stamp] | None = None
        self._looking = Lock()

    def read(self) -> Catalogue:
        """Read everything; raises what ``load`` raises."""
        with self._looking:
            catalogue = self._load()
            self._last = catalogue, catalogue.stamp()
            return catalogue

    def look(self) -> Catalogue | None:
        """Return the catalogue anew if a file was changed, added or removed since the last time.

        None if nothing was, before the first :meth:`read`, and while another thread is looking.
        Raises what ``load`` raises, once for each change.
        """
        if not self._looking.acquire(blocking=False):
            return None
        try:
            if self._last is None:
                return None
            last, seen = self._last
            now = last.stamp()
            if now == seen:
                return None
            # Taken before reading: what changes meanwhile is noticed by the next look.
            self._last = last, now
            fresh = self._load()
            self._last = fresh, now
            return fresh
        finally:
            self._looking.release()
