"""The checklist of a mail: what its words prove, and what they do not."""

import pytest

from simulator.content.catalogue import Catalogue
from simulator.scoring.mail import check_mail, points

MAIL = """Guten Tag,

am 3. März habe ich auf Ihr Angebot geantwortet: ja, bitte verlängern, 34,90 € sind in Ordnung.
Seit Ende Februar braucht mein PC zwanzig Minuten zum Starten. Wann kann ich ihn vorbeibringen?

Mit freundlichen Grüßen
Ayşe Yılmaz"""
GOOD = """Guten Tag Frau Yılmaz,

der Virenschutz ist für 34,90 € verlängert. Zwanzig Minuten zum Starten sind zu viel. Sie können
den PC gern vorbeibringen, am besten am Donnerstag um 10 Uhr.

Freundliche Grüße
Katrin Behnke
Kundenbüro"""


def checked(reply, mail=MAIL, language="de", name="Frau Yılmaz", **more):
    return check_mail(reply, mail, language, name, **more)


def words(check, reply):
    return [[reply[s.start : s.end] for s in point.spans] for point in check.points]


def test_a_mail_that_takes_up_everything():
    check = checked(GOOD)
    assert [point.kind for point in check.points] == ["request", "complaint", "question"]
    assert [point.taken_up for point in check.points] == ["yes", "yes", "yes"]
    assert (check.salutation, check.closing, check.signed) == ("named", "named", "Katrin Behnke")
    assert "34,90" in words(check, GOOD)[0][0]
    assert "Donnerstag" in words(check, GOOD)[2]
    assert not check.asked_again and not check.missed and not check.ignored


def test_what_does_not_come_back_is_missing_and_has_no_evidence():
    reply = "Guten Tag,\n\nder Virenschutz ist für 34,90 € verlängert.\n\nIhr Serviceteam"
    check = checked(reply)
    assert [point.taken_up for point in check.points] == ["yes", "no", "unsure"] or [
        point.taken_up for point in check.points
    ] == ["yes", "no", "no"]
    assert check.points[1].spans == ()
    assert (check.salutation, check.closing, check.signed) == ("unnamed", "unnamed", "")


def test_a_form_letter_ignores_the_mail():
    check = checked(
        "Sehr geehrter Kunde,\n\nvielen Dank. Wir sind für Sie da.\n\nIhr Kundenservice"
    )
    assert check.ignored and check.taken_up == 0


@pytest.mark.parametrize(
    ("salutation", "expected"),
    [
        ("Guten Tag, Frau Yılmaz,", "named"),
        ("Frau Yılmaz,", "named"),
        ("Liebe Ayşe Yılmaz,", "named"),
        ("Guten Tag Frau Yilmaz,", "misspelt"),
        ("Guten Tag Frau Yilmatz,", "misspelt"),
        ("Guten Tag Herr Yılmaz,", "misspelt"),
        ("Sehr geehrte Damen und Herren,", "unnamed"),
        ("Ihr Anliegen wird bearbeitet.", "missing"),
    ],
)
def test_the_name_counts_as_the_customer_writes_it(salutation, expected):
    assert checked(f"{salutation}\n\ndas kläre ich.\n\nGruß\nK. Behnke").salutation == expected


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ("Kind regards\nCatherine Benn", ("named", "Catherine Benn")),
        ("All the best,\nOllie Tranter, Renewals", ("named", "Ollie Tranter")),
        ("Yours\nC. Benn", ("named", "C. Benn")),
        ("Kind regards\nYour service team", ("unnamed", "")),
        ("Kind regards\nYour feedback helps us", ("unnamed", "")),
        ("Kind regards\nAnna von der Heide", ("named", "Anna von der Heide")),
        ("Regards\nAlderbrook Energy", ("unnamed", "")),
        ("I'll see to it.", ("missing", "")),
    ],
)
def test_a_mail_is_signed_by_a_person(closing, expected):
    check = checked(
        f"Hello,\n\nI will look into it.\n\n{closing}", "Why twice?", "en", "Ms Park",
        company="Alderbrook Energy",
    )  # fmt: skip
    assert (check.closing, check.signed) == expected


def test_what_the_file_says_is_not_asked_again():
    ask = "Guten Tag,\n\nnennen Sie mir bitte Ihre Kundennummer.\n\nGruß\nK. Behnke"
    assert not checked(ask, "Wo bleibt mein Geld?").asked_again
    check = checked(ask, "Wo bleibt mein Geld?", known="Kd.-Nr. 20417")
    (span,) = check.asked_again
    assert "Kundennummer" in ask[span.start : span.end]


def test_a_list_is_taken_apart_and_wrapped_lines_are_joined():
    mail = (
        "Hello,\n1. fourteen seats in place of twenty,\n2. monthly payment.\nKind regards\nA. Lee"
    )
    assert [point.kind for point in points(mail, "en")] == ["request", "request"]
    wrapped = (
        "Hallo,\n\nWann ist das Geld, das Sie doppelt abgebucht haben, wieder auf\nmeinem Konto?"
    )
    (point,) = points(wrapped, "de")
    assert point.text.endswith("wieder auf meinem Konto?")


def test_a_yes_answers_a_question_that_wants_one_at_most_perhaps():
    check = checked(
        "Hallo,\n\nnein. Das verspreche ich.\n\nGruß\nK. Behnke", "Passiert das wieder?"
    )
    assert [point.taken_up for point in check.points] == ["unsure"]


def test_thanks_alone_want_nothing():
    assert points("Guten Tag,\n\nvielen Dank, so machen wir es.\n\nViele Grüße\nYılmaz", "de") == ()


def test_every_shipped_mail_has_points():
    for scenario in Catalogue.load().scenarios.values():
        if scenario.channel == "email":
            for language in ("de", "en"):
                assert len(points(scenario.text(language).thread, language)) >= 2


@pytest.mark.parametrize("reply", ["", "\n", "Grüße", "Guten Tag", ",,,", "🙂", "Dr. Dr."])
def test_nothing_breaks_on_next_to_nothing(reply):
    assert checked(reply).taken_up == 0
