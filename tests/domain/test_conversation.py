"""The session is nothing but the fold over its events."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from simulator.domain.conversation import (
    EVENT,
    AgentTurn,
    CallEnded,
    CustomerTurn,
    Event,
    Session,
)
from tests.calls import START, agent, call, customer, ended, logs, started

Log = tuple[Event, ...]

# no deadline: a busy machine is no error
unhurried = settings(deadline=None, max_examples=60)


@unhurried
@given(logs())
def test_every_event_survives_json(log: Log) -> None:
    assert tuple(EVENT.validate_json(e.model_dump_json()) for e in log) == log


@unhurried
@given(logs())
def test_the_session_gives_back_its_events(log: Log) -> None:
    session = Session.of(log)
    tail = () if session.ended is None else (session.ended,)
    assert (session.started, *session.turns, *tail) == log


@unhurried
@given(logs(), st.data())
def test_folding_in_two_steps_is_folding_at_once(log: Log, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(log)))
    session = Session.of(log[:cut])
    for event in log[cut:]:
        session = session.after(event)
    assert session == Session.of(log)


@unhurried
@given(logs())
def test_the_session_itself_survives_json(log: Log) -> None:
    session = Session.of(log)
    assert Session.model_validate_json(session.model_dump_json()) == session


@unhurried
@given(logs())
def test_after_leaves_the_earlier_session_as_it_was(log: Log) -> None:
    session = Session.of(log[:-1]) if len(log) > 1 else Session.of(log)
    before = session.model_dump()
    session.after(ended("left"))
    assert session.model_dump() == before


@unhurried
@given(logs())
def test_what_the_session_says_of_itself_follows_from_the_log(log: Log) -> None:
    session = Session.of(log)
    answers = [e for e in log if isinstance(e, CustomerTurn)]
    replies = [e for e in log if isinstance(e, AgentTurn)]
    assert session.agent_turns == tuple(replies)
    assert session.customer_turns == tuple(answers)
    assert session.state == (answers[-1].state if answers else session.started.start)
    assert session.released == {fact for answer in answers for fact in answer.facts}
    assert session.need_told is any(answer.need for answer in answers)
    over = any(isinstance(e, CallEnded) for e in log)
    open_reply = not over and len(replies) > len(answers)
    assert session.unanswered == (replies[-1] if open_reply else None)


def test_before_the_first_word_the_customer_stands_where_the_call_began() -> None:
    assert Session.of([started()]).state == START


def test_a_reply_is_unanswered_until_the_customer_speaks_or_the_call_ends() -> None:
    session = Session.of([started(), agent(1)])
    assert session.unanswered == agent(1)
    assert session.after(customer(1)).unanswered is None
    assert session.after(ended("left")).unanswered is None


@pytest.mark.parametrize("log", [(), (agent(),), (ended(), started()), call()[1:]])
def test_a_log_that_does_not_begin_with_the_start_is_refused(log: Log) -> None:
    with pytest.raises(ValueError):
        Session.of(log)


def test_a_call_begins_only_once() -> None:
    with pytest.raises(ValueError, match="only once"):
        Session.of([*call(), started()])


def test_events_and_sessions_do_not_change() -> None:
    session = Session.of(call())
    with pytest.raises(ValidationError):
        session.ended = ended()  # type: ignore[misc]
    with pytest.raises(ValidationError):
        session.turns[0].text = "anders"  # type: ignore[misc]


def test_an_event_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValidationError):
        EVENT.validate_json('{"type": "call_paused"}')


def test_an_event_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        EVENT.validate_python({**ended().model_dump(), "mood": "fine"})
