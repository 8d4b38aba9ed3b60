import json

import pytest

from simulator.customer.judge import PLAIN
from simulator.customer.ranker import opening
from simulator.customer.speech import Drawing
from simulator.evaluation.blind_places import places
from simulator.evaluation.draws import EXAMPLES, Bank, Referee, Way, outcome
from simulator.lm.scripted import ScriptedLM
from simulator.paths import shipped
from simulator.training.corpus import train_part
from simulator.training.customer import HELD_OUT, unread
from simulator.training.dialogues import in_order
from tests.customer.speakers import Speaker

CHOSEN = places(train_part(), 0)[:6]
BANK = Bank.of(train_part())
SAYABLE = "Das ist doch wirklich nicht wahr, was Sie mir da sagen."


def test_examples_are_the_nearest_lines_of_the_same_act_from_other_calls():
    for place in CHOSEN:
        own = place.dialogue
        nearest = BANK.nearest(place)
        lines = [
            line
            for dialogue, line in BANK.lines
            if dialogue.language == own.language
            and dialogue.id != own.id
            and line.act is place.line.act
        ]

        def apart(line, place=place):
            return abs(line.anger - place.line.anger) + abs(line.trust - place.line.trust)

        assert len(nearest) == EXAMPLES
        assert nearest == [line.text for line in sorted(lines, key=apart)[:EXAMPLES]]


def test_the_best_of_what_may_be_said_is_compared():
    german = [place for place in CHOSEN if place.dialogue.language == "de"]
    for likely, wins in ((-0.5, 1), (-9.0, 0)):
        referee = Referee(Speaker(likely={opening(SAYABLE): likely}), PLAIN)
        found = outcome(Way("once", Drawing(1)), ScriptedLM([SAYABLE]), referee, german, BANK)
        assert (found.places, found.sayable, found.silent) == (len(german), 1, 0)
        assert (found.over_random, found.over_author) == (wins, wins)


def test_the_same_line_twice_counts_once():
    model = ScriptedLM([SAYABLE])
    german = [place for place in CHOSEN if place.dialogue.language == "de"]
    found = outcome(Way("twice", Drawing(2)), model, Referee(model, PLAIN), german, BANK)
    assert found.sayable == pytest.approx(0.5)


def test_places_are_of_calls_that_the_adapter_has_not_seen():
    figures = shipped("models") / "customer" / "figures.json"
    told = json.loads(figures.read_text())
    left = unread(train_part(), figures)
    order = in_order(train_part(), told["recipe"]["seed"])
    assert len(left) == len(order) - told["dialogues"] - HELD_OUT > 20
    assert {each.id for each in left}.isdisjoint(
        each.id for each in order[: HELD_OUT + told["dialogues"]]
    )


def test_where_nothing_may_be_said_nothing_wins():
    model = ScriptedLM(["Kunde: Nein."])
    found = outcome(Way("shipped"), model, Referee(model, PLAIN), CHOSEN, BANK)
    assert (found.silent, found.sayable, found.over_random, found.over_author) == (1, 0, 0, 0)


def test_examples_stand_between_the_call_and_the_label():
    place = CHOSEN[0]
    speaker, referee = Speaker([SAYABLE]), ScriptedLM([SAYABLE])
    outcome(Way("with", examples=True), speaker, Referee(referee, PLAIN), [place], BANK)
    plain = place.speech(speaker, PLAIN, 0)
    asked = speaker.requests[0].prompt
    before, label = plain.prompt.removesuffix(plain.label), plain.label
    assert asked.startswith(before)
    shown = BANK.nearest(place)
    assert asked == before + "".join(f"{label} {text}\n" for text in shown) + label
