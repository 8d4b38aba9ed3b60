"""The ledger with the words it came from."""

from __future__ import annotations

from simulator.coaching.effects import Effect, effects
from simulator.content.catalogue import Catalogue
from simulator.customer.appraisal import appraise
from simulator.customer.dynamics import Dynamics
from simulator.domain.cue import Cue
from simulator.domain.emotion import Feeling, LedgerEntry
from simulator.domain.score import DimensionScore, Evidence, TurnScores
from tests.calls import agent

BRANDT = Catalogue.load().persona("brandt")
REPLY = "Bitte beruhigen Sie sich. Das klären wir zeitnah."


def reply(text=REPLY):
    evidence = (Evidence(start=6, end=24, cue=Cue.CALM_DOWN, polarity="negative"),)
    bad = DimensionScore(value=10, confidence=0.9, evidence=evidence)
    plain = DimensionScore(value=50, confidence=0.9)
    scores = TurnScores(empathy=bad, listening=plain, de_escalation=bad)
    return agent(text=text).model_copy(update={"scores": scores})


def moved(turn):
    appraisal = appraise(turn.text, turn.scores, BRANDT, "de")
    return Dynamics.load().move(BRANDT.start, turn.scores, appraisal, BRANDT, 1)


def test_every_reason_is_told_with_the_words_of_the_reply_that_were_it():
    turn = reply()
    found = effects(turn, moved(turn)[1], BRANDT, "de")
    words = {(effect.rule, effect.detail): effect.words for effect in found}
    assert words["trigger", "soll sich beruhigen"] == ("beruhigen Sie sich",)
    assert words["empathy", ""] == ("beruhigen Sie sich",)
    # a phrase of the persona that no cue stands for
    assert words["trigger", "wird mit „demnächst“ hingehalten"] == ("zeitnah",)
    assert words["", ""] == ()


def test_the_effects_add_up_to_the_change_and_the_strongest_comes_first():
    turn = reply()
    state, ledger = moved(turn)
    found = effects(turn, ledger, BRANDT, "de")
    for feeling in Feeling:
        total = sum(dict(effect.moved).get(feeling, 0) for effect in found)
        assert round(total - (state.level(feeling) - BRANDT.start.level(feeling)), 6) == 0
    own = [effect.weight for effect in found if effect.rule]
    assert own == sorted(own, reverse=True)
    assert [effect.rule for effect in found].index("") == len(found) - 1


def test_what_cancels_out_is_no_effect():
    entries = [
        LedgerEntry(feeling=Feeling.ANGER, rule=rule, amount=amount)
        for rule, amount in (("settling", 0.3), ("inertia", -0.3))
    ]
    assert effects(reply(), entries, BRANDT, "de") == ()


def test_without_the_persona_the_reason_stays_and_the_words_are_unknown():
    entry = LedgerEntry(feeling=Feeling.ANGER, rule="trigger", amount=1, detail="soll warten")
    assert effects(reply(), [entry], None, "de") == (
        Effect("trigger", "soll warten", (), ((Feeling.ANGER, 1.0),)),
    )


def test_less_anger_is_a_gain_and_less_trust_a_loss():
    assert Effect("x", "", (), ((Feeling.ANGER, -1.0), (Feeling.TRUST, -0.25))).gain == 0.75
