from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.content.catalogue import Catalogue
from simulator.customer.answer import Answer, Moved, Spoken
from simulator.customer.customer import SimulatedCustomer
from simulator.customer.dynamics import Dynamics
from simulator.customer.planner import Planner
from simulator.domain.act import Act
from simulator.domain.conversation import CallEnded, CallStarted, CustomerTurn, Session
from simulator.domain.emotion import EmotionalState
from simulator.errors import StoreError, UsageError
from simulator.i18n import explain
from simulator.lm.scripted import ScriptedLM
from simulator.practice import LONGEST_REPLY, Answered, Ended, Practice, Scored, clean
from tests.calls import NOON
from tests.customer.listeners import listener
from tests.customer.people import rated

CATALOGUE = Catalogue.load()
WHAT = CATALOGUE.scenario("internet-kuendigung")
WHO = CATALOGUE.persona(WHAT.personas[0])
MAIL = next(what for what in CATALOGUE.scenarios.values() if what.channel == "email")
CALM = EmotionalState(anger=2, trust=7, feeling_heard=7)
CUSTOMER = SimulatedCustomer(
    ScriptedLM(["Ach, und jetzt?", "Das hör ich öfter.", "Wie bitte?"]),
    Dynamics.load(),
    Planner.load(),
    listener(),
)


class Marks:
    """Rates every reply alike and notes what it was shown."""

    def __init__(self):
        self.asked = []

    def score(self, reply, context, language, earlier=(), act=None):
        self.asked.append((reply, context, language, earlier))
        return rated(1, 1, 1)


class Says:
    """A customer who says the planned acts in turn."""

    def __init__(self, *acts, text="Na gut."):
        self.acts = list(acts)
        self.text = text

    def react(self, session, persona, scenario, cancelled):
        yield Moved(CALM, ())
        yield Spoken(self.text)
        yield Answer(
            text=self.text,
            act=self.acts.pop(0) if self.acts else Act.VENT,
            source="authored",
            state=CALM,
            ledger=(),
            interrupted=cancelled(),
        )


def practice(customer=CUSTOMER, keep=None, rater=None, what=WHAT, language="de"):
    who = CATALOGUE.persona(what.personas[0])
    started = CallStarted(
        session="abc123",
        at=NOON,
        persona=who.id,
        scenario=what.id,
        language=language,
        seed=3,
        start=who.start,
    )
    ticks = (NOON + timedelta(seconds=n) for n in range(10_000))
    return Practice(
        Session(started=started),
        who,
        what,
        rater or Marks(),
        customer,
        keep or (lambda _event: None),
        lambda: next(ticks),
    )


def test_a_turn_is_scored_then_felt_then_spoken_then_answered():
    call = practice()
    steps = list(call.take_turn("Guten Tag, Talnetz Breitband."))
    assert [type(step) for step in steps[:2]] == [Scored, Moved]
    assert isinstance(steps[-1], Answered)
    assert all(isinstance(step, Spoken) for step in steps[2:-1])
    assert "".join(s.text for s in steps[2:-1]).strip() == steps[-1].turn.text
    assert call.session.turns == (steps[0].turn, steps[-1].turn)
    assert steps[0].turn.at < steps[-1].turn.at


def test_every_event_is_kept_before_the_step_that_shows_it():
    kept = []
    call = practice(Says(Act.CLOSE), kept.append)
    seen = []
    for step in call.take_turn("Gern."):
        shown = getattr(step, "turn", getattr(step, "event", None))
        if shown is not None:
            assert kept[-1] is shown
            seen.append(shown)
    assert seen == kept
    assert len(kept) == 3


@pytest.mark.parametrize("full_at", [1, 2, 3])
def test_what_could_not_be_kept_has_not_happened_and_can_be_taken_again(full_at):
    kept, broken = [], full_at

    def keep(event):
        nonlocal broken
        if len(kept) + 1 == broken:
            broken = 0
            raise StoreError("store_disk_full", folder="/")
        kept.append(event)

    call = practice(Says(Act.CLOSE, Act.CLOSE), keep)
    with pytest.raises(StoreError):
        list(call.take_turn("Gern."))
    assert list(call.session.turns) == kept
    assert not call.over
    if full_at == 1:
        list(call.take_turn("Gern."))
    elif full_at == 2:
        list(call.answer())
    else:
        call.end("closed")
    assert call.over
    assert len(kept) == 3


@pytest.mark.parametrize(
    ("reply", "key"),
    [
        ("", "empty_reply"),
        (" \n\t ", "empty_reply"),
        ("\x00\x1b\u200b", "empty_reply"),
        ("a" * (LONGEST_REPLY + 1), "reply_too_long"),
    ],
)
def test_a_reply_nobody_could_answer_is_refused_and_leaves_no_trace(reply, key):
    kept = []
    call = practice(keep=kept.append)
    with pytest.raises(UsageError) as caught:
        list(call.take_turn(reply))
    assert caught.value.key == key
    assert all(explain(caught.value, language) for language in ("de", "en"))
    assert kept == []
    assert call.session.turns == ()


def test_a_reply_of_just_the_longest_length_is_heard():
    rater = Marks()
    list(practice(rater=rater).take_turn(" " + "a" * LONGEST_REPLY + "\n"))
    assert rater.asked[0][0] == "a" * LONGEST_REPLY


def test_after_the_end_nothing_is_said():
    call = practice(Says(Act.HANG_UP))
    assert list(call.take_turn("Tja."))[-1] == Ended(call.session.ended)
    with pytest.raises(UsageError) as caught:
        list(call.take_turn("Hallo?"))
    assert caught.value.key == "call_over"


def test_while_the_customer_has_not_answered_the_next_reply_waits():
    call = practice()
    next(call.take_turn("Guten Tag."))
    with pytest.raises(UsageError) as caught:
        list(call.take_turn("Hallo?"))
    assert caught.value.key == "customer_is_speaking"
    assert len(call.session.turns) == 1


def test_an_unanswered_reply_is_answered_on_resuming_as_it_would_have_been():
    whole, cut = practice(), practice()
    list(whole.take_turn("Guten Tag."))
    next(cut.take_turn("Guten Tag."))
    resumed = practice()
    resumed.session = cut.session
    steps = list(resumed.answer())
    assert isinstance(steps[0], Moved)
    assert steps[-1].turn.text == whole.session.turns[-1].text
    assert steps[-1].turn.turn == 1
    assert list(resumed.answer()) == []


@pytest.mark.parametrize(
    ("act", "reason"), [(Act.CLOSE, "closed"), (Act.HANG_UP, "hung_up"), (Act.THANK, None)]
)
def test_goodbye_and_hanging_up_end_the_call_and_nothing_else_does(act, reason):
    call = practice(Says(act))
    steps = list(call.take_turn("Gern."))
    assert call.over == (reason is not None)
    if reason:
        assert steps[-1].event.reason == reason


def test_a_goodbye_cut_short_is_none():
    call = practice(Says(Act.CLOSE))
    steps = list(call.take_turn("Moment noch!", lambda: True))
    assert steps[-1].turn.interrupted
    assert not call.over


def test_ended_by_hand_the_reason_is_kept():
    kept = []
    call = practice(keep=kept.append)
    ended = call.end("left")
    assert kept == [ended.event] == [call.session.ended]
    assert isinstance(ended.event, CallEnded)
    assert ended.event.reason == "left"


def test_the_rater_sees_what_was_answered_and_all_that_was_heard_before():
    rater = Marks()
    call = practice(Says(text="Eins."), rater=rater)
    list(call.take_turn("a"))
    call._customer = Says(text="Zwei.")
    list(call.take_turn("b"))
    list(call.take_turn("c"))
    assert rater.asked == [
        ("a", "", "de", ()),
        ("b", "Eins.", "de", ()),
        ("c", "Zwei.", "de", ("Eins.",)),
    ]


def test_the_mail_to_be_answered_has_been_heard():
    rater = Marks()
    list(practice(rater=rater, what=MAIL, language="en").take_turn("Dear customer,"))
    assert rater.asked == [("Dear customer,", MAIL.en.thread, "en", ())]


def test_exchanges_are_counted_from_one():
    call = practice(Says())
    for _ in range(3):
        list(call.take_turn("Ja?"))
    assert [turn.turn for turn in call.session.turns] == [1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Guten Tag.  ", "Guten Tag."),
        ("Eins\nZwei", "Eins\nZwei"),
        ("Eins\r\nZwei\t!", "Eins\nZwei!"),
        ("rot\x1b[31m\x07", "rot[31m"),
        ("[b]fett[/b] \U0001f621", "[b]fett[/b] \U0001f621"),
        ("a\u202eb\u200bc", "abc"),
        ("\ud800", ""),
    ],
)
def test_what_is_typed_is_kept_without_control_characters(typed, kept):
    assert clean(typed) == kept


TYPED = st.text(max_size=120) | st.text(
    st.sampled_from("[]/{}<>|\\\"'%\n\t\r\x00\x1b\u202e\u200f\u0627\u05d0😡é ß.,!?Kunde:"),
    max_size=60,
)


@given(TYPED)
def test_whatever_is_typed_is_refused_or_taken_whole_and_answered(typed):
    call = practice()
    text = clean(typed)
    if not text:
        with pytest.raises(UsageError):
            list(call.take_turn(typed))
        return
    list(call.take_turn(typed))
    reply, answer = call.session.turns
    assert reply.text == text
    assert reply.text.replace("\n", "").isprintable()
    assert clean(reply.text) == reply.text
    assert isinstance(answer, CustomerTurn)
    assert answer.text
    kept = Session.model_validate_json(call.session.model_dump_json())
    assert kept == call.session


def test_the_clock_of_a_call_has_a_zone():
    call = Practice(practice().session, WHO, WHAT, Marks(), Says(), lambda _event: None)
    list(call.take_turn("Ja?"))
    assert call.session.turns[0].at.tzinfo is UTC
    assert call.session.turns[0].at <= datetime.now(UTC)
