from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.conversation import EVENT, Session
from simulator.domain.exam import FEWEST_RATED, PassMarks, examined
from simulator.domain.hint import Hint
from simulator.domain.score import Dimension, DimensionScore, TurnScores
from tests.calls import NOON, agent, call, customer, ended, started


def scores(empathy: float | None, listening: float | None = 60, calm: float | None = 60):
    def score(value):
        return DimensionScore(value=value, abstained=None if value is not None else "not_text")

    return TurnScores(empathy=score(empathy), listening=score(listening), de_escalation=score(calm))


def outcome(result, dimension=Dimension.EMPATHY):
    return next(each for each in result.outcomes if each.dimension is dimension)


@pytest.mark.parametrize(
    ("values", "value", "passed"),
    [
        ((40, 50, 60), 50.0, True),
        ((49.9, 49.9, 49.9), 49.9, False),
        ((49.96, 49.96, 49.96), 50.0, True),  # what is shown decides
        ((90, 90, None, None), 90.0, False),  # two rated replies are too few
        ((90, None, 10, 50), 50.0, True),  # an abstention counts neither way
        ((None, None, None), None, False),
        ((), None, False),
    ],
)
def test_a_dimension_is_passed_by_the_mean_of_its_rated_replies(values, value, passed):
    result = examined(PassMarks(), [scores(each) for each in values])
    empathy = outcome(result)
    assert (empathy.value, empathy.passed) == (value, passed)
    assert empathy.rated == sum(each is not None for each in values)
    assert result.replies == len(values)
    assert empathy.enough == (empathy.rated >= FEWEST_RATED)


def test_an_exam_is_passed_in_every_dimension_or_not_at_all():
    marks = PassMarks(listening=61)
    assert examined(PassMarks(), [scores(60)] * 3).passed
    result = examined(marks, [scores(60)] * 3)
    assert not result.passed
    assert [each.passed for each in result.outcomes] == [True, False, True]


@given(st.lists(st.none() | st.floats(0, 100), max_size=8), st.floats(0, 100))
def test_a_higher_mark_is_never_easier(values, mark):
    replies = [scores(each) for each in values]
    easy, hard = (examined(PassMarks(empathy=m), replies) for m in (mark / 2, mark))
    assert outcome(easy).passed or not outcome(hard).passed


def exam(*turns) -> Session:
    start = started().model_copy(update={"exam": PassMarks(empathy=55), "guess": "Die Miete."})
    return Session.of((start, *turns))


def test_an_exam_is_sealed_until_it_ends_and_keeps_what_came_of_it():
    going_on = exam(*call(exchanges=3)[1:])
    assert going_on.sealed
    end = going_on.ending(NOON, "closed")
    over = going_on.after(end)
    assert not over.sealed
    assert over.ended.exam.passed
    assert outcome(over.ended.exam).mark == 55
    assert EVENT.validate_json(end.model_dump_json()) == end


def test_practice_is_never_sealed_and_has_no_result():
    session = Session.of(call())
    assert not session.sealed
    assert session.ending(NOON, "left") == ended("left")


def test_events_of_earlier_releases_read_as_practice_without_guess_or_hint():
    def old(event, *fields):
        return EVENT.validate_python(event.model_dump(exclude=set(fields)))

    assert old(started(), "guess", "exam") == started()
    assert old(agent(), "hint").hint is None
    assert old(ended(), "exam").exam is None
    assert old(customer()) == customer()


def test_a_hint_stays_with_its_reply():
    hinted = agent().model_copy(update={"hint": Hint(question="Was wird hier nicht gesagt?")})
    assert EVENT.validate_json(hinted.model_dump_json()) == hinted
