"""What is said in a transcript from outside, and who says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Speaker = Literal["agent", "customer"]
Kind = Literal["unknown_speaker", "looks_like_speaker", "before_first", "empty", "time"]

_AGENTS = frozenset(
    [
        "agent",
        "agentin",
        "mitarbeiter",
        "mitarbeiterin",
        "trainee",
        "berater",
        "beraterin",
        "service",
        "hotline",
        "support",
        "advisor",
        "adviser",
        "representative",
        "rep",
        "employee",
    ]
)
_CUSTOMERS = frozenset(
    [
        "kunde",
        "kundin",
        "anrufer",
        "anruferin",
        "customer",
        "client",
        "caller",
        "beschwerdeführer",
        "beschwerdeführerin",
    ]
)
_NAMED = re.compile(r"\s*\((.*)\)\s*$", re.DOTALL)


@dataclass(frozen=True)
class Said:
    """One utterance: who, under which ``label`` in the file, what, in which line it begins.

    ``time`` is whatever the file says about when, "" if nothing.
    """

    speaker: Speaker
    label: str
    text: str
    line: int
    time: str = ""

    @property
    def name(self) -> str:
        """The name in brackets behind the label ("Kunde (Herr Meier)"), else the label."""
        named = _NAMED.search(self.label)
        return (named[1] if named else self.label).strip()


@dataclass(frozen=True)
class Problem:
    """Something in ``line`` that was read otherwise than its author may have meant.

    ``kind`` names its sentence (``exchange.problem.<kind>``), ``found`` is the place itself.
    """

    line: int
    kind: Kind
    found: str


def speaker_of(label: str) -> Speaker | None:
    """Return whose label it is ("Kundin", "AGENT (Anna)"), None if nobody's known."""
    word = _NAMED.sub("", label).strip().casefold()
    if word in _AGENTS:
        return "agent"
    return "customer" if word in _CUSTOMERS else None


def excerpt(text: str, longest: int = 40) -> str:
    """Return the beginning of ``text`` on one line, without control characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
