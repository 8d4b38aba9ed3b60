"""Weeks: where they begin, whose calls they count, and what a goal makes of them."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.coaching import weeks
from simulator.coaching.weeks import Rhythm, own_calls, up_to, week_of
from simulator.domain.conversation import Fork, Session
from simulator.store.summary import Summary
from tests.calls import NOON, agent, customer, ended, started

MONDAY = date(2025, 3, 3)


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def had(session: str, days: int = 0, over: bool = True, **of_start: object) -> Summary:
    """Return the line of a call with one reply, so many days after noon."""
    start = started(session).model_copy(update={"at": NOON + timedelta(days=days), **of_start})
    events = (start, agent(1), customer(1), *((ended(),) if over else ()))
    return Summary.of(Session.of(events))


@pytest.mark.parametrize(
    ("at", "monday", "number", "written"),
    [
        ((2026, 3, 1, 22, 59), date(2026, 2, 23), 9, "2026-W09"),
        ((2026, 3, 1, 23, 1), date(2026, 3, 2), 10, "2026-W10"),  # past midnight in Berlin
        ((2026, 12, 31, 12, 0), date(2026, 12, 28), 53, "2026-W53"),
        ((2027, 1, 3, 12, 0), date(2026, 12, 28), 53, "2026-W53"),
        ((2027, 1, 4, 12, 0), date(2027, 1, 4), 1, "2027-W01"),
        ((2025, 12, 29, 12, 0), date(2025, 12, 29), 1, "2026-W01"),
    ],
)
def test_a_week_begins_on_monday_where_the_machine_stands(
    in_berlin, at, monday, number, written
) -> None:
    week = week_of(datetime(*at, tzinfo=UTC))
    assert (week, weeks.number(week), weeks.written(week)) == (monday, number, written)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.integers(0, 3000))
def test_the_weeks_shown_end_today_follow_each_other_and_are_few(at: datetime, back: int) -> None:
    now = at.replace(tzinfo=UTC)
    first = week_of(now - timedelta(days=back))
    shown = up_to(now, first)
    assert shown[-1] == week_of(now)
    assert shown[0] == max(first, shown[-1] - timedelta(weeks=weeks.SHOWN - 1))
    assert {later - week for week, later in pairwise(shown)} <= {timedelta(weeks=1)}


def test_a_call_that_lies_ahead_leaves_the_week_that_is_running() -> None:
    assert up_to(NOON, MONDAY + timedelta(weeks=9)) == (MONDAY,)
    assert up_to(NOON, None) == (MONDAY,)


def test_ones_own_calls_are_over_had_a_reply_and_bear_ones_name() -> None:
    past = [
        had("later", days=3),
        had("first"),
        had("open", over=False),
        had("other", trainee="Jens"),
        had("nameless", trainee=""),
        had("fork", forked=Fork(session="first", turn=1)),
        had("brought", days=1, origin="outside"),
        Summary.of(Session.of((started("silent"), ended()))),
    ]
    assert [call.id for call in own_calls(past, "Mia")] == ["first", "brought", "later"]
    assert [call.id for call in own_calls(past, " Mia ")] == ["first", "brought", "later"]
    assert [call.id for call in own_calls(past, "Jens")] == ["other"]
    assert own_calls(past, "mia") == ()


def test_without_a_name_it_is_the_practice_that_bears_none() -> None:
    past = [had("mine", trainee=""), had("hers"), had("real", trainee=" ", origin="outside")]
    assert [call.id for call in own_calls(past, "")] == ["mine"]
    assert [call.id for call in own_calls(past, " ")] == ["mine"]


def rhythm(goal: int | None, *days: int) -> Rhythm:
    return Rhythm.of([had(f"c{n}", days=day) for n, day in enumerate(days)], goal, NOON)


def test_a_week_that_was_missed_takes_nothing_away() -> None:
    whole = rhythm(2, 0, 0, -7, -7, -14, -14, -14)
    gap = rhythm(2, 0, 0, -70, -70, -700, -700, -700)
    assert (whole.kept, whole.practised) == (gap.kept, gap.practised) == (3, 3)


@pytest.mark.parametrize(
    ("goal", "this_week", "left", "kept"),
    [(None, 1, 0, 0), (1, 1, 0, 3), (2, 1, 1, 1), (3, 1, 2, 0), (7, 1, 6, 0)],
)
def test_a_goal_is_kept_week_by_week(goal, this_week, left, kept) -> None:
    mine = rhythm(goal, 0, -7, -6, -30)
    assert (mine.this_week, mine.open, mine.kept, mine.practised) == (this_week, left, kept, 3)


def test_a_real_call_from_outside_is_no_practice() -> None:
    assert Rhythm.of([had("real", origin="outside")], 1, NOON).open == 1


def test_sunday_and_monday_are_two_weeks_and_more_than_the_goal_is_no_debt() -> None:
    mine = rhythm(1, -2, -1, 5, 5, 5)  # Sunday, Monday, and Sunday three times
    assert mine.calls == {MONDAY - timedelta(weeks=1): 1, MONDAY: 4}
    assert mine.open == 0
