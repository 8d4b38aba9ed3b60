"""From the bytes of a file to its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from simulator.content.problems import Findings

LONGEST_FILE = 1_000_000
"""Bytes; the largest shipped scenario has about 40,000."""

_LINE_BREAK = re.compile(r"\r\n|[\r\n]")
# What YAML forbids, what would reach the terminal as a command, and the line breaks that parsers
# and editors disagree on.
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Place:
    """A line and column of a file, both from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Source:
    """A file as it was read; ``digest`` is the SHA-256 of its bytes in hex."""

    path: Path
    text: str
    digest: str


def read(path: Path, findings: Findings) -> Source | None:
    """Read a file; None, with a problem noted, if it is no readable text."""
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST_FILE + 1)
    except OSError:
        findings.add(Place(), "unreadable")
        return None
    if len(data) > LONGEST_FILE:
        findings.add(Place(), "too_large", longest=LONGEST_FILE)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        findings.add(place_after(data[: error.start].decode("utf-8-sig")), "not_utf8")
        return None
    if found := UNPRINTABLE.search(text):
        code = f"U+{ord(found.group()):04X}"
        findings.add(place_after(text[: found.start()]), "unprintable", code=code)
        return None
    return Source(path, text, sha256(data).hexdigest())


def place_after(text: str) -> Place:
    """Return the place that follows ``text`` at the beginning of a file."""
    lines = _LINE_BREAK.split(text)
    return Place(len(lines), len(lines[-1]) + 1)
