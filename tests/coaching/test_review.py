from __future__ import annotations

import pytest

from simulator.coaching import review
from simulator.domain.act import Act
from simulator.domain.conversation import AgentTurn, CallStarted, CustomerTurn, Session
from simulator.domain.cue import Cue
from simulator.domain.emotion import EmotionalState
from simulator.domain.score import DimensionScore, Evidence, TurnScores
from tests.calls import NOON as NOW

START = EmotionalState(anger=6, trust=4, feeling_heard=2)


def call(*replies: tuple[str, float | None, Cue | None], end: EmotionalState = START) -> Session:
    events: list = [
        CallStarted(
            session="s", at=NOW, persona="p", scenario="c", language="de", seed=1, start=START
        )
    ]
    for number, (text, value, cue) in enumerate(replies, start=1):
        evidence = (Evidence(start=0, end=1, cue=cue, polarity="positive"),) if cue else ()
        score = DimensionScore(value=value, evidence=evidence)
        scores = TurnScores(empathy=score, listening=score, de_escalation=score)
        events.append(AgentTurn(turn=number, at=NOW, text=text, scores=scores))
        events.append(
            CustomerTurn(turn=number, at=NOW, text="…", act=Act.VENT, source="authored", state=end)
        )
    return Session.of(events)


@pytest.mark.parametrize(
    ("anger", "trust", "effect"),
    [
        (5, 5, "calmer"),
        (5, 4.9, "calmer_only"),
        (5.1, 5, "trusting"),
        (5.1, 3.1, "unmoved"),
        (7, 4, "angrier"),
        (7, 5, "mixed"),
        (5, 3, "mixed"),
        (6, 3, "distrusting"),
    ],
)
def test_the_effect_is_read_off_the_customer(anger, trust, effect):
    end = EmotionalState(anger=anger, trust=trust, feeling_heard=2)
    assert review.effect(call(("Ja?", 50, None), end=end)) == effect


def test_a_call_without_an_answer_has_no_effect():
    assert review.effect(call()) == "none"


@pytest.mark.parametrize(
    ("value", "anger", "wording"),
    [(90, 6, "fine_words"), (90, 4, ""), (10, 4, "clumsy_words"), (10, 8, ""), (None, 6, "")],
)
def test_fine_words_that_moved_nothing_are_named_and_the_reverse(value, anger, wording):
    end = EmotionalState(anger=anger, trust=4, feeling_heard=2)
    assert review.wording(call(("Nun", value, None), end=end)) == wording


def test_best_and_weakest_turn():
    found = review.Review.of(call(("a", 50, None), ("b", 80, None), ("c", 20, None)))
    assert (found.best.text, found.weakest.text) == ("b", "c")


def test_replies_rated_alike_have_no_weakest_and_unrated_ones_neither():
    alike = review.Review.of(call(("a", 50, None), ("b", 50, None)))
    assert (alike.best.text, alike.weakest) == ("a", None)
    unrated = review.Review.of(call(("a", None, None)))
    assert (unrated.best, unrated.weakest) == (None, None)


def test_reflections_and_questions_count_turns():
    found = review.Review.of(
        call(
            ("Drei Wochen warten Sie schon?", 50, Cue.TAKEN_UP_FACT),
            ("Erzählen Sie mir davon.", 50, Cue.OPEN_QUESTION),
            ("Danke.", 50, Cue.THANKS),
        )
    )
    assert (found.reflections, found.questions) == (1, 2)
