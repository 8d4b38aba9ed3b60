"""A call as the customer lived it, from the record and the content."""

from __future__ import annotations

from simulator.coaching.other_side import OtherSide
from simulator.coaching.other_side_words import OtherSideWords
from simulator.domain.conversation import CallEnded, CustomerTurn, Session
from simulator.i18n import Texts
from tests.calls import started
from tests.tui.cast import CHARGED, NOW, WAITING, YILMAZ, catalogue
from tests.tui.desk import GERMAN, recorded


def told(session: Session, language="de") -> str:
    return OtherSideWords(OtherSide.of(session, catalogue()), Texts(language)).whole()


def with_answers(**updates) -> Session:
    """Return the recorded call with its answers changed: turn → what differs."""
    events = [
        event.model_copy(update=updates.get(f"turn{event.turn}", {}))
        if isinstance(event, CustomerTurn)
        else event
        for event in recorded()
    ]
    return Session.of(events)


def test_every_exchange_is_lived_once_beginning_before_the_first_word():
    session = Session.of(recorded())
    side = OtherSide.of(session, catalogue())
    assert [each.turn for each in side.experiences] == [0, 1, 2, 3, 4]
    first, *others = side.experiences
    assert (first.heard, first.said, first.now) == (None, "", YILMAZ.start)
    assert first.unsaid == ("zweimal abgebucht",)
    assert [each.heard.text for each in others] == list(GERMAN)
    assert [each.said for each in others] == [t.text for t in session.customer_turns]
    assert others[1].before == others[0].now
    assert side.gap is None and side.turns == 4


def test_thoughts_are_never_repeated_and_come_again_with_the_call():
    session = Session.of(recorded())
    thoughts = [e.thought for e in OtherSide.of(session, catalogue()).experiences]
    assert all(thoughts) and len(thoughts) == len(set(thoughts))
    assert [e.thought for e in OtherSide.of(session, catalogue()).experiences] == thoughts


def test_a_fact_is_unsaid_until_it_is_told():
    session = with_answers(turn2={"facts": ("twice",)})
    unsaid = [e.unsaid for e in OtherSide.of(session, catalogue()).experiences]
    assert unsaid == [("zweimal abgebucht",)] * 2 + [()] * 3


def test_the_words_tell_what_moved_whom_and_how_it_ended():
    text = told(Session.of(recorded()))
    assert text.startswith("Du bist jetzt Frau Yılmaz · Doppelt abgebucht")
    order = [
        "[vor dem ersten Wort]",
        "Du bist wütend, traust hier niemandem und fühlst dich übergangen.",
        "Ungesagt bleibt:\n   – zweimal abgebucht",
        "Worum es eigentlich geht:\n   Sie will hören, dass es nicht ihr Fehler war.",
        "[3 von 4]",
        "Du hörst:\n   Bitte beruhigen Sie sich erst einmal.",
        "▼ das tut gut: fühlt sich bevormundet: Ärger",
        "Du denkst:\n   „",
        "Du sagst:\n   Zweimal abgebucht, und keiner meldet sich! (Antwort 3)",
        "Du hast aufgelegt.",
        "Gesagt hast du es nicht.",
    ]
    at = 0
    for part in order:
        at = text.find(part, at)
        assert at >= 0, part


def test_what_was_really_wanted_is_told_where_it_came_out():
    text = told(with_answers(turn4={"need": True}))
    assert "Gerade hast du es ausgesprochen." in text.split("[4 von 4]")[1]
    assert text.endswith("Gesagt hast du es.")


def test_in_english_too():
    text = told(Session.of(recorded()), "en")
    assert "You are furious, trust nobody here and feel passed over." in text
    assert "Left unsaid:" in text and "You hung up." in text


def test_by_email_one_reads_and_writes():
    events = (
        recorded()[0].model_copy(update={"scenario": WAITING.id}),
        *recorded()[1:],
    )
    text = told(Session.of(events))
    assert "Du schreibst:\n   Guten Tag,\n   seit drei Wochen" in text
    assert "Du liest:" in text and "Du hörst:" not in text


def test_a_reply_that_was_never_answered_stays_without_an_answer():
    *events, _, _ = recorded()
    session = Session.of([*events, CallEnded(at=NOW, reason="left")])
    last = OtherSide.of(session, catalogue()).experiences[-1]
    assert (last.turn, last.said, last.thought, last.effects) == (4, "", "", ())
    text = told(session)
    assert "Darauf antwortest du nicht mehr." in text
    assert "Am anderen Ende ist niemand mehr." in text


def test_a_call_without_a_word_has_only_its_beginning():
    call = started().model_copy(update={"persona": YILMAZ.id, "scenario": CHARGED.id})
    assert [e.turn for e in OtherSide.of(Session.of([call]), catalogue()).experiences] == [0]


def test_a_real_customer_is_given_no_thoughts_and_no_feelings():
    session = Session.of(recorded(origin="outside"))
    side = OtherSide.of(session, catalogue())
    assert side.gap == "outside" and not side.need
    assert all(not e.thought and e.now is None and not e.unsaid for e in side.experiences)
    text = told(session)
    assert "was Frau Sommer" not in text and "Was Frau Sommer gefühlt und gedacht hat" in text
    assert "▼ „beruhigen“: Zur Ruhe ermahnt" in text
    assert "Du denkst" not in text and "aufgelegt" not in text


def test_content_that_has_gone_or_changed_is_said_in_a_sentence():
    start, *rest = recorded()
    gone = start.model_copy(update={"persona": "niemand"})
    assert OtherSide.of(Session.of([gone, *rest]), catalogue()).gap == "gone"
    assert "ist nicht mehr da" in told(Session.of([gone, *rest]))
    changed = start.model_copy(update={"content": "anders"})
    assert OtherSide.of(Session.of([changed, *rest]), catalogue()).gap == "changed"
