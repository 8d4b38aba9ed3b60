from dataclasses import replace

import pytest

from simulator.content.catalogue import Catalogue
from simulator.customer.hearing import Asked, hear
from simulator.customer.moment import Moment
from simulator.customer.release import Told
from simulator.customer.topics import Kind, common_questions
from simulator.domain.conversation import Session
from simulator.domain.cue import Cue
from simulator.domain.emotion import EmotionalState
from simulator.domain.scenario import NEED, PreparedAnswer
from tests.calls import agent, customer, started
from tests.customer.listeners import attention, listener
from tests.customer.people import rated

COOL = EmotionalState(anger=3, trust=5, feeling_heard=6)
COLD = EmotionalState(anger=8, trust=0, feeling_heard=0)
PLAIN = Catalogue.load().scenario("internet-kuendigung")
ASKS = {
    "evening_outages": "Seit wann fällt das Netz abends aus?",
    "sister_call": "Mit wem telefonieren Sie denn abends?",
    NEED: "Worauf kommt es Ihnen eigentlich an?",
}
WHO_ELSE = PreparedAnswer(questions=("Wohnt noch jemand bei Ihnen?",), lines=("Nein, nur ich.",))
EXAMPLES = {fact.id: (f"Was ist mit {fact.id}?",) for fact in PLAIN.facts}
EXAMPLES |= {name: (question,) for name, question in ASKS.items()}
TEXT = PLAIN.de.model_copy(update={"questions": EXAMPLES, "answers": (WHO_ELSE,)})
CASE = PLAIN.model_copy(update={"de": TEXT})
HEARING = listener(attention(example_tokens=9, common_tokens=-4, constant=-4))
BEGUN = Told(frozenset({"evening_outages"}))


def heard(text, *cues, state=COOL, told=BEGUN, label=1, case=CASE, turn=2):
    scores = rated(label, label, label, *cues)
    reply = agent(turn, text).model_copy(update={"scores": scores})
    said = (agent(1), customer(1, "Hm.")) if turn > 1 else ()
    session = Session.of((started(), *said, reply))
    moment = Moment.of(session, state, case.channel)
    return hear(HEARING, session, case, moment, told)


def test_a_fact_an_answer_or_the_need_is_heard_and_told_once_more():
    assert heard(ASKS["sister_call"]) == Asked(("sister_call",))
    assert heard(ASKS["evening_outages"]) == Asked(("evening_outages",))
    assert heard(WHO_ELSE.questions[0]) == Asked(("answers.0",))
    assert heard(ASKS[NEED]) == Asked((NEED,))
    assert heard(ASKS[NEED], told=replace(BEGUN, need=True), state=COLD) == Asked((NEED,))


def test_what_was_told_just_now_is_not_heard_again_at_once():
    reply = agent(2, ASKS["sister_call"]).model_copy(update={"scores": rated(1, 1, 1)})
    told = customer(1, "Hm.").model_copy(update={"facts": ("sister_call",)})
    session = Session.of((started(), agent(1), told, reply))
    moment = Moment.of(session, COOL, "phone")
    assert hear(HEARING, session, CASE, moment, BEGUN).topics == ()


def test_what_needs_more_trust_is_asked_for_in_vain():
    assert heard(ASKS["sister_call"], state=COLD) == Asked(kind=Kind.DETAIL)
    assert heard(ASKS[NEED], state=COLD) == Asked(kind=Kind.DETAIL)


def test_what_nobody_has_written_an_answer_to_is_a_detail_and_beside_a_step_a_consent():
    odd = "Krabbeln Eidechsen nachts über Ihre Terrasse?"
    assert heard(odd) == Asked(kind=Kind.DETAIL)
    assert heard(odd, Cue.CONCRETE_STEP) == Asked(kind=Kind.CONSENT)
    assert heard(odd, Cue.CHOICE) == Asked(kind=Kind.CHOICE)
    consent = common_questions("de")[Kind.CONSENT][0]
    assert heard(consent, Cue.CHOICE) == Asked(kind=Kind.CONSENT)


@pytest.mark.parametrize("kind", Kind)
def test_a_question_of_any_call_is_heard_as_its_kind(kind):
    meant = Kind.TELL if kind is Kind.MORE else kind
    assert heard(common_questions("de")[kind][0]) == Asked(kind=meant)


def test_more_is_asked_for_only_when_the_customer_is_satisfied():
    done = EmotionalState(anger=1, trust=8, feeling_heard=8)
    question = common_questions("de")[Kind.MORE][0]
    assert heard(question, Cue.CONCRETE_STEP, state=done) == Asked(kind=Kind.MORE)


def test_who_has_told_nothing_yet_begins_with_the_case_after_a_decent_reply_only():
    assert heard("Ich höre Ihnen zu.", told=Told()) == Asked(kind=Kind.TELL)
    assert heard("Ich höre Ihnen zu.", told=Told(), label=0) == Asked()
    assert heard("Ich höre Ihnen zu.") == Asked()


def test_nothing_is_answered_before_the_complaint():
    assert heard(ASKS["sister_call"], turn=1, told=Told()) == Asked()


def test_who_is_greeted_by_an_open_question_begins_with_what_happened():
    question = "Was ist denn passiert?"
    assert heard(question, Cue.OPEN_QUESTION, turn=1, told=Told()) == Asked(kind=Kind.TELL)
    assert heard(question, Cue.OPEN_QUESTION, turn=1, told=Told(), label=0) == Asked()


def test_a_number_is_asked_for_even_without_a_question_mark():
    told = "Ohne die Nummer öffnet sich die Maske nicht."
    assert heard(told, Cue.ASKS_NUMBER, label=0) == Asked(kind=Kind.DETAIL)
    assert heard(told, Cue.ASKS_NUMBER, Cue.CONCRETE_STEP, label=0) == Asked(kind=Kind.DETAIL)
    assert heard(told, label=0) == Asked()
    mail = CASE.model_copy(update={"channel": "email"})
    assert heard(told, Cue.ASKS_NUMBER, label=0, case=mail) == Asked()


def test_each_question_of_a_mail_is_heard_once():
    mail = CASE.model_copy(update={"channel": "email"})
    text = " ".join((ASKS["sister_call"], WHO_ELSE.questions[0], ASKS["sister_call"]))
    assert heard(text, case=mail).topics == ("sister_call", "answers.0")
