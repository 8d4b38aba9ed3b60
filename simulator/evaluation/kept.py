"""Files of JSON objects, a line each, that grow while something is measured.

A run that is cut off may leave half a line: it does not count, and the next line takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from simulator.errors import UsageError

M = TypeVar("M", bound=BaseModel)


def kept(file: Path, kind: type[M], error: str) -> Iterator[M]:
    """Yield what the whole lines of ``file`` hold; nothing if there is no file.

    Raises UsageError ``error`` (with ``file`` and ``line``) where a line is no ``kind``.
    """
    if file.is_file():
        # Not splitlines: it would also split where a text has another of Unicode's line ends.
        whole = file.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]
        for number, text in enumerate(whole, start=1):
            yield parsed(text, kind, error, file, number)


def parsed(text: str, kind: type[M], error: str, file: Path, line: int) -> M:
    """Return what a line holds; raises UsageError ``error`` if it is no ``kind``."""
    try:
        return kind.model_validate_json(text)
    except ValidationError as reason:
        raise UsageError(error, file=file, line=line) from reason


def keep(file: Path, one: BaseModel) -> None:
    """Append ``one`` to ``file``, in place of half a line that a run may have left at its end."""
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_bytes() if file.is_file() else b""
    if before and not before.endswith(b"\n"):
        file.write_bytes(before[: before.rfind(b"\n") + 1])
    with file.open("a", encoding="utf-8", newline="\n") as opened:
        opened.write(f"{one.model_dump_json()}\n")


def write(file: Path, all_of_them: Iterable[BaseModel]) -> None:
    """Write a file anew, with everything that belongs into it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{one.model_dump_json()}\n" for one in all_of_them)
    file.write_text(text, encoding="utf-8", newline="\n")
