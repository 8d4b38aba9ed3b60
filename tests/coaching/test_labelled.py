"""What coaches labelled comes out as single turns, and nothing that they did not."""

from __future__ import annotations

import dataclasses

import pytest

from simulator.coaching.labelled import LabelledTurn, labelled_turns
from simulator.coaching.opinions import NotedCall
from simulator.content.catalogue import Catalogue
from simulator.domain.conversation import HeardTurn, Session
from simulator.domain.score import Dimension
from tests.calls import NOON, customer, started
from tests.coaching.ratings import noted, overruling, rating, scored, withdrawal

MACHINE = [(0, 1, 2), (1, 1, 1)]


def labels(turn: LabelledTurn) -> tuple[int | None, ...]:
    return tuple(turn.label(dimension) for dimension in Dimension)


def with_notes(*notes) -> NotedCall:
    return dataclasses.replace(noted("c", MACHINE, {}), notes=notes)


def test_an_overruled_reply_has_only_the_coachs_label():
    [turn] = labelled_turns([with_notes(overruling("Berg", 2, 2))], {})
    assert turn == LabelledTurn(
        id="c-2",
        language="de",
        source="coach",
        context=("Satz 1.",),
        reply="Antwort 2.",
        empathy=2,
        listening=None,
        de_escalation=None,
    )


def test_the_machine_fills_in_only_when_asked_to():
    call = with_notes(overruling("Berg", 1, 1, Dimension.LISTENING))
    assert labels(labelled_turns([call], {})[0]) == (None, 1, None)
    assert labels(labelled_turns([call], {}, with_machine=True)[0]) == (0, 1, 2)


def test_where_the_machine_abstained_it_fills_in_nothing():
    call = noted("c", [(None, 1, 2)], {})
    call = dataclasses.replace(call, notes=(overruling("Berg", 1, 1, Dimension.LISTENING),))
    assert labels(labelled_turns([call], {}, with_machine=True)[0]) == (None, 1, 2)


def test_an_overruling_goes_before_the_same_coachs_blind_rating():
    notes = (rating("Berg", 1, (2, 2, 0)), overruling("Berg", 1, 1, minutes=3))
    assert labels(labelled_turns([with_notes(*notes)], {})[0]) == (1, 2, 0)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([0, 1], None),
        ([0, 2], None),
        ([1, 1], 1),
        ([2, 2, 0], 2),
        ([0, 1, 2], 1),
        ([0, 0, 1, 1], None),
        ([0, 1, 1, 2], 1),
    ],
)
def test_several_coaches_are_taken_at_their_median_or_not_at_all(given, expected):
    notes = [rating(f"Coach {i}", 1, (label, 0, 0)) for i, label in enumerate(given)]
    for with_machine in (False, True):
        [turn] = labelled_turns([with_notes(*notes)], {}, with_machine=with_machine)
        assert turn.empathy == expected


def test_a_reply_on_which_nothing_is_agreed_is_left_out():
    notes = (rating("Berg", 1, (0, 1, 1)), rating("Lind", 1, (1, 2, 0)))
    assert labelled_turns([with_notes(*notes)], {}) == ()


def test_what_was_taken_back_is_not_learnt():
    note = overruling("Berg", 1, 2)
    assert labelled_turns([with_notes(note, withdrawal(note))], {}) == ()
    assert labelled_turns([noted("c", MACHINE, {})], {}, with_machine=True) == ()


def test_the_context_is_all_the_customer_had_said():
    call = noted("c", [(0, 0, 0)] * 4, {"Berg": [None, None, None, (1, 1, 1)]})
    [turn] = labelled_turns([call], {})
    assert turn.context == ("Satz 1.", "Satz 2.", "Satz 3.")


def test_a_call_from_outside_may_begin_with_the_customer():
    start = started("c").model_copy(update={"origin": "outside", "scenario": "mail"})
    turns = (
        HeardTurn(turn=0, at=NOON, text="Hallo?"),
        scored(1, (0, 0, 0)),
        HeardTurn(turn=1, at=NOON, text="Endlich."),
        scored(2, (0, 0, 0)),
    )
    notes = tuple(rating("Berg", n, (1, 1, 1)) for n in (1, 2))
    call = NotedCall(Session(started=start, turns=turns), notes)
    assert [turn.context for turn in labelled_turns([call], {})] == [
        ("Hallo?",),
        ("Hallo?", "Endlich."),
    ]


def test_the_first_reply_of_an_email_case_answers_the_mail():
    scenarios = Catalogue.load().scenarios
    mail = next(s for s in scenarios.values() if s.channel == "email")
    start = started("c").model_copy(update={"scenario": mail.id})
    session = Session(started=start, turns=(scored(1, (0, 0, 0)), customer(1, "Ach so.")))
    [turn] = labelled_turns([NotedCall(session, (rating("Berg", 1, (1, 1, 1)),))], scenarios)
    assert turn.context == (mail.de.thread,)


def test_turns_come_by_call_and_turn_whatever_the_order():
    calls = [noted(name, MACHINE, {"Berg": [(1, 1, 1), (2, 2, 2)]}) for name in "ba"]
    assert [turn.id for turn in labelled_turns(calls, {})] == ["a-1", "a-2", "b-1", "b-2"]
