import random

import pytest

from simulator.customer.lines import FIT, last_resort, offers
from simulator.customer.planner import Plan
from simulator.customer.topics import Kind
from simulator.domain.act import Act
from simulator.domain.conversation import Session
from simulator.domain.cue import Cue
from simulator.domain.scenario import AuthoredLine, PreparedAnswer
from tests.calls import agent, customer, started
from tests.customer.people import case, person

LINES = (
    AuthoredLine(act=Act.COMPLAIN, opening=True, text="Anfang."),
    AuthoredLine(act=Act.COMPLAIN, opening=True, fact="outage", text="Anfang mit Ausfall."),
    AuthoredLine(act=Act.COMPLAIN, fact="outage", text="Der Ausfall."),
    AuthoredLine(act=Act.VENT, fact="price", text="Der Preis!"),
    AuthoredLine(act=Act.SOFTEN, need=True, text="Eigentlich will ich bleiben."),
    AuthoredLine(act=Act.VENT, text="Luft eins."),
    AuthoredLine(act=Act.VENT, text="Luft zwei."),
    AuthoredLine(act=Act.VENT, after=(Cue.CALM_DOWN, Cue.MUST), text="Beruhigen?"),
    AuthoredLine(act=Act.DOUBT, text="Na ja."),
    AuthoredLine(act=Act.INFORM, any_question=True, text="Weiß ich nicht."),
    AuthoredLine(act=Act.INFORM, after=(Cue.OPEN_QUESTION,), text="Das ist lang."),
    AuthoredLine(act=Act.INFORM, after=(Cue.TAKEN_UP_FACT,), text="Genau so war's."),
    AuthoredLine(act=Act.DOUBT, after=(Cue.CHOICE,), text="Eins davon."),
)
ANSWER = PreparedAnswer(questions=("Wer?",), lines=("Ich.", "Meine Schwester und ich."))
WHO = person()
BEGUN = Session.of((started(), agent(1)))
GOING_ON = Session.of((started(), agent(1), customer(1, "Hm."), agent(2)))


def scenario(channel="phone", lines=LINES):
    update = {"lines": lines, "answers": (ANSWER,)}
    texts = {name: case().de.model_copy(update=update) for name in ("de", "en")}
    return case().model_copy(update={"channel": channel, **texts})


def texts(plan, session=GOING_ON, what=None, *cues, **rest):
    what = what or scenario()
    found = offers(session, WHO, what, plan, frozenset(cues), random.Random(1), **rest)
    return [offer.text for offer in found]


def test_a_plain_line_is_offered_for_its_act_and_the_persona_fills_up():
    assert set(texts(Plan(Act.VENT))) == {"Luft eins.", "Luft zwei.", "So!"}
    assert texts(Plan(Act.VENT))[-1] == "So!"
    assert texts(Plan(Act.DOUBT)) == ["Na ja."]
    assert texts(Plan(Act.REFUSE)) == []


def test_an_opening_line_is_offered_at_the_opening_and_only_there():
    assert texts(Plan(Act.COMPLAIN), BEGUN) == ["Anfang."]
    assert texts(Plan(Act.COMPLAIN, "outage"), BEGUN) == ["Anfang mit Ausfall."]
    assert texts(Plan(Act.COMPLAIN)) == []
    assert texts(Plan(Act.VENT), BEGUN) == []


def test_who_is_asked_what_happened_may_begin_with_any_line_that_tells_it():
    asked = texts(Plan(Act.COMPLAIN, "outage"), BEGUN, asks=Kind.TELL)
    assert set(asked) == {"Anfang mit Ausfall.", "Der Ausfall."}
    assert texts(Plan(Act.VENT), BEGUN, asks=Kind.TELL) == []


def test_a_line_that_gives_away_a_fact_waits_for_just_that_fact():
    assert texts(Plan(Act.COMPLAIN, "outage")) == ["Der Ausfall."]
    assert texts(Plan(Act.INFORM, "price")) == ["Der Preis!"]
    assert texts(Plan(Act.INFORM, "sister")) == []


def test_the_line_that_tells_the_need_waits_for_the_need():
    assert texts(Plan(Act.INFORM, need=True)) == ["Eigentlich will ich bleiben."]
    for act in Act:
        assert "Eigentlich will ich bleiben." not in texts(Plan(act))


def test_an_answer_to_a_wording_is_offered_after_that_wording_and_first():
    assert "Beruhigen?" not in texts(Plan(Act.VENT))
    for cue in (Cue.CALM_DOWN, Cue.MUST):
        assert texts(Plan(Act.VENT), GOING_ON, None, cue, Cue.THANKS)[0] == "Beruhigen?"
    assert "Beruhigen?" not in texts(Plan(Act.DOUBT), GOING_ON, None, Cue.MUST)


def test_a_question_is_answered_by_lines_that_answer_it_and_by_no_others():
    cues = (Cue.OPEN_QUESTION, Cue.TAKEN_UP_FACT)
    told = texts(Plan(Act.INFORM), GOING_ON, None, *cues)
    assert set(told) == {"Das ist lang.", "Genau so war's."}
    detail = texts(Plan(Act.INFORM), GOING_ON, None, *cues, asks=Kind.DETAIL)
    assert detail == ["Das ist lang.", "Weiß ich nicht."]
    assert texts(Plan(Act.DOUBT), GOING_ON, None, Cue.CHOICE, asks=Kind.CHOICE) == ["Eins davon."]
    for act in Act:
        assert texts(Plan(act), asks=Kind.CHOICE) == (["Eins davon."] if act is Act.DOUBT else [])


def test_what_is_asked_for_by_an_answer_gets_its_lines():
    plan = Plan(Act.INFORM, answer="answers.0")
    assert set(texts(plan)) == set(ANSWER.lines)
    said = Session.of((started(), agent(1), customer(1, "Ich."), agent(2)))
    assert texts(plan, said) == ["Meine Schwester und ich."]


def test_no_line_is_offered_twice_in_a_call():
    said = Session.of((started(), agent(1), customer(1, "Luft eins."), agent(2)))
    assert set(texts(Plan(Act.VENT), said)) == {"Luft zwei.", "So!"}


def test_no_more_are_offered_than_asked_for_and_the_best_fitting_stay():
    assert texts(Plan(Act.VENT), GOING_ON, None, Cue.MUST, most=1) == ["Beruhigen?"]
    assert len(texts(Plan(Act.VENT), most=2)) == 2


def test_a_persona_writes_its_spoken_lines_only_when_the_scenario_has_none():
    assert "So!" not in texts(Plan(Act.VENT), what=scenario("email"))
    assert texts(Plan(Act.VENT), what=scenario("email", LINES[-1:])) == ["So!"]


def test_the_advantage_says_what_a_line_has_on_its_side():
    def advantage(plan, *cues):
        found = offers(GOING_ON, WHO, scenario(), plan, frozenset(cues), random.Random(1))
        return {offer.text: offer.advantage for offer in found}

    assert advantage(Plan(Act.COMPLAIN, "outage")) == {"Der Ausfall.": FIT["told"]}
    vents = advantage(Plan(Act.VENT), Cue.MUST)
    assert vents["Beruhigen?"] == FIT["answer"] > vents["Luft eins."] > vents["So!"]


def test_the_order_of_equals_is_drawn_and_the_same_chance_draws_the_same():
    def order(seed):
        plan = Plan(Act.VENT)
        return [
            offer.text
            for offer in offers(
                GOING_ON, WHO, scenario(), plan, frozenset(), random.Random(seed), most=2
            )
        ]

    assert {tuple(order(seed)) for seed in range(20)} == {
        ("Luft eins.", "Luft zwei."),
        ("Luft zwei.", "Luft eins."),
    }
    assert order(3) == order(3)


def resort(session, plan, what=None):
    return {
        last_resort(session, WHO, what or scenario(), plan, random.Random(seed))
        for seed in range(20)
    }


def test_the_last_resort_is_the_personas_own_line_on_the_phone_and_the_scenarios_in_a_mail():
    assert resort(GOING_ON, Plan(Act.VENT)) == {"So!"}
    assert resort(GOING_ON, Plan(Act.VENT), scenario("email")) == {"Luft eins.", "Luft zwei."}
    assert resort(GOING_ON, Plan(Act.DOUBT)) == {"Na ja."}


def test_the_last_resort_repeats_a_line_only_when_there_is_no_other():
    said = Session.of((started(), agent(1), customer(1, "So!"), agent(2)))
    assert resort(said, Plan(Act.VENT)) == {"So!"}
    one = Session.of((started(), agent(1), customer(1, "Luft eins."), agent(2)))
    assert resort(one, Plan(Act.VENT), scenario("email")) == {"Luft zwei."}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("channel", ["phone", "email"])
def test_there_is_a_last_resort_for_every_act_and_it_gives_nothing_away(act, channel):
    plain = {"Luft eins.", "Luft zwei.", "Na ja.", "So!"}
    assert resort(GOING_ON, Plan(act), scenario(channel)) <= plain


def test_where_nobody_has_written_a_line_the_last_resort_is_silence():
    assert resort(GOING_ON, Plan(Act.DOUBT), scenario(lines=LINES[:5])) == {""}
