from __future__ import annotations

import pytest

from simulator.coaching.comparison import Courses, compare, names, read_courses, way
from simulator.domain.conversation import CallEnded, Fork, Session
from simulator.domain.emotion import Feeling
from simulator.domain.score import Dimension
from simulator.errors import UsageError
from simulator.i18n import Texts
from simulator.store.repository import Sessions
from tests.calls import NOON, agent, customer, ended, started

BEGINNING = (agent(1, "Guten Tag."), customer(1, anger=7))


def course(id: str, *events, forked: Fork | None = None, **changes) -> Session:
    beginning = started(id).model_copy(update={"forked": forked, **changes})
    return Session.of((beginning, *BEGINNING, *events))


def telling(turn: int, fact: str, need: bool = False, anger: float = 6):
    told = {"facts": (fact,), "need": need}
    return customer(turn, anger=anger).model_copy(update=told)


ORIGIN = course(
    "origin", agent(2, "Beruhigen Sie sich.", 20), telling(2, "router", anger=8.5), ended("hung_up")
)
FORK = course(
    "fork",
    agent(2, "Das tut mir leid.", 80),
    telling(2, "invoice", need=True, anger=5),
    agent(3, "Ich schicke jemanden.", 60),
    customer(3, anger=3.2),
    forked=Fork(session="origin", turn=2),
)


def test_they_part_where_something_else_was_said():
    courses = compare(ORIGIN, FORK)
    assert [each.reply.text for each in courses.common] == ["Guten Tag."]
    assert courses.parting == 2
    assert [pair.turn for pair in courses.pairs] == [2, 3]
    assert courses.pairs[0].first.reply.text == "Beruhigen Sie sich."
    assert courses.pairs[0].second.answer.state.anger == 5
    assert courses.pairs[1].first is None


def test_differences_are_what_the_second_has_more():
    courses = compare(ORIGIN, FORK)
    pair, last = courses.pairs
    assert {f: pair.feeling(f) for f in Feeling} == {
        Feeling.ANGER: -3.5, Feeling.TRUST: 0, Feeling.FEELING_HEARD: 0,
    }  # fmt: skip
    assert {pair.score(dimension) for dimension in Dimension} == {60}
    assert last.feeling(Feeling.ANGER) is last.score(Dimension.EMPATHY) is None
    assert courses.feeling(Feeling.ANGER) == -5.3
    assert courses.means(Dimension.LISTENING) == (20, 70)
    assert courses.score(Dimension.LISTENING) == 50
    turned = compare(FORK, ORIGIN)
    assert turned.pairs[0].feeling(Feeling.ANGER) == 3.5
    assert turned.score(Dimension.LISTENING) == -50


def test_what_was_not_rated_or_not_answered_is_not_compared():
    silent = course("silent", agent(2, "Hm.", None))
    pair = compare(ORIGIN, silent).pairs[0]
    assert pair.second.answer is None
    assert pair.score(Dimension.EMPATHY) is pair.feeling(Feeling.TRUST) is None
    assert compare(ORIGIN, silent).score(Dimension.EMPATHY) is None


def test_only_what_the_other_never_learns_counts_as_told_here():
    later = course("later", agent(2, "Ja?"), customer(2), agent(3, "Und?"), telling(3, "router"))
    courses = compare(ORIGIN, FORK)
    assert courses.pairs[0].first.facts == ("router",)
    assert courses.pairs[0].second.facts == ("invoice",)
    assert (courses.pairs[0].first.need, courses.pairs[0].second.need) == (False, True)
    assert compare(ORIGIN, later).pairs[0].first.facts == ()


def test_two_forks_of_a_call_part_at_the_earlier_branch():
    second = course("second", *FORK.turns[2:4], agent(3, "Nein."), customer(3, anger=9))
    courses = compare(FORK, second)
    assert courses.parting == 3
    assert len(courses.common) == 2
    first = course("third", agent(2, "Nein."), customer(2))
    assert compare(second, first).parting == 2


def test_the_same_words_at_another_time_are_no_difference():
    again = (e.model_copy(update={"at": NOON.replace(hour=18)}) for e in FORK.turns[2:])
    courses = compare(FORK, course("again", *again))
    assert courses.parting is None
    assert courses.pairs == ()
    assert len(courses.common) == 3
    assert courses.means(Dimension.EMPATHY) == (None, None)


def test_a_course_that_breaks_off_earlier_has_nothing_to_set_beside_the_rest():
    courses = compare(course("short"), FORK)
    assert [pair.first for pair in courses.pairs] == [None, None]


def test_what_else_may_have_made_a_difference_is_told():
    courses = compare(ORIGIN, course("other", models={"customer": "b"}, content="beef"))
    assert (courses.same_models, courses.same_content) == (False, False)
    assert compare(ORIGIN, FORK).same_models and compare(ORIGIN, FORK).same_content


@pytest.mark.parametrize(
    "change",
    [{"seed": 8}, {"persona": "x"}, {"scenario": "x"}, {"language": "en"}, {"origin": "outside"}],
    ids=str,
)
def test_calls_that_begin_otherwise_are_not_compared(change):
    other = course("other", **change)
    for both in ((ORIGIN, other), (other, ORIGIN), (other, other))[: 2 + ("origin" in change)]:
        with pytest.raises(UsageError) as caught:
            compare(*both)
        assert caught.value.key == "courses_apart"


def test_they_are_named_by_what_they_are_to_each_other():
    texts = Texts("de")
    assert names(compare(ORIGIN, FORK), texts) == ("Wie es war", "Was wäre, wenn")
    assert names(compare(FORK, ORIGIN), texts) == ("Gespräch fork", "Gespräch origin")


def test_a_difference_goes_one_way_or_none():
    assert [way(d) for d in (-0.1, -0.04, 0.0, 0.04, 0.1)] == [
        "less", "same", "same", "same", "more",
    ]  # fmt: skip


def test_kept_courses_are_found_by_id_and_a_lost_origin_is_said(tmp_path):
    sessions = Sessions(tmp_path / "sessions.sqlite3")
    for call in (ORIGIN, FORK):
        end = [call.ended] if isinstance(call.ended, CallEnded) else []
        sessions.begin((call.started, *call.turns, *end))
    read = read_courses(sessions, "origin", "fork")
    assert isinstance(read, Courses)
    assert read == compare(ORIGIN, FORK)
    sessions.delete("origin")
    with pytest.raises(UsageError) as caught:
        read_courses(sessions, "origin", "fork")
    assert (caught.value.key, caught.value.values) == ("fork_origin_gone", {"origin": "origin"})
