"""Two courses of one call: where they part, and what differed from there on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from simulator.domain.conversation import AgentTurn, CustomerTurn, Session
from simulator.domain.emotion import Feeling
from simulator.domain.score import Dimension
from simulator.errors import UsageError
from simulator.i18n import Texts
from simulator.rewind import unsealed

if TYPE_CHECKING:
    from simulator.store.repository import Sessions

Way = Literal["less", "same", "more"]


@dataclass(frozen=True)
class Exchange:
    """A reply and its answer (None if the customer never gave one).

    ``facts`` (ids) and ``need`` are what came out with it and in the other course never did.
    """

    reply: AgentTurn
    answer: CustomerTurn | None
    facts: tuple[str, ...] = ()
    need: bool = False


@dataclass(frozen=True)
class Pair:
    """Exchange ``turn`` (from 1) of both courses; None where a course does not go that far."""

    turn: int
    first: Exchange | None
    second: Exchange | None

    def feeling(self, feeling: Feeling) -> float | None:
        """Return how many points (of 10) higher it stands after the second course's answer.

        None unless both have one.
        """
        levels = [
            each.answer.state.level(feeling)
            for each in (self.first, self.second)
            if each and each.answer
        ]
        return round(levels[1] - levels[0], 1) if len(levels) == 2 else None

    def score(self, dimension: Dimension) -> float | None:
        """Return how many points (of 100) higher the second reply was rated.

        None unless both were.
        """
        if self.first is None or self.second is None:
            return None
        first, second = (each.reply.scores.of(dimension) for each in (self.first, self.second))
        return _more(first.value, second.value)


@dataclass(frozen=True)
class Courses:
    """Two calls that begin alike.

    ``common`` are the exchanges in which nothing differs but the time, ``pairs`` all later ones.
    """

    first: Session
    second: Session
    common: tuple[Exchange, ...]
    pairs: tuple[Pair, ...]

    @property
    def parting(self) -> int | None:
        """The exchange in which they part; None if they never do."""
        return self.pairs[0].turn if self.pairs else None

    @property
    def same_models(self) -> bool:
        """Whether the same models rated and answered; else they may be the difference."""
        return self.first.started.models == self.second.started.models

    @property
    def same_content(self) -> bool:
        """Whether the files of persona and scenario were the same; else they may be it."""
        return self.first.started.content == self.second.started.content

    def feeling(self, feeling: Feeling) -> float:
        """Return how many points (of 10) higher it stands at the end of the second course."""
        before, after = (each.state.level(feeling) for each in (self.first, self.second))
        return round(after - before, 1)

    def means(self, dimension: Dimension) -> tuple[float | None, float | None]:
        """Return both courses' mean score (of 100) since the parting, None where none was rated."""
        return (
            _mean([each.first for each in self.pairs], dimension),
            _mean([each.second for each in self.pairs], dimension),
        )

    def score(self, dimension: Dimension) -> float | None:
        """Return how many points (of 100) higher the second mean is; None unless both exist."""
        return _more(*self.means(dimension))


def compare(first: Session, second: Session) -> Courses:
    """Set two courses side by side: a call and its fork, or two forks of the same call.

    Raises UsageError if they do not begin alike: another person, matter, language or seed, or a
    call from outside; or if one is an exam that goes on.
    """
    for each in (first, second):
        unsealed(each)
    if first.from_outside or second.from_outside or _beginning(first) != _beginning(second):
        raise UsageError("courses_apart", first=first.id, second=second.id)
    left, right = (list(_exchanges(*both)) for both in ((first, second), (second, first)))
    common = 0
    for mine, others in zip(left, right, strict=False):
        if not _alike(mine, others):
            break
        common += 1
    rest = zip_longest(left[common:], right[common:])
    pairs = tuple(Pair(turn, *both) for turn, both in enumerate(rest, common + 1))
    return Courses(first, second, tuple(left[:common]), pairs)


def read_courses(sessions: Sessions, origin: str, fork: str) -> Courses:
    """Compare two kept calls by id, the second of which branches off the first.

    Raises UsageError if either is gone or they do not begin alike.
    """
    branched = sessions.session(fork)
    try:
        earlier = sessions.session(origin)
    except UsageError:
        raise UsageError("fork_origin_gone", origin=origin) from None
    return compare(earlier, branched)


def names(courses: Courses, texts: Texts) -> tuple[str, str]:
    """Return what to call the two: as it was and what if, or by their ids."""
    forked = courses.second.started.forked
    if forked is not None and forked.session == courses.first.id:
        return texts("compare.course.origin"), texts("compare.course.fork")
    first, second = (
        texts("compare.course.call", session=each.id) for each in (courses.first, courses.second)
    )
    return first, second


def way(difference: float) -> Way:
    """Return which way a difference goes, to the tenth."""
    rounded = round(difference, 1)
    return "same" if rounded == 0 else "more" if rounded > 0 else "less"


def _beginning(session: Session) -> tuple[object, ...]:
    started = session.started
    return started.persona, started.scenario, started.language, started.seed, started.start


def _exchanges(session: Session, other: Session) -> Iterator[Exchange]:
    answers = {answer.turn: answer for answer in session.customer_turns}
    for reply in session.agent_turns:
        answer = answers.get(reply.turn)
        told = answer.facts if answer else ()
        yield Exchange(
            reply=reply,
            answer=answer,
            facts=tuple(fact for fact in told if fact not in other.released),
            need=bool(answer and answer.need and not other.need_told),
        )


def _alike(first: Exchange, second: Exchange) -> bool:
    return all(
        (mine and mine.model_dump(exclude={"at"})) == (others and others.model_dump(exclude={"at"}))
        for mine, others in ((first.reply, second.reply), (first.answer, second.answer))
    )


def _mean(course: list[Exchange | None], dimension: Dimension) -> float | None:
    values = [
        value
        for each in course
        if each and (value := each.reply.scores.of(dimension).value) is not None
    ]
    return sum(values) / len(values) if values else None


def _more(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else second - first
