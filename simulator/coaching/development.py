"""A trainee's calls one after another: their own course, case by case, and their best words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from simulator.coaching.courses import mean
from simulator.coaching.opinions import NotedCall
from simulator.coaching.review import STRONG
from simulator.coaching.setting import Setting
from simulator.content.catalogue import Catalogue
from simulator.domain.annotation import Remark, standing
from simulator.domain.conversation import AgentTurn, CustomerTurn, HeardTurn, Session
from simulator.domain.score import Dimension

BEST = 5
"""How many of the strongest replies are quoted."""


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
    """Return the strongest replies, of equals the latest; the same words only once.

    Where none is strong, it is the one rated highest.
    """
    rated = [
        (value, stage, turn)
        for stage in stages
        for turn in stage.session.agent_turns
        if (value := turn.scores.mean) is not None
    ]
    rated.sort(key=lambda one: (one[0], one[1].number, one[2].turn), reverse=True)
    rated = [one for one in rated if one[0] >= STRONG] or rated[:1]
    once = {turn.text: (stage, turn) for _, stage, turn in reversed(rated)}
    return tuple(
        SaidWell(stage, turn, turn.text, _before(stage.session, turn))
        for stage, turn in list(reversed(once.values()))[:BEST]
    )


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
