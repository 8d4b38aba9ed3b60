"""Weeks as people count them: from Monday on, in local time, numbered as in ISO 8601."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from simulator.store.lookup import by_trainee
from simulator.store.summary import Summary

SHOWN = 26
"""How many weeks a course goes back, at most."""


def week_of(at: datetime) -> date:
    """Return the Monday of the week in which ``at`` lies."""
    day = at.astimezone().date()
    return day - timedelta(days=day.weekday())


def number(week: date) -> int:
    """Return the number of the week that begins on ``week``, 1 to 53."""
    return week.isocalendar().week


def written(week: date) -> str:
    """Return the week as ISO 8601 writes it: "2026-W10"."""
    year, counted, _ = week.isocalendar()
    return f"{year}-W{counted:02}"


def up_to(now: datetime, first: date | None) -> tuple[date, ...]:
    """Return the weeks from ``first`` to the one of ``now``, but at most the last ``SHOWN``."""
    last = week_of(now)
    count = (last - min(first or last, last)).days // 7 + 1
    return tuple(last - timedelta(weeks=back) for back in reversed(range(min(count, SHOWN))))


def own_calls(past: Iterable[Summary], trainee: str) -> tuple[Summary, ...]:
    """Return the trainee's calls, oldest first: those that are over and had a reply.

    Other courses of a call are not among them, for whoever made them need not be the trainee.
    Without a name it is all practice that bears none; a call from outside is then nobody's.
    """
    calls = tuple(past)
    if trainee.strip():
        calls = by_trainee(trainee, calls)
    else:
        calls = tuple(c for c in calls if not c.trainee.strip() and c.origin == "practice")
    counted = (c for c in calls if c.turns and c.ended and not c.forked)
    return tuple(sorted(counted, key=lambda call: (call.at, call.id)))


@dataclass(frozen=True)
class Rhythm:
    """How often somebody practises: ``calls`` in each week that had any, by its Monday.

    ``goal`` is how many they want to have in a week, None if they set themselves none.
    """

    calls: dict[date, int]
    week: date
    goal: int | None

    @classmethod
    def of(cls, own: Iterable[Summary], goal: int | None, now: datetime) -> Rhythm:
        """Count the trainee's ``own`` calls; a real call from outside is no practice."""
        counted = Counter(week_of(call.at) for call in own if call.origin == "practice")
        return cls(dict(counted), week_of(now), goal)

    @property
    def this_week(self) -> int:
        """The calls of the week that is running."""
        return self.calls.get(self.week, 0)

    @property
    def open(self) -> int:
        """How many calls this week's goal still leaves; 0 without one."""
        return max((self.goal or 0) - self.this_week, 0)

    @property
    def practised(self) -> int:
        """How many weeks had a call. Weeks without one are not counted anywhere."""
        return len(self.calls)

    @property
    def kept(self) -> int:
        """How many weeks had as many calls as today's goal asks for; 0 without one.

        They need not follow each other: a week that was missed takes nothing away.
        """
        return sum(count >= self.goal for count in self.calls.values()) if self.goal else 0
