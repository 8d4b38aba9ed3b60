"""Reads what a blind reader wrote, and the keys; refuses what is missing, doubled or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from simulator.errors import UsageError
from simulator.evaluation.blind import (
    HeardLine,
    LineKey,
    LineReading,
    Pair,
    PairKey,
    PairReading,
    Reader,
    Row,
)
from simulator.evaluation.kept import parsed

S = TypeVar("S", Pair, HeardLine)
K = TypeVar("K", PairKey, LineKey)
R = TypeVar("R", PairReading, LineReading)
A = TypeVar("A", bound=Row)


@dataclass(frozen=True)
class Files(Generic[S, K, R]):
    """What belongs together: the sheet, its key, the readings of it, and what their lines are."""

    sheet: Path
    key: Path
    readings: Path
    kinds: tuple[type[S], type[K], type[R]]

    def joined(self) -> tuple[Reader, list[tuple[S, K, R]]]:
        """Return who has read, and each line of the sheet with its key and its reading.

        Raises UsageError where a file or a line is broken, a line of the sheet has no key, or a
        reading is missing, doubled, or of something that is not on the sheet.
        """
        given, key, reading = self.kinds
        sheet = list(_rows(self.sheet, _numbered(self.sheet), given))
        keys = {one.id: one for _, one in _rows(self.key, _numbered(self.key), key)}
        for line, one in sheet:
            if one.id not in keys:
                raise UsageError(
                    "blind_no_key", file=self.sheet, line=line, id=one.id, missing=self.key.name
                )
        reader, read = self._read({one.id: line for line, one in sheet}, reading)
        return reader, [(one, keys[one.id], read[one.id]) for _, one in sheet]

    def _read(self, asked: dict[str, int], kind: type[R]) -> tuple[Reader, dict[str, R]]:
        file, sheet = self.readings, self.sheet.name
        (first, header), *told = _numbered(file) or [(1, "")]
        reader = parsed(header, Reader, "blind_reader", file, first)
        read: dict[str, R] = {}
        for line, one in _rows(file, told, kind):
            if one.id not in asked:
                raise UsageError("blind_unknown", file=file, line=line, id=one.id, sheet=sheet)
            if one.id in read:
                raise UsageError("blind_doubled", file=file, line=line, id=one.id)
            read[one.id] = one
        for name, line in asked.items():
            if name not in read:
                raise UsageError("blind_unread", file=file, id=name, sheet=sheet, line=line)
        return reader, read


def _rows(file: Path, lines: list[tuple[int, str]], kind: type[A]) -> Iterator[tuple[int, A]]:
    return ((line, parsed(text, kind, "blind_line", file, line)) for line, text in lines)


def _numbered(file: Path) -> list[tuple[int, str]]:
    """Return the lines of ``file`` that hold something, with their numbers from 1."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("blind_file", file=file) from error
    return [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
