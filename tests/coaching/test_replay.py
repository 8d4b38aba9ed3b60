from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given

from simulator.coaching.replay import (
    LONGEST_PAUSE,
    MOST_TURNING_POINTS,
    SHORTEST_PAUSE,
    Replay,
)
from simulator.domain.conversation import AgentTurn, CustomerTurn, HeardTurn, Session
from simulator.domain.emotion import Feeling
from tests import calls
from tests.calls import NOON, agent, customer, ended, logs, started


def laid(*events) -> Replay:
    return Replay.of(Session.of(events))


def at(event, seconds: float):
    return event.model_copy(update={"at": NOON + timedelta(seconds=seconds)})


def outside(*values: float | None) -> Replay:
    start = started().model_copy(update={"origin": "outside"})
    turns = [
        turn
        for n, value in enumerate(values, start=1)
        for turn in (agent(n, value=value), HeardTurn(turn=n, at=NOON, text="Aha."))
    ]
    return laid(start, *turns)


@given(logs())
def test_every_event_is_a_moment_in_its_order(log):
    replay = laid(*log)
    assert [moment.event for moment in replay.moments] == list(log)
    assert [moment.place for moment in replay.moments] == list(range(len(log)))
    elapsed = [moment.elapsed for moment in replay.moments]
    assert elapsed == sorted(elapsed) and elapsed[0] == timedelta()


@given(logs())
def test_at_each_moment_stands_what_the_session_of_so_far_says(log):
    for moment in laid(*log).moments:
        so_far = Session.of(log[: moment.place + 1])
        assert moment.now == so_far.state
        assert moment.reply == (so_far.agent_turns[-1] if so_far.agent_turns else None)
        answers = so_far.customer_turns
        assert moment.exchange == (answers[-1].turn if answers else 0)
        assert moment.ledger == (answers[-1].ledger if answers else ())


@given(logs())
def test_the_places_to_jump_to_are_what_they_are_called(log):
    replay = laid(*log)
    rated = [e.scores.mean for e in log if isinstance(e, AgentTurn) and e.scores.mean is not None]
    if replay.best is not None:
        assert replay.moments[replay.best].event.scores.mean == max(rated)
    if replay.worst is not None:
        assert replay.moments[replay.worst].event.scores.mean == min(rated)
    for point in replay.turning_points:
        moment = replay.moments[point.place]
        assert isinstance(moment.event, CustomerTurn)
        moved = moment.now.level(point.feeling) - moment.before.level(point.feeling)
        assert round(moved, 1) == point.change


@pytest.mark.parametrize(
    ("gap", "pace", "delay"),
    [
        (4, 1, 4),
        (4, 2, 2),
        (4, 4, 1),
        (3 * 3600, 1, LONGEST_PAUSE),
        (3 * 3600, 4, LONGEST_PAUSE / 4),
        (0, 1, SHORTEST_PAUSE),
        (-60, 2, SHORTEST_PAUSE / 2),
    ],
)
def test_the_pace_is_the_recorded_one_within_bounds(gap, pace, delay):
    replay = laid(started(), at(agent(1), 60), at(customer(1), 60 + gap))
    assert replay.delay(1, pace) == delay
    assert replay.delay(2, pace) is None


def test_a_clock_that_was_set_back_does_not_stop_the_time():
    replay = laid(started(), at(agent(1), 30), at(customer(1), 10), at(ended(), 40))
    assert [m.elapsed.seconds for m in replay.moments] == [0, 30, 30, 40]


def test_turning_points_are_the_noticeable_changes_of_anger_or_trust():
    replay = laid(
        started(),  # anger 8, trust 2
        agent(1), customer(1, anger=7.9),  # trust +1: noticeable
        agent(2), customer(2, anger=7.1),  # less than a point
        agent(3), customer(3, anger=4.1),
        agent(4), customer(4, anger=9),
    )  # fmt: skip
    found = [(p.place, p.feeling, p.change) for p in replay.turning_points]
    assert found == [(2, Feeling.TRUST, 1.0), (6, Feeling.ANGER, -3.0), (8, Feeling.ANGER, 4.9)]


def test_a_long_call_names_only_its_largest_turning_points_in_order():
    turns = []
    for n in range(1, 31):
        turns += [agent(n), customer(n, anger=9 if n % 2 else 1 + n / 10)]
    replay = laid(started(), *turns)
    places = [point.place for point in replay.turning_points]
    assert len(places) == MOST_TURNING_POINTS and places == sorted(places)
    # the swings shrink towards the end of this call
    assert max(places) < 20


def test_from_the_last_turning_point_it_goes_to_the_first_again():
    replay = laid(started(), agent(1), customer(1, anger=3), agent(2), customer(2, anger=9))
    places = []
    place = 0
    for _ in range(3):
        place = replay.turning_after(place).place
        places.append(place)
    assert places == [2, 4, 2]
    assert laid(started()).turning_after(0) is None


def test_calls_from_outside_turn_where_the_scores_do_and_have_no_state():
    replay = outside(20, 30, 90, None, 85, 40)
    assert [(p.place, p.feeling) for p in replay.turning_points] == [(5, None), (11, None)]
    assert replay.turning_points[0].change == pytest.approx(60)
    assert {moment.now for moment in replay.moments} == {None}
    assert (replay.best, replay.worst) == (5, 1)


def test_replies_are_counted():
    replay = laid(*calls.call(exchanges=3))
    assert replay.replies == 3 and replay.last == 6
    assert laid(started()).replies == 0
