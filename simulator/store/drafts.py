"""Mails that have been begun and not sent: one small file each, beside the database.

A draft is no event: it is written anew every few seconds and is gone when it has been sent. So it
has a file of its own, which is overwritten before it is deleted.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from simulator.errors import StoreError


@dataclass(frozen=True)
class Place:
    """Where a draft belongs: to a ``session``, or to a call that has not begun (empty).

    ``persona``, ``scenario`` and ``language`` say which; ``trainee`` is whose it is.
    """

    persona: str
    scenario: str
    language: str
    trainee: str = ""
    session: str = ""

    @property
    def file(self) -> str:
        """The name of the draft's file."""
        told = [self.session] if self.session else list(asdict(self).values())
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:24] + ".json"


class Drafts:
    """The drafts in ``folder``, which is made when the first one is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, place: Place, text: str) -> None:
        """Keep ``text`` as the draft of ``place``; an empty one is dropped.

        Raises StoreError if it cannot be written.
        """
        if not text.strip():
            self.drop(place)
            return
        file = self._folder / place.file
        fresh = file.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            written = json.dumps({**asdict(place), "text": text}, ensure_ascii=False)
            fresh.touch(mode=0o600)
            fresh.write_text(written, encoding="utf-8")
            fresh.replace(file)
        except (OSError, UnicodeEncodeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise StoreError("draft_not_kept", folder=self._folder, reason=reason) from None

    def of(self, place: Place) -> str:
        """Return the draft of ``place``, empty if there is none that can be read."""
        return _read(self._folder / place.file).get("text", "")

    def drop(self, place: Place) -> None:
        """Forget the draft of ``place``. Raises StoreError if that cannot be done."""
        self._erase(self._folder / place.file)

    def drop_session(self, session: str) -> None:
        """Forget the draft of a session. Raises StoreError."""
        self._drop_where("session", session)

    def drop_trainee(self, trainee: str) -> None:
        """Forget every draft of a trainee. Raises StoreError."""
        self._drop_where("trainee", trainee)

    def _drop_where(self, field: str, value: str) -> None:
        for file in list(self._files()):
            if _read(file).get(field) == value:
                self._erase(file)

    def _files(self) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from self._folder.glob("*.json")

    def _erase(self, file: Path) -> None:
        try:
            if not file.exists():
                return
            with file.open("r+b") as written:
                written.write(b"\0" * file.stat().st_size)
                written.flush()
                os.fsync(written.fileno())
            file.unlink()
        except OSError as error:
            reason = error.strerror or error
            raise StoreError("draft_not_kept", folder=self._folder, reason=reason) from None


def _read(file: Path) -> dict[str, str]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in told.items() if isinstance(v, str)} if isinstance(told, dict) else {}
