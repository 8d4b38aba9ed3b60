from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.customer.guard import Guard
from simulator.customer.lines import Offer
from simulator.customer.speech import CANDIDATES, LIMITS, TEMPERATURES, Speech, seed_of
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


def test_four_openings_are_drawn_from_the_prompt_with_the_seed():
    model = Speaker([LINE])
    spoken(speech(model))
    first = model.requests[0]
    assert (first.prompt, first.candidates, first.seed) == ("Kunde [wütend]:", CANDIDATES, 5)
    assert first.max_tokens == LIMITS["phone"].opening
    assert first.temperature == TEMPERATURES[0]
    assert set(".?!,…") <= set(first.pause_at)


def test_the_best_of_the_openings_that_may_be_said_is_spoken():
    model = Speaker(["Na schön.", AGENT_VOICE, LINE], likely={LINE: -1.0, AGENT_VOICE: 0.0})
    assert spoken(speech(model)) == (LINE, {"model"})


def test_an_authored_line_competes_and_is_spoken_whole_without_asking_the_model_on():
    line = "So geht das nicht. Und zwar endgültig."
    model = Speaker([LINE], likely={"So geht das nicht.": -1.0})
    assert spoken(speech(model, line)) == (line, {"authored"})
    assert len(model.requests) == 1
    model = Speaker([LINE], likely={LINE: -1.0})
    assert spoken(speech(model, line)) == (LINE, {"model"})


def test_of_two_openings_as_likely_the_one_that_tells_the_fact_is_spoken():
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
    assert len(model.requests) == len(TEMPERATURES)


def test_a_model_that_says_nothing_leaves_the_last_resort():
    assert spoken(speech(Speaker([""] * 4, []))) == ("Ach.", {"authored"})


def test_an_opening_cut_off_in_the_middle_of_a_clause_is_none():
    assert spoken(speech(Speaker(["Das ist doch"], ["Ja und"], unfinished=True))) == (
        "Ach.",
        {"authored"},
    )
    text, _ = spoken(speech(Speaker(["Das ist doch nicht wahr,"], unfinished=True)))
    assert text.startswith("Das ist doch nicht wahr,")


def test_where_the_model_is_not_asked_the_authored_line_or_the_last_resort_is_spoken():
    model = Speaker([LINE])
    assert spoken(speech(model, "Auf Wiederhören.", generated=False))[0] == "Auf Wiederhören."
    assert spoken(speech(model, generated=False)) == ("Ach.", {"authored"})
    assert model.requests == []


# Going on


def test_the_line_goes_on_from_its_opening_clause_by_clause():
    model = Speaker(["Das ist nicht wahr,"], rest="ich zahle, und Sie tun nichts.")
    clauses = [clause.text for clause in speech(model).clauses(never)]
    assert clauses == ["Das ist nicht wahr,", " ich zahle,", " und Sie tun nichts."]
    assert model.requests[1].prompt == "Kunde [wütend]: Das ist nicht wahr,"


def test_a_clause_is_shown_before_the_next_one_is_made():
    model = Speaker(["Das ist nicht wahr,"], rest="ich zahle, und Sie tun nichts.")
    clauses = speech(model).clauses(never)
    assert next(clauses).text == "Das ist nicht wahr,"
    assert "ich" not in model.said
    assert next(clauses).text == " ich zahle,"
    assert "nichts." not in model.said


@pytest.mark.parametrize(
    ("rest", "shown"),
    [
        (AGENT_VOICE, "Das ist nicht wahr, …"),
        (f"ich zahle. {AGENT_VOICE} Ja.", "Das ist nicht wahr, ich zahle."),
        ("ich zahle seit 99 Tagen, für nichts.", "Das ist nicht wahr, …"),
        (
            "ich zahle, ich zahle, ich zahle, ich zahle.",
            "Das ist nicht wahr, ich zahle, ich zahle, …",
        ),
        ("", "Das ist nicht wahr, …"),
    ],
)
def test_where_the_guard_objects_the_line_trails_off_and_nothing_is_taken_back(rest, shown):
    assert spoken(speech(Speaker(["Das ist nicht wahr,"], rest=rest))) == (shown, {"model"})


def test_a_line_that_ends_at_the_token_limit_trails_off_at_its_last_clause():
    model = Speaker(["Das ist nicht wahr,"], rest="ich zahle, und Sie", unfinished=True)
    assert spoken(speech(model))[0] == "Das ist nicht wahr, ich zahle, …"


def test_a_line_ends_with_its_first_sentence_after_enough_words():
    rest = "und zwar seit Wochen. " + "Ja. Und noch etwas. " * 20
    text, _ = spoken(speech(Speaker(["Das ist nicht wahr,"], rest=rest)))
    assert LIMITS["phone"].enough <= len(text.split()) < LIMITS["phone"].enough + 10
    assert text.endswith(".")


WORDS = st.lists(
    st.sampled_from(["das", "ist", "nicht", "wahr,", "nein.", "Agent:", "99", "und", "the", "you"]),
    max_size=14,
).map(" ".join)


@given(st.lists(WORDS, max_size=CANDIDATES), WORDS, st.integers(0, 40))
def test_whatever_the_model_says_only_what_may_be_said_is_shown(openings, rest, patience):
    shown = ""
    for clause in speech(Speaker(openings, rest=rest)).clauses(after(patience)):
        shown += clause.text
        assert GUARD.objection(shown.removesuffix(" …") or "Ach.", whole=False) is None


# Cancelling


def test_cancelled_before_a_word_nothing_is_said():
    model = Speaker([LINE])
    assert spoken(speech(model, "So nicht."), lambda: True) == ("", set())
    assert model.said == []


def test_cancelled_in_the_middle_what_was_said_stays_as_it_is():
    model = Speaker(["Das ist nicht wahr,"], rest="ich zahle, und Sie tun gar nichts.")
    stopped = False
    clauses = speech(model).clauses(lambda: stopped)
    heard = [next(clauses).text, next(clauses).text]
    stopped = True
    assert list(clauses) == []
    assert heard == ["Das ist nicht wahr,", " ich zahle,"]


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
