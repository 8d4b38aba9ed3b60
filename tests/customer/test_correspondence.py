"""Whole mails, several facts in one, and the call when writing is no use."""

import random
from dataclasses import replace

import pytest

from simulator.content.catalogue import Catalogue
from simulator.customer.correspondence import body, letter, rings, signed
from simulator.domain.act import Act
from simulator.domain.annotation import Span
from simulator.domain.emotion import EmotionalState
from simulator.domain.mail import MailCheck, MailPoint
from tests.calls import NOON
from tests.customer.listeners import listener
from tests.customer.people import rated
from tests.customer.speakers import Speaker
from tests.customer.test_customer import answer, begun, replied, simulated

CATALOGUE = Catalogue.load()
CASE, WRITER = CATALOGUE.scenario("virenschutz"), CATALOGUE.persona("krueger")
PHONE = CATALOGUE.scenario("internet-kuendigung")
POOR, PLAIN, FINE = rated(0, 0, 0), rated(1, 1, 1), rated(2, 2, 2)


def check(*taken, signed="Katrin Behnke", kind="question", text="Liest das jemand?"):
    points = tuple(
        MailPoint(kind=kind, text=text, taken_up=each, spans=(Span(start=0, end=1),))
        for each in taken
    )
    return MailCheck(salutation="named", closing="named", signed=signed, points=points)


def mailed(session, scores=FINE, mail=None, text="Hm."):
    session = replied(session, scores, text)
    turn = session.turns[-1].model_copy(update={"mail": mail})
    return session.model_copy(update={"turns": (*session.turns[:-1], turn)})


def at(anger, trust=2.0):
    return EmotionalState(anger=anger, trust=trust, feeling_heard=2)


@pytest.mark.parametrize(
    ("anger", "scores", "mail", "act", "why"),
    [
        (9.0, POOR, None, Act.ACCUSE, "furious"),
        (9.0, FINE, None, Act.ACCUSE, None),
        (8.9, POOR, check("yes"), Act.ACCUSE, None),
        (7.0, PLAIN, check("no", "no"), Act.DEMAND, "ignored"),
        (7.0, FINE, check("no", "no"), Act.DEMAND, None),
        (7.0, PLAIN, check("no", "unsure"), Act.DEMAND, None),
        (6.0, PLAIN, check("no"), Act.DEMAND, None),
        (9.5, POOR, check("no"), Act.HANG_UP, None),
    ],
)
def test_who_is_furious_or_ignored_calls(anger, scores, mail, act, why):
    session = mailed(begun(WRITER, CASE), scores, mail)
    assert rings(session, CASE, at(anger), act) == why
    assert rings(session, PHONE, at(anger), act) is None


def test_ignored_twice_running_even_a_milder_customer_calls():
    once = mailed(begun(WRITER, CASE), PLAIN, check("no"))
    assert rings(once, CASE, at(4), Act.DEMAND) is None
    given = answer(once, WRITER, CASE, Speaker())
    again = mailed(once.after(given.turn(1, NOON)), PLAIN, check("no"))
    assert rings(again, CASE, at(4), Act.DEMAND) == "ignored"
    assert rings(again, CASE, at(3), Act.DEMAND) is None


def test_the_call_begins_in_the_same_session_and_goes_on_as_one():
    session = mailed(begun(WRITER, CASE), POOR, check("no", "no"))
    furious = session.model_copy(
        update={"started": session.started.model_copy(update={"start": at(9.5, 0)})}
    )
    given = answer(furious, WRITER, CASE, Speaker())
    assert given.calls and given.text.count("Krüger") == 1
    assert "Grüße" not in given.text and given.facts == (CASE.facts[0].id,)
    spoken = replied(furious.after(given.turn(1, NOON)), FINE, "Guten Tag, Herr Krüger.")
    assert spoken.called
    said = answer(spoken, WRITER, CASE, Speaker())
    assert not said.calls and "\n" not in said.text


def test_a_mail_greets_by_the_name_below_the_reply_and_asks_again_what_was_passed_over():
    session = mailed(begun(WRITER, CASE), FINE, check("no"))
    mail = letter(session, WRITER, at(5), Act.INFORM, ["So ist es.\nGrüße"], random.Random(1))
    greeting, said, again, farewell = mail.split("\n\n")
    assert (greeting, said) == ("Guten Tag Katrin Behnke,", "So ist es.")
    assert again.endswith("„Liest das jemand?“")
    assert farewell == "Gruß\nKrüger"
    thanks = letter(session, WRITER, at(2, 6), Act.THANK, ["Danke."], random.Random(1))
    assert thanks == "Hallo Katrin Behnke,\n\nDanke.\n\nViele Grüße\nKrüger"
    furious = letter(session, WRITER, at(9), Act.ACCEPT, ["Gut."], random.Random(1))
    assert furious == "Katrin Behnke,\n\nGut.\n\nKrüger"


def test_what_was_passed_over_is_asked_again_only_once():
    session = mailed(begun(WRITER, CASE), FINE, check("no"))
    first = letter(session, WRITER, at(5), Act.INFORM, ["Ja."], random.Random(1))
    given = answer(session, WRITER, CASE, Speaker()).turn(1, NOON)
    later = mailed(session.after(given.model_copy(update={"text": first})), FINE, check("no"))
    second = letter(later, WRITER, at(5), Act.INFORM, ["Doch."], random.Random(1))
    assert "„Liest" in first and "„Liest" not in second


@pytest.mark.parametrize(
    ("kind", "point", "again"),
    [
        ("request", "Schicken Sie mir bitte die Rechnung.", True),
        ("request", "Ich erwarte ein tadelloses Gerät und keine Diskussion.", False),
        ("question", "Ich wüsste gern, ob das jemand liest.", False),
        ("complaint", "Das Gerät ist immer noch kaputt, bitte.", False),
    ],
)
def test_only_what_was_asked_outright_is_quoted(kind, point, again):
    session = mailed(begun(WRITER, CASE), FINE, check("no", kind=kind, text=point))
    mail = letter(session, WRITER, at(5), Act.INFORM, ["Ja."], random.Random(1))
    assert (f"„{point}“" in mail) is again


def test_a_mail_tells_as_much_as_was_asked_for():
    reply = "Seit wann erscheint das rote Fenster?\nWas hieß es an der Theke?\nGeht es Ihnen gut?"
    ids = ("red_window", "shop_promise", "same_offer")
    session = mailed(begun(WRITER, CASE), FINE, check("yes"), reply)
    hearing = replace(simulated("de", Speaker()), listener=listener())
    *_, given = hearing.react(session, WRITER, CASE)
    assert given.facts == ids[:2]
    lines = {body(line.text, "de"): line.fact for line in CASE.de.lines if line.fact}
    told = {fact for line, fact in lines.items() if line in given.text}
    assert told == set(ids[:2])
    assert len(given.text.split("\n\n")) == 4


@pytest.mark.parametrize(
    ("line", "bare", "language"),
    [
        ("Guten Tag, ich warte.\nMit bestem Dank und Gruß", "Ich warte.", "de"),
        ("Liebe Frau Behnke, ich warte.", "Ich warte.", "de"),
        ("Lieber ist mir ein Brief, ehrlich.", "Lieber ist mir ein Brief, ehrlich.", "de"),
        ("Thank you.\nWith best wishes", "Thank you.", "en"),
        ("Hello, where is it? Kind regards", "Where is it?", "en"),
        (
            "Das ist kein Gruß wert, wirklich nicht.",
            "Das ist kein Gruß wert, wirklich nicht.",
            "de",
        ),
    ],
)
def test_a_line_goes_into_a_mail_without_its_own_frame(line, bare, language):
    assert body(line, language) == bare


def test_every_shipped_thread_can_be_signed():
    for who, what in CATALOGUE.pairs():
        for language in ("de", "en"):
            thread = what.text(language).thread
            if thread:
                name = who.text(language).name.split()[-1]
                assert signed(thread, who, language).endswith(f"\n{name}")
