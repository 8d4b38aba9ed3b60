"""When things were said in a call from outside: from the file, else at the pace of talking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from simulator.coaching.said import Problem, Said, excerpt

WORDS_A_SECOND = 2.5
"""The pace at which people talk on the telephone, and others read along."""

_PARTS = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d)(?:[.,]\d+)?)?")
_FIRST, _LAST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_LONGEST = timedelta(days=7)
_MOST_SECONDS = 2e9
"""More than any recording; epoch seconds are below it too."""

Stamp = datetime | float
"""A moment, or seconds counted from wherever the file begins to count."""


def moments(
    turns: Sequence[Said], now: datetime
) -> tuple[tuple[datetime, ...], tuple[Problem, ...]]:
    """Return when each turn began, never backwards, and the times that could not be read.

    Times of day and seconds have no date: the call then begins at ``now``. A time that runs
    backwards or jumps by more than a week is a problem; such a turn, like one without a time,
    follows the one before it at the pace of talking.
    """
    stamps = _stamps(turns)
    timed = next((n for n, stamp in enumerate(stamps) if stamp is not None), None)
    first = stamps[timed] if timed is not None else None
    before = sum((_pace(turn) for turn in turns[: timed or 0]), timedelta())
    paced = first - before if isinstance(first, datetime) else now
    zero = paced + before - timedelta(seconds=first) if isinstance(first, float) else None
    problems: list[Problem] = []
    found: list[datetime] = []
    for turn, stamp in zip(turns, stamps, strict=True):
        at = _placed(stamp, zero)
        if turn.time and (at is None or (found and not _follows(at, found[-1]))):
            problems.append(Problem(turn.line, "time", excerpt(turn.time)))
            at = None
        found.append(at or paced)
        paced = found[-1] + _pace(turn)
    return tuple(found), tuple(problems)


def _pace(turn: Said) -> timedelta:
    return timedelta(seconds=round(1 + len(turn.text.split()) / WORDS_A_SECOND, 1))


def _placed(stamp: Stamp | None, zero: datetime | None) -> datetime | None:
    """Return the moment of a stamp; the file's first one decides which kind it has."""
    if isinstance(stamp, float):
        return zero + timedelta(seconds=stamp) if zero else None
    return None if zero else stamp


def _follows(at: datetime, last: datetime) -> bool:
    return timedelta() <= at - last <= _LONGEST


def _stamps(turns: Sequence[Said]) -> list[Stamp | None]:
    first = next((turn.time for turn in turns if turn.time), "")
    # a recording counts from nought: there 00:12 is twelve seconds, on a clock it is past midnight
    minutes_first = re.match(r"0?0:\d\d$", first) is not None
    return [_stamp(turn.time, minutes_first) for turn in turns]


def _stamp(time: str, minutes_first: bool) -> Stamp | None:
    if not time:
        return None
    parts = _PARTS.fullmatch(time)
    if parts:
        first, second, third = (int(part or 0) for part in parts.groups())
        if parts[3] is None and minutes_first:
            return float(first * 60 + second)
        return float(first * 3600 + second * 60 + third)
    try:
        seconds = float(time)
    except ValueError:
        return _moment(time)
    return seconds if 0 <= seconds <= _MOST_SECONDS else None


def _moment(time: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(time.replace(",", "."))
        at = read.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at if _FIRST < at < _LAST else None
