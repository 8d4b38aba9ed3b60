import pytest

from simulator.customer.judge import PLAIN
from simulator.customer.speech import Drawing
from simulator.domain.language import LANGUAGES
from simulator.evaluation.blind_places import places
from simulator.evaluation.draws import EXAMPLES, Bank, Referee, Way, outcome
from simulator.lm.scripted import ScriptedLM
from simulator.training.corpus import test_part, train_part
from tests.customer.speakers import Speaker

CHOSEN = places(test_part(), 0)[:6]
BANK = Bank.of(train_part())
SAYABLE = "Das ist doch wirklich nicht wahr, was Sie mir da sagen."


def test_examples_are_the_training_parts_nearest_lines_of_the_same_act():
    spoken = {(language, line.text): line for language, line in BANK.lines}
    for place in CHOSEN:
        language = place.dialogue.language
        nearest = [spoken[language, text] for text in BANK.nearest(language, place.line)]
        assert len(nearest) == EXAMPLES
        assert {line.act for line in nearest} == {place.line.act}

        def apart(line, place=place):
            return abs(line.anger - place.line.anger) + abs(line.trust - place.line.trust)

        others = [
            line
            for spoken_in, line in BANK.lines
            if spoken_in == language and line.act is place.line.act
        ]
        assert apart(nearest[-1]) <= sorted(map(apart, others))[EXAMPLES - 1]


def test_a_line_that_may_be_said_and_is_likelier_wins_everywhere():
    model = ScriptedLM([SAYABLE])
    german = [place for place in CHOSEN if place.dialogue.language == LANGUAGES[0]]
    found = outcome(Way("once", Drawing(1)), model, Referee(model, PLAIN), german, BANK)
    assert (found.places, found.sayable, found.silent) == (len(german), 1, 0)
    found = outcome(Way("twice", Drawing(2)), model, Referee(model, PLAIN), german, BANK)
    assert found.sayable == pytest.approx(0.5)


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
    shown = BANK.nearest(place.dialogue.language, place.line)
    assert asked == before + "".join(f"{label} {text}\n" for text in shown) + label
