import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.customer.guard import Guard
from simulator.customer.judge import PLAIN, Judge
from simulator.customer.lines import Offer
from simulator.customer.speech import LIMITS, SHIPPED, Speech, seed_of
from simulator.domain.act import Act
from simulator.lm.base import Request, never
from simulator.lm.scripted import ScriptedLM
from tests.customer.speakers import Speaker, after

GUARD = Guard("de", "phone", "Ausfall seit dem 4. November")
AGENT_VOICE = "Wie kann ich Ihnen helfen?"
BAD = [AGENT_VOICE, "Seit 99 Tagen!", "How can that be, you and your team?", "Kunde: Nein."]
LINE = "Das ist doch wirklich nicht wahr."


def speech(model, *offers, **rest):
    return Speech(
        model=model,
        judge=PLAIN,
        guard=GUARD,
        prompt="Kunde [wütend]:",
        label="Kunde [wütend]:",
        offers=[Offer(text, 0.0) for text in offers],
        resort="Ach.",
        seed=5,
        **{"act": Act.VENT, "fact": "", **rest},
    )


def spoken(it, cancelled=never):
    clauses = list(it.clauses(cancelled))
    return "".join(clause.text for clause in clauses), {clause.source for clause in clauses}


# The choice


def test_whole_lines_are_drawn_from_the_prompt_with_the_seed():
    model = Speaker([LINE])
    spoken(speech(model))
    first = model.requests[0]
    assert (first.prompt, first.candidates, first.seed) == (
        "Kunde [wütend]:",
        SHIPPED.candidates,
        5,
    )
    assert first.max_tokens == LIMITS["phone"].tokens
    assert first.temperature == SHIPPED.temperatures[0]
    assert set(first.pause_at) == set(".?!…")
    assert first.pause_after in LIMITS["phone"].enough


def test_some_lines_are_longer_than_others():
    lengths = set()
    for seed in range(20):
        model = Speaker([LINE])
        spoken(replace(speech(model), seed=seed))
        lengths.add(model.requests[0].pause_after)
    assert lengths == set(LIMITS["phone"].enough)


def test_the_best_of_the_lines_that_may_be_said_is_spoken():
    model = Speaker(["Na schön.", AGENT_VOICE, LINE], likely={LINE: -1.0, AGENT_VOICE: 0.0})
    assert spoken(speech(model)) == (LINE, {"model"})


def test_an_authored_line_competes_and_is_spoken_whole_without_asking_the_model_on():
    line = "So geht das nicht mehr. Und zwar endgültig."
    model = Speaker([LINE], likely={"So geht das nicht mehr.": -1.0})
    assert spoken(speech(model, line)) == (line, {"authored"})
    assert len(model.requests) == 1
    model = Speaker([LINE], likely={LINE: -1.0})
    assert spoken(speech(model, line)) == (LINE, {"model"})


def test_of_two_lines_as_likely_the_one_that_tells_the_fact_is_spoken():
    draw = ["Das ist nicht wahr.", "Seit dem Ausfall geht nichts."]
    fact = "der Ausfall am Abend"
    assert spoken(speech(Speaker(draw)))[0] == draw[0]
    assert spoken(speech(Speaker(draw), act=Act.INFORM, fact=fact))[0] == draw[1]


def test_when_the_guard_throws_out_all_it_draws_once_more_and_cooler():
    model = Speaker(BAD, [LINE])
    assert spoken(speech(model)) == (LINE, {"model"})
    first, second = model.requests[:2]
    assert second.temperature < first.temperature
    assert second.seed != first.seed


def test_with_an_authored_line_in_hand_there_is_no_second_draw():
    model = Speaker(BAD, [LINE])
    assert spoken(speech(model, "So nicht.")) == ("So nicht.", {"authored"})
    assert len(model.requests) == 1


def test_when_nothing_may_be_said_the_last_resort_is():
    model = Speaker(BAD, BAD)
    assert spoken(speech(model)) == ("Ach.", {"authored"})
    assert len(model.requests) == len(SHIPPED.temperatures)


def test_a_model_that_says_nothing_leaves_the_last_resort():
    assert spoken(speech(Speaker([""] * 4, []))) == ("Ach.", {"authored"})


def test_a_line_without_an_end_is_none():
    draws = (["Das ist doch"], ["Das ist doch nicht wahr,"])
    assert spoken(speech(Speaker(*draws, unfinished=True))) == ("Ach.", {"authored"})
    quoted = "Es hieß: „Wir kommen morgen.“"
    assert spoken(speech(Speaker([quoted])))[0] == quoted


def test_where_the_model_is_not_asked_the_authored_line_or_the_last_resort_is_spoken():
    model = Speaker([LINE])
    assert spoken(speech(model, "Auf Wiederhören.", generated=False))[0] == "Auf Wiederhören."
    assert spoken(speech(model, generated=False)) == ("Ach.", {"authored"})
    assert model.requests == []


def test_the_judge_decides():
    model = Speaker([LINE, "Na schön."], likely={LINE: -1.0, "Na schön.": -3.0})
    assert spoken(speech(model))[0] == LINE
    against = Judge("speaker", np.zeros(0, np.float32), -1.0, 0.0)
    model = Speaker([LINE, "Na schön."], likely={LINE: -1.0, "Na schön.": -3.0})
    assert spoken(replace(speech(model), judge=against))[0] == "Na schön."


# Speaking


def test_the_line_comes_clause_by_clause():
    model = Speaker(["Das ist nicht wahr, ich zahle, und Sie tun nichts."])
    clauses = [clause.text for clause in speech(model).clauses(never)]
    assert clauses == ["Das ist nicht wahr, ", "ich zahle, ", "und Sie tun nichts."]


WORDS = st.lists(
    st.sampled_from(["das", "ist", "nicht", "wahr,", "nein.", "Agent:", "99", "und", "the", "you"]),
    max_size=14,
).map(" ".join)


@given(st.lists(WORDS, max_size=SHIPPED.candidates), st.lists(WORDS, max_size=SHIPPED.candidates))
def test_whatever_the_model_says_only_what_may_be_said_is_spoken(first, second):
    text, _ = spoken(speech(Speaker(first, second)))
    assert text in {*first, *second, "Ach."}
    assert text == "Ach." or GUARD.objection(text) is None


# Cancelling


def test_cancelled_before_a_word_nothing_is_said():
    model = Speaker([LINE])
    assert spoken(speech(model, "So nicht."), lambda: True) == ("", set())
    assert model.said == []


def test_cancelled_while_the_model_draws_nothing_is_said():
    model = Speaker([LINE])
    assert spoken(speech(model, "So nicht."), after(3)) == ("", set())
    assert len(model.said) == 3


def test_cancelled_in_the_middle_what_was_said_stays_as_it_is():
    model = Speaker(["Das ist nicht wahr, ich zahle, und Sie tun gar nichts."])
    stopped = False
    clauses = speech(model).clauses(lambda: stopped)
    heard = [next(clauses).text, next(clauses).text]
    stopped = True
    assert list(clauses) == []
    assert heard == ["Das ist nicht wahr, ", "ich zahle, "]


# Seeds


@pytest.mark.parametrize("seed", range(8))
def test_the_same_seed_says_the_same_words(seed):
    model = ScriptedLM(["Na endlich.", LINE, "Ja, und nun? Was jetzt.", "Nein."])
    it = replace(speech(model), seed=seed)
    assert spoken(it) == spoken(it)
    assert spoken(it)[0]


def test_the_seed_decides_among_equals():
    model = ScriptedLM([f"{word} ist das nicht wahr." for word in ("So", "Da", "Was", "Wo", "Nun")])
    assert len({spoken(replace(speech(model), seed=seed))[0] for seed in range(5)}) == 5


def test_each_turn_of_each_call_has_a_seed_of_its_own():
    seeds = {seed_of(call, turn) for call in range(30) for turn in range(1, 20)}
    assert len(seeds) == 30 * 19
    assert seed_of(7, 1) == seed_of(7, 1)
    assert Request("", seed=seed_of(2**31, 99)).seed >= 0


def test_which_line_is_drawn_does_not_hang_on_the_number_that_chose_the_act():
    early = [n for n in range(400) if random.Random(n).random() < 0.3]
    said = {
        spoken(replace(speech(Speaker(), "Eins.", "Zwei.", generated=False), seed=n))[0]
        for n in early
    }
    assert said == {"Eins.", "Zwei."}
