"""What the guard would refuse and what could never come out, found before anybody plays it."""

import pytest

from simulator.content.lint import lint
from simulator.customer.proof import Proof
from tests.content.examples import PERSONA, SCENARIO, lay_out


def found(tmp_path, persona=PERSONA, scenario=SCENARIO):
    folder = lay_out(tmp_path, {"keller": persona}, {"doppelt": scenario})
    return [(p.path.stem, p.line, p.key) for p in lint([folder], Proof())]


def test_the_sound_examples_are_refused_nothing(tmp_path):
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Kunde: Meine Miete ist geplatzt.", "refused_control_text"),
        ("Meine Miete (seufzt) ist geplatzt.", "refused_control_text"),
        ("Wie kann ich Ihnen heute helfen?", "refused_agent_voice"),
        ("The rent has bounced because of you.", "refused_other_language"),
        ("nein nein nein nein nein nein", "refused_repeats"),
        ("Ich will nicht schuld sein, wenn die Bank anruft, ja?", "refused_secret"),
    ],
)
def test_a_line_that_the_guard_would_refuse(tmp_path, line, key):
    text = SCENARIO.replace("Meine Miete ist deswegen geplatzt.", line)
    assert found(tmp_path, scenario=text) == [("doppelt", 39, key)]


def test_a_line_of_a_persona_that_the_guard_would_refuse(tmp_path):
    text = PERSONA.replace("I am so tired of this.", "As a language model I get tired of this.")
    assert found(tmp_path, persona=text) == [("keller", 48, "refused_agent_voice")]


def stubborn(trust):
    """A person and a case in which trust hardly moves, and a fact that needs so much of it."""
    persona = PERSONA.replace("inertia: 0.3", "inertia: 0.9").replace("trust: 1\n", "trust: 0.1\n")
    return persona, SCENARIO.replace("    trust: 4\n", f"    trust: {trust}\n")


def test_a_fact_beyond_all_trust_can_never_come_out(tmp_path):
    persona, scenario = stubborn(9.5)
    assert found(tmp_path, persona, scenario) == [
        ("doppelt", 15, "unreachable_fact"),
        ("doppelt", 19, "unreachable_need"),
        ("doppelt", 20, "unreachable_need"),
    ]
    assert found(tmp_path, PERSONA, scenario) == []


def test_one_persona_who_gets_there_is_enough(tmp_path):
    persona, scenario = stubborn(9.5)
    text = scenario.replace("[keller]", "[keller, weich]")
    folder = lay_out(tmp_path, {"keller": persona, "weich": PERSONA}, {"doppelt": text})
    assert lint([folder], Proof()) == []


def test_the_sentence_names_the_level_that_can_be_reached(tmp_path):
    persona, scenario = stubborn(9.5)
    folder = lay_out(tmp_path, {"keller": persona}, {"doppelt": scenario})
    first = lint([folder], Proof())[0].render("de")
    assert "„overdraft“ kann nie herauskommen: Auch nach 10 tadellosen Antworten" in first


def test_a_fact_told_only_before_there_is_any_trust(tmp_path):
    text = SCENARIO.replace("fact: overdraft}", "fact: overdraft, opening: true}", 1)
    assert found(tmp_path, scenario=text) == [("doppelt", 15, "opening_fact")]


def test_what_is_still_to_be_filled_in_is_said_once(tmp_path):
    text = SCENARIO.replace("Meine Miete ist deswegen geplatzt.", "FILL IN: what the customer says")
    assert found(tmp_path, scenario=text) == [("doppelt", 39, "unfilled")]
