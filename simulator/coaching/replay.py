"""A recorded call, moment by moment: how fast it went, and where it is worth looking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Literal

from simulator.coaching.review import NOTICEABLE, Review
from simulator.domain.conversation import AgentTurn, CustomerTurn, Event, Session
from simulator.domain.emotion import EmotionalState, Feeling, LedgerEntry

Pace = Literal[1, 2, 4]
"""How many times as fast as it was recorded a call is played."""

SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 8.0
"""Seconds between two moments at ×1: nobody waits hours, and lines without a time are read."""

NOTICEABLE_SCORE = 100 / 3
"""Points (of 100) of the mean score from which, in a call from outside, a reply is a turning point:
the width of a label."""
MOST_TURNING_POINTS = 7

_TURNING: tuple[Feeling, ...] = (Feeling.ANGER, Feeling.TRUST)


@dataclass(frozen=True)
class Moment:
    """One event of the call and what holds once it has happened.

    ``place`` counts from 0, the start of the call; ``elapsed`` is the time since then. ``reply``
    is the trainee's last reply so far. ``now`` is the customer's state after ``exchange``
    exchanges (0 at the start), ``before`` the one before that, ``ledger`` what lies between them;
    ``now`` is None where nobody knows it.
    """

    place: int
    event: Event
    elapsed: timedelta
    reply: AgentTurn | None = None
    exchange: int = 0
    now: EmotionalState | None = None
    before: EmotionalState | None = None
    ledger: tuple[LedgerEntry, ...] = ()


@dataclass(frozen=True)
class TurningPoint:
    """Where the call took another course.

    ``change`` is in points of ``feeling`` (of 10), or of the mean score (of 100) without one.
    """

    place: int
    feeling: Feeling | None
    change: float


@dataclass(frozen=True)
class Replay:
    """A call as a sequence of moments, and the places in it to jump to.

    ``best`` and ``worst`` are the places of the replies with the highest and lowest mean score
    (the earlier one of equals), None where there is none; ``turning_points`` stand in the order
    of the call.
    """

    session: Session
    moments: tuple[Moment, ...]
    best: int | None
    worst: int | None
    turning_points: tuple[TurningPoint, ...]

    @classmethod
    def of(cls, session: Session) -> Replay:
        """Lay out ``session``, from its start to its end as far as it has got."""
        moments = tuple(_moments(session))
        rated = [
            (moment.place, mean)
            for moment in moments
            if isinstance(moment.event, AgentTurn)
            and (mean := moment.event.scores.mean) is not None
        ]
        review = Review.of(session)
        places = {m.event.turn: m.place for m in moments if isinstance(m.event, AgentTurn)}
        turns = _by_score(rated) if session.from_outside else _by_feeling(moments)
        return cls(
            session=session,
            moments=moments,
            best=places[review.best.turn] if review.best else None,
            worst=places[review.weakest.turn] if review.weakest else None,
            turning_points=_largest(turns),
        )

    @property
    def last(self) -> int:
        """The last place."""
        return len(self.moments) - 1

    @property
    def replies(self) -> int:
        """How many replies there are."""
        reply = self.moments[-1].reply
        return 0 if reply is None else sum(isinstance(m.event, AgentTurn) for m in self.moments)

    def delay(self, place: int, pace: Pace) -> float | None:
        """Return the seconds from ``place`` to the next moment, None at the end of the call."""
        if place >= self.last:
            return None
        gap = self.moments[place + 1].elapsed - self.moments[place].elapsed
        return min(max(gap.total_seconds(), SHORTEST_PAUSE), LONGEST_PAUSE) / pace

    def turning_after(self, place: int) -> TurningPoint | None:
        """Return the next turning point after ``place``, from the end the first one again."""
        points = self.turning_points
        return next((p for p in points if p.place > place), points[0] if points else None)


def _moments(session: Session) -> Iterator[Moment]:
    started = session.started
    known = None if session.from_outside else started.start
    moment = Moment(0, started, timedelta(), now=known)
    yield moment
    events: list[Event] = [*session.turns, *([session.ended] if session.ended else [])]
    for place, event in enumerate(events, start=1):
        # clocks are set back, and what was brought in may carry no times at all
        elapsed = max(event.at - started.at, moment.elapsed)
        moment = _after(moment, place, event, elapsed)
        yield moment


def _after(earlier: Moment, place: int, event: Event, elapsed: timedelta) -> Moment:
    reply = event if isinstance(event, AgentTurn) else earlier.reply
    if isinstance(event, CustomerTurn):
        return Moment(
            place, event, elapsed, reply, event.turn, event.state, earlier.now, event.ledger
        )
    return Moment(
        place, event, elapsed, reply, earlier.exchange, earlier.now, earlier.before, earlier.ledger
    )


def _by_feeling(moments: Sequence[Moment]) -> Iterator[TurningPoint]:
    for moment in moments:
        if not isinstance(moment.event, CustomerTurn) or not moment.now or not moment.before:
            continue
        now, before = moment.now, moment.before
        changes = {f: now.level(f) - before.level(f) for f in _TURNING}
        feeling = max(changes, key=lambda f: abs(changes[f]))
        # levels are tenths: 3.3 - 2.3 must not fall short of 1.0
        change = round(changes[feeling], 1)
        if abs(change) >= NOTICEABLE:
            yield TurningPoint(moment.place, feeling, change)


def _by_score(rated: Sequence[tuple[int, float]]) -> Iterator[TurningPoint]:
    for (_, before), (place, now) in pairwise(rated):
        if abs(now - before) >= NOTICEABLE_SCORE:
            yield TurningPoint(place, None, now - before)


def _largest(points: Iterator[TurningPoint]) -> tuple[TurningPoint, ...]:
    # the scales do not mix: a call has turning points of one kind only
    largest = sorted(points, key=lambda point: (-abs(point.change), point.place))
    return tuple(sorted(largest[:MOST_TURNING_POINTS], key=lambda point: point.place))
