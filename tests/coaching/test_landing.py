"""How a reply landed: by what it moved first, then by its wordings."""

from __future__ import annotations

import pytest

from simulator.coaching.effects import Effect
from simulator.coaching.landing import landed
from simulator.domain.act import Act
from simulator.domain.cue import POSITIVE_CUES, Cue
from simulator.domain.emotion import EmotionalState, Feeling
from simulator.domain.landing import Landing
from simulator.domain.score import DimensionScore, Evidence, TurnScores
from tests.calls import agent, customer

GOOD = (Effect("empathy", "", (), ((Feeling.TRUST, 0.8),)),)
BAD = (Effect("trigger", "x", (), ((Feeling.ANGER, 0.8),)),)


def reply(*cues: Cue, listening=50.0):
    evidence = tuple(
        Evidence(start=0, end=3, cue=c, polarity="positive" if c in POSITIVE_CUES else "negative")
        for c in cues
    )
    score = DimensionScore(value=50, confidence=0.5, evidence=evidence)
    heard = DimensionScore(value=listening, confidence=0.5)
    scores = TurnScores(empathy=score, listening=heard, de_escalation=score)
    return agent().model_copy(update={"scores": scores})


def answer(act=Act.COMPLAIN, heard=2.0):
    state = EmotionalState(anger=5, trust=5, feeling_heard=heard)
    return customer().model_copy(update={"act": act, "state": state})


@pytest.mark.parametrize(
    ("cues", "moved", "heard", "expected"),
    [
        ((Cue.HOLD_OFF, Cue.BLAME), BAD, 2, Landing.BLAMED),
        ((Cue.HOLD_OFF, Cue.STOCK_PHRASE), BAD, 2, Landing.PUT_OFF),
        ((Cue.ASKS_NUMBER,), BAD, 2, Landing.PROCESSED),
        ((Cue.JUSTIFICATION,), BAD, 2, Landing.RECITED),
        # fine words that did harm are no comfort
        ((Cue.NAMED_FEELING,), BAD, 2, Landing.UNHEARD),
        ((Cue.NAMED_FEELING,), GOOD, 2, Landing.HEARD),
        ((Cue.NAMED_FEELING, Cue.CONCRETE_STEP), GOOD, 2, Landing.HEARD),
        ((Cue.NAMED_FEELING, Cue.CONCRETE_STEP), GOOD, 6, Landing.SOLVED),
        ((Cue.OWNERSHIP,), GOOD, 2, Landing.SOLVED),
        ((Cue.CALM_LIMIT, Cue.OWNERSHIP), GOOD, 2, Landing.LIMITED),
        ((Cue.STOCK_PHRASE,), GOOD, 2, Landing.PLAIN),
        ((Cue.BLAME,), (), 2, Landing.PLAIN),
    ],
)
def test_what_it_moved_decides_good_or_harm_and_the_words_which(cues, moved, heard, expected):
    assert landed(reply(*cues), answer(heard=heard), moved) is expected


def test_good_listening_lands_without_any_wording():
    assert landed(reply(listening=90.0), answer(), GOOD) is Landing.HEARD


def test_what_lies_in_the_person_is_no_doing_of_the_reply():
    drift = (Effect("", "", (), ((Feeling.ANGER, 3.0),)),)
    assert landed(reply(Cue.BLAME), answer(), drift) is Landing.PLAIN


@pytest.mark.parametrize(
    ("act", "expected"), [(Act.HANG_UP, Landing.HUNG_UP), (Act.CLOSE, Landing.PARTED)]
)
def test_who_leaves_has_left_whatever_was_said(act, expected):
    assert landed(reply(Cue.NAMED_FEELING), answer(act), GOOD) is expected
