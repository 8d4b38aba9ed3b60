"""Calls for tests: hand-sized ones, and a strategy for every log that a practice can write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

from hypothesis import strategies as st

from simulator.domain.act import Act
from simulator.domain.conversation import (
    AgentTurn,
    CallEnded,
    CallStarted,
    CustomerTurn,
    Ending,
    Event,
    Source,
)
from simulator.domain.cue import Cue
from simulator.domain.emotion import EmotionalState, Feeling, LedgerEntry
from simulator.domain.score import Alternative, DimensionScore, Evidence, TurnScores

NOON = datetime(2025, 3, 4, 12, 0, tzinfo=UTC)
START = EmotionalState(anger=8, trust=2, feeling_heard=1)


def started(session: str = "abc123", minutes: int = 0, trainee: str = "Mia") -> CallStarted:
    """Return the start of a call ``minutes`` after noon."""
    return CallStarted(
        session=session,
        at=NOON + timedelta(minutes=minutes),
        persona="yilmaz",
        scenario="router",
        language="de",
        seed=7,
        trainee=trainee,
        models={"customer": "drehbuch 0f"},
        content="c0ffee",
        start=START,
    )


def agent(turn: int = 1, text: str = "Das tut mir leid.", value: float | None = 60) -> AgentTurn:
    """Return a reply that was rated ``value`` in every dimension."""
    score = DimensionScore(value=value, confidence=0.8)
    scores = TurnScores(empathy=score, listening=score, de_escalation=score)
    return AgentTurn(turn=turn, at=NOON, text=text, scores=scores)


def customer(turn: int = 1, text: str = "Na endlich.", anger: float = 5.5) -> CustomerTurn:
    """Return an answer of a customer whose anger is ``anger``."""
    state = EmotionalState(anger=anger, trust=3, feeling_heard=4)
    return CustomerTurn(
        turn=turn, at=NOON, text=text, act=Act.SOFTEN, source="authored", state=state
    )


def ended(reason: Ending = "closed") -> CallEnded:
    """Return the end of a call."""
    return CallEnded(at=NOON, reason=reason)


def call(session: str = "abc123", exchanges: int = 2, minutes: int = 0) -> tuple[Event, ...]:
    """Return an unfinished call of so many exchanges."""
    turns = (event for n in range(1, exchanges + 1) for event in (agent(n), customer(n)))
    return (started(session, minutes), *turns)


_moments = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)
_levels = st.integers(0, 100).map(lambda tenths: tenths / 10)
_states = st.builds(EmotionalState, anger=_levels, trust=_levels, feeling_heard=_levels)
_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_evidence = st.builds(Evidence, start=st.integers(0, 99), end=st.integers(0, 99))
_scores = st.builds(
    DimensionScore,
    value=st.none() | st.floats(0, 100),
    confidence=st.floats(0, 1),
    evidence=st.lists(_evidence, max_size=2).map(tuple),
    reason=_words,
    abstained=st.none() | st.sampled_from(["too_short", "not_a_reply"]),
)
_turn_scores = st.builds(
    TurnScores,
    empathy=_scores,
    listening=_scores,
    de_escalation=_scores,
    alternative=st.none() | st.builds(Alternative, text=_words, context=_words, dialogue=_words),
)
_ledger = st.builds(
    LedgerEntry,
    feeling=st.sampled_from(Feeling),
    rule=st.sampled_from([c.value for c in Cue]),
    amount=st.integers(-100, 100).map(lambda tenths: tenths / 10),
    detail=_words,
)


@st.composite
def logs(draw: st.DrawFn, session: str = "5e5510n") -> tuple[Event, ...]:
    """Draw the log of a call: some exchanges, the last perhaps unanswered, ended or not."""
    events: list[Event] = [
        draw(
            st.builds(
                CallStarted,
                session=st.just(session),
                at=_moments,
                seed=st.integers(0, 2**31 - 1),
                persona=_words,
                scenario=_words,
                trainee=_words,
                models=st.dictionaries(_words, _words, max_size=3),
                content=_words,
                start=_states,
            )
        )
    ]
    exchanges = draw(st.integers(0, 4))
    for turn in range(1, exchanges + 1):
        spoken = st.builds(
            AgentTurn, turn=st.just(turn), at=_moments, text=_words, scores=_turn_scores
        )
        events.append(draw(spoken))
        if turn < exchanges or draw(st.booleans()):
            answer = st.builds(
                CustomerTurn,
                turn=st.just(turn),
                at=_moments,
                text=_words,
                act=st.sampled_from(Act),
                source=st.sampled_from(get_args(Source)),
                state=_states,
                ledger=st.lists(_ledger, max_size=3).map(tuple),
                facts=st.lists(st.sampled_from("abc"), max_size=2).map(tuple),
                need=st.booleans(),
                interrupted=st.booleans(),
            )
            events.append(draw(answer))
    if draw(st.booleans()):
        events.append(
            draw(st.builds(CallEnded, at=_moments, reason=st.sampled_from(get_args(Ending))))
        )
    return tuple(events)
