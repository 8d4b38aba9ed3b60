"""Joins what a blind reader wrote with the keys and counts it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import nan, sqrt
from pathlib import Path
from typing import get_args

from simulator.domain.conversation import Source
from simulator.domain.language import LANGUAGES
from simulator.errors import UsageError
from simulator.evaluation.blind import (
    DRAWN,
    KEY,
    LINE_READINGS,
    LINES,
    LINES_KEY,
    READINGS,
    SHEET,
    Comparison,
    Drawn,
    HeardLine,
    LineKey,
    LineReading,
    Pair,
    PairKey,
    PairReading,
    Reader,
    Verdict,
)
from simulator.evaluation.blind_readings import Files
from simulator.evaluation.customer import Measure
from simulator.evaluation.kept import kept

WANTED = {"random": 0.9, "author": 0.25}
"""How often a reader should at least prefer the model's line, by what it stands against."""

MOST_SLIPS = 0.03
AGAINST = {"random": "a random line of the same act", "author": "the author's line"}
SLIPS = tuple(verdict for verdict in get_args(Verdict) if verdict != "fine")
_Z = 1.959964


@dataclass(frozen=True)
class Share(Measure):
    """A share with its 95 % interval; ``part`` is a language, a source, or "all"."""

    part: str = "all"
    low: float = nan
    high: float = nan


@dataclass(frozen=True)
class Counted:
    """What a reader's file comes to."""

    reader: Reader
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class _Read:
    """A case that was read: in which parts it counts, and what the reader said."""

    parts: frozenset[str]
    said: str


def count(folder: Path) -> list[Counted]:
    """Return what was read in ``folder``: of the pairs, of the lines, or of both.

    Raises UsageError if nothing was read, or where a reading is broken, missing, doubled, or of
    something that is not on the sheet.
    """
    counted = []
    if (folder / READINGS).is_file():
        counted.append(_pairs(folder))
    if (folder / LINE_READINGS).is_file():
        counted.append(_lines(folder))
    if not counted:
        raise UsageError("blind_not_read", path=folder, pairs=READINGS, lines=LINE_READINGS)
    return counted


def wilson(held: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval (0 to 1) of a share of ``held`` in ``n`` cases, at least one.

    Wilson's score interval (1927, JASA 22): it has a width even where the share is 0 or 1.
    """
    share, z = held / n, _Z**2 / n
    half = _Z * sqrt(share * (1 - share) / n + z / (4 * n))
    low, high = (share + z / 2 - half) / (1 + z), (share + z / 2 + half) / (1 + z)
    return max(0.0, low), min(1.0, high)


def _pairs(folder: Path) -> Counted:
    kinds = (Pair, PairKey, PairReading)
    reader, joined = Files(folder / SHEET, folder / KEY, folder / READINGS, kinds).joined()
    cases: dict[Comparison, list[_Read]] = {each: [] for each in get_args(Comparison)}
    for pair, key, reading in joined:
        said = "model" if reading.better == key.model else reading.better
        cases[key.comparison].append(_Read(frozenset({"all", pair.language}), said))
    shares = [share for each, read in cases.items() for share in _preferred(each, read)]
    drawn = list(kept(folder / DRAWN, Drawn, "blind_line"))
    silent = [_Read(frozenset({"all"}), "" if one.line else "silent") for one in drawn]
    shares += _shares("places without a line that may be said", silent, {"silent"}, ("all",))
    return Counted(reader, tuple(shares))


def _preferred(comparison: Comparison, read: Sequence[_Read]) -> Iterator[Share]:
    against, parts, wanted = AGAINST[comparison], ("all", *LANGUAGES), WANTED[comparison]
    yield from _shares(f"model preferred to {against}", read, {"model"}, parts, least=wanted)
    yield from _shares(f"no preference to {against}", read, {"tie"}, parts)


def _lines(folder: Path) -> Counted:
    kinds = (HeardLine, LineKey, LineReading)
    files = Files(folder / LINES, folder / LINES_KEY, folder / LINE_READINGS, kinds)
    reader, joined = files.joined()
    read = [
        _Read(frozenset({"all", line.language, key.source}), reading.verdict)
        for line, key, reading in joined
    ]
    parts = ("all", *LANGUAGES, *get_args(Source))
    shares = [*_shares("lines with something wrong", read, set(SLIPS), parts, most=MOST_SLIPS)]
    for verdict in SLIPS:
        shares += _shares(verdict, read, {verdict}, parts)
    return Counted(reader, tuple(shares))


def _shares(
    name: str,
    read: Sequence[_Read],
    counts: set[str],
    parts: Iterable[str],
    least: float | None = None,
    most: float | None = None,
) -> Iterator[Share]:
    """Yield the share of readings that say one of ``counts``, in each part that has any.

    What is wanted is wanted of all together.
    """
    for part in parts:
        cases = [one.said in counts for one in read if part in one.parts]
        if not cases:
            continue
        low, high = wilson(sum(cases), len(cases))
        asked = (least, most) if part == "all" else (None, None)
        yield Share(name, sum(cases) / len(cases), len(cases), *asked, part, low, high)
