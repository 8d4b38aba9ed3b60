"""Which calls were hard on whoever had them."""

from __future__ import annotations

import pytest

from simulator.coaching.hard_call import hard
from simulator.domain.conversation import HeardTurn, Session
from simulator.domain.cue import Cue
from simulator.domain.score import Evidence
from tests.calls import NOON, agent, customer, ended, started


def insulting():
    turn = agent(text="Sie Idiot.")
    evidence = (Evidence(start=4, end=9, cue=Cue.INSULT, polarity="negative"),)
    empathy = turn.scores.empathy.model_copy(update={"evidence": evidence})
    scores = turn.scores.model_copy(update={"empathy": empathy})
    return turn.model_copy(update={"scores": scores})


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((agent(), customer(anger=6.9), ended()), False),
        ((agent(), customer(anger=7.0), ended()), True),
        ((agent(), customer(anger=2), ended("hung_up")), True),
        ((insulting(), customer(anger=2), ended()), True),
        ((agent(), customer(text="Sie Vollidiot!", anger=2), ended()), True),
        # angry from the start, but nothing has happened yet
        ((agent(), ended("left")), False),
        ((), False),
    ],
)
def test_hung_up_very_angry_or_insulted(events, expected):
    assert hard(Session.of((started(), *events))) is expected


def test_nobody_knows_how_angry_a_real_customer_was():
    outside = started().model_copy(update={"origin": "outside"})
    said = HeardTurn(turn=1, at=NOON, text="Aha.")
    assert not hard(Session.of((outside, agent(), said, ended())))
    rude = said.model_copy(update={"text": "Sie Vollidiot!"})
    assert hard(Session.of((outside, agent(), rude, ended())))
