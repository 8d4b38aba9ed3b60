"""A trainee's calls one after another: their own course, case by case, and their best words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Self

from simulator.coaching.courses import mean
from simulator.coaching.opinions import NotedCall
from simulator.coaching.review import STRONG
from simulator.coaching.setting import Setting
from simulator.domain.annotation import Remark, standing
from simulator.domain.conversation import AgentTurn, CustomerTurn, HeardTurn, Session
from simulator.domain.emotion import Feeling
from simulator.domain.score import Dimension

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue

BEST = 5
"""How many of the strongest replies are quoted."""

Place = tuple[int, int]
"""Where a reply stands: the number of the call in the order of time, and the exchange."""


@dataclass(frozen=True)
class Stage:
    """One call on the way; ``number`` counts from 1 in the order of time."""

    number: int
    session: Session
    setting: Setting

    def mean(self, dimension: Dimension) -> float | None:
        """Return the call's mean score of a dimension (0 to 100), None if none was rated."""
        return mean(self.session, dimension)


@dataclass(frozen=True)
class SaidWell:
    """A reply worth keeping: where it was said, and what the customer had said just before.

    ``words`` are the reply or the part of it that was praised; ``remark`` is the praise, if a
    coach gave any.
    """

    stage: Stage
    turn: AgentTurn
    words: str
    before: str
    remark: Remark | None = None

    @classmethod
    def whole(cls, stage: Stage, turn: AgentTurn) -> Self:
        """Return the whole reply."""
        return cls(stage, turn, turn.text, _before(stage.session, turn))

    @property
    def moved(self) -> Mapping[Feeling, tuple[float, float]]:
        """Where the customer stood before the reply and after it (0 to 10).

        Empty where nobody knows: the call came from outside, or the customer never answered.
        """
        session = self.stage.session
        earlier = [t.state for t in session.customer_turns if t.turn < self.turn.turn]
        before = earlier[-1] if earlier else session.started.start
        answers = [t.state for t in session.customer_turns if t.turn == self.turn.turn]
        return {f: (before.level(f), after.level(f)) for after in answers for f in Feeling}


@dataclass(frozen=True)
class Development:
    """The calls in the order of time, grouped by case, and the words worth keeping.

    ``forks`` and ``unspoken`` count the calls left out: other courses of a call already there,
    and calls without a reply.
    """

    calls: tuple[NotedCall, ...]
    stages: tuple[Stage, ...]
    cases: tuple[tuple[str, tuple[Stage, ...]], ...]
    best: tuple[SaidWell, ...]
    praised: tuple[SaidWell, ...]
    forks: int
    unspoken: int


def development(calls: Sequence[NotedCall], catalogue: Catalogue) -> Development:
    """Follow one trainee's calls; nobody else's may be among them."""
    own = [call for call in calls if call.session.started.forked is None]
    counted = sorted(
        (call for call in own if call.session.agent_turns),
        key=lambda call: (call.session.started.at, call.session.id),
    )
    stages = tuple(
        Stage(number, call.session, Setting.of(call.session, catalogue))
        for number, call in enumerate(counted, start=1)
    )
    return Development(
        calls=tuple(counted),
        stages=stages,
        cases=_cases(stages),
        best=_best(stages),
        praised=tuple(_praised(stages, counted)),
        forks=len(calls) - len(own),
        unspoken=len(own) - len(counted),
    )


def _cases(stages: Sequence[Stage]) -> tuple[tuple[str, tuple[Stage, ...]], ...]:
    cases: dict[tuple[bool, str], list[Stage]] = {}
    for stage in stages:
        case = stage.session.from_outside, stage.session.started.scenario
        cases.setdefault(case, []).append(stage)
    return tuple((of_case[0].setting.title, tuple(of_case)) for of_case in cases.values())


def _best(stages: Sequence[Stage]) -> tuple[SaidWell, ...]:
    turns = {(s.number, turn.turn): (s, turn) for s in stages for turn in s.session.agent_turns}
    rated = (
        (value, place, turn.text)
        for place, (_, turn) in turns.items()
        if (value := turn.scores.mean) is not None
    )
    return tuple(SaidWell.whole(*turns[place]) for place in strongest(rated))


def strongest(rated: Iterable[tuple[float, Place, str]]) -> tuple[Place, ...]:
    """Return the places of the strongest replies, of equals the latest; the same words only once.

    ``rated`` are mean values (0 to 100), places and words. Where none is strong, it is the one
    rated highest.
    """
    ordered = sorted(rated, reverse=True)
    ordered = [one for one in ordered if one[0] >= STRONG] or ordered[:1]
    once: dict[str, Place] = {}
    for _, place, words in ordered:
        once.setdefault(words, place)
    return tuple(once.values())[:BEST]


def _praised(stages: Sequence[Stage], calls: Sequence[NotedCall]) -> Iterator[SaidWell]:
    for stage, call in zip(stages, calls, strict=True):
        turns = {turn.turn: turn for turn in stage.session.agent_turns}
        for note in standing(call.notes):
            if isinstance(note, Remark) and note.kind == "praise" and note.turn in turns:
                turn = turns[note.turn]
                span = note.span
                words = turn.text[span.start : span.end] if span else turn.text
                yield SaidWell(stage, turn, words, _before(stage.session, turn), note)


def _before(session: Session, turn: AgentTurn) -> str:
    """Return the customer's last words before ``turn``, nothing if it opened the call."""
    earlier = takewhile(lambda other: other is not turn, session.turns)
    heard = [other.text for other in earlier if isinstance(other, CustomerTurn | HeardTurn)]
    return heard[-1] if heard else ""
