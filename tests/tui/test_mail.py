from __future__ import annotations

import pytest

from simulator.customer.answer import Answer, Moved, Spoken
from simulator.domain.act import Act
from simulator.store.drafts import Place
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.mail import MailPage, thread
from simulator.tui.widgets.mail_card import MailCard
from simulator.tui.widgets.mail_editor import MailEditor
from simulator.tui.widgets.transcript import Transcript
from tests.tui.cast import WAITING, Customer, Stage, lines, moved, seen, until

MAIL = (
    "Guten Tag Frau Yılmaz,\n\nseit drei Wochen warten Sie auf Ihr Geld, das tut mir leid."
    "\n\nFreundliche Grüße\nMia Brandt"
)
SIZES = [(80, 24), (200, 60)]


class Writer(Customer):
    """Answers by mail; ``calls_at`` that exchange rings up instead."""

    calls_at = 99
    mail = "Guten Tag Mia Brandt,\n\nund wann kommt es?\n\nViele Grüße\nYılmaz"

    def react(self, session, persona, scenario, cancelled):
        state, ledger = moved(session.state, better=False)
        yield Moved(state, ledger)
        calls = len(session.agent_turns) == self.calls_at
        if calls or session.called:
            said = "Yılmaz hier. Jetzt reden wir."
            yield Spoken(said)
            act = Act.HANG_UP if session.called else Act.DEMAND
            yield Answer(said, act, "authored", state, ledger, calls=calls)
            return
        yield Spoken(self.mail)
        yield Answer(self.mail, Act.QUESTION, "model", state, ledger)


@pytest.fixture
def desk(stage: Stage) -> Stage:
    stage.customer = Writer()
    return stage


def app_of(stage: Stage, language: str = "de"):
    return stage.app(language, persona="yilmaz", scenario="wartet")


async def at_desk(app, pilot) -> MailEditor:
    await until(pilot, lambda: isinstance(app.screen, MailPage) and app.line.switchboard)
    return app.screen.query_one(MailEditor)


async def send(app, pilot, text: str = MAIL) -> None:
    app.screen.query_one(MailEditor).text = text
    await pilot.press("ctrl+s")


@pytest.mark.parametrize("size", SIZES)
async def test_a_mail_is_written_in_lines_and_answered_by_one(desk: Stage, size):
    app = app_of(desk)
    async with app.run_test(size=size) as pilot:
        editor = await at_desk(app, pilot)
        await pilot.press("G", "u", "t", "enter", "J", "a")
        assert editor.text == "Gut\nJa"
        await until(pilot, lambda: "2 Wörter" in seen(app))
        await until(pilot, lambda: "An: Frau Yılmaz · AW: Wartet auf Geld" in seen(app))
        await send(app, pilot)
        await until(pilot, lambda: not app.screen.talking and "und wann kommt es?" in seen(app))
        assert editor.text == ""
        if size[0] < 110:
            await pilot.press("f3")
        await until(pilot, lambda: app.screen.query_one(MailCard).display)
        card = str(app.screen.query_one(MailCard).visual)
        assert "aufgegriffen" in card and "✓ Anrede mit Namen" in card
    (kept,) = desk.sessions.list()
    (turn,) = desk.sessions.session(kept.id).agent_turns
    assert turn.mail.signed == "Mia Brandt" and turn.mail.taken_up == len(turn.mail.points) == 1


@pytest.mark.parametrize(
    ("language", "ends", "never"),
    [("de", "Beenden", "Auflegen"), ("en", "Finish", "Hang up")],
)
async def test_nobody_hangs_up_a_mail(desk: Stage, language, ends, never):
    app = app_of(desk, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_desk(app, pilot)
        await until(pilot, lambda: ends in lines(app)[-1])
        assert never not in lines(app)[-1]
        await send(app, pilot)
        await until(pilot, lambda: not app.screen.talking)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
        told = "Mailwechsel beendet" if language == "de" else "ended the exchange of e-mails"
        await until(pilot, lambda: told in seen(app))


async def test_the_customer_calls_and_the_desk_becomes_a_telephone(desk: Stage):
    desk.customer.calls_at = 1
    app = app_of(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        editor = await at_desk(app, pilot)
        await send(app, pilot)
        await until(pilot, lambda: editor.telephone)
        await until(pilot, lambda: "Auflegen" in lines(app)[-1] and "Telefon" in lines(app)[0])
        assert "☎ Frau Yılmaz ruft an." in seen(app)
        assert "\n\nFrau Yılmaz: Yılmaz hier." in app.screen.query_one(Transcript).plain
        assert app.screen.query(".-customer").last().remark == ""
        assert "seit drei Wochen warte ich" in app.screen.query_one(Transcript).plain
        editor.text = "Guten Tag, was kann ich tun?"
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.over)
        assert "Frau Yılmaz hat aufgelegt." in seen(app)
    (kept,) = desk.sessions.list()
    session = desk.sessions.session(kept.id)
    assert session.called and not session.by_mail
    assert [turn.mail is None for turn in session.agent_turns] == [False, True]
    assert [turn.calls for turn in session.customer_turns] == [True, False]


async def test_a_call_that_came_of_mails_is_gone_on_with_on_the_phone(desk: Stage):
    desk.customer.calls_at = 1
    practice = desk.switchboard().connect("yilmaz", "wartet", "de", seed=3)
    list(practice.take_turn(MAIL))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.line.switchboard and "unterbrochen" in seen(app))
        await pilot.press("enter")
        editor = await at_desk(app, pilot)
        await until(pilot, lambda: editor.telephone and "Auflegen" in lines(app)[-1])


async def test_a_draft_outlives_the_app_and_goes_when_sent(desk: Stage):
    app = app_of(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        editor = await at_desk(app, pilot)
        editor.text = "Guten Tag Frau [Yılmaz],\n\nhalb fertig"
        await pilot.pause()
    assert desk.sessions.list() == ()
    app = app_of(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        editor = await at_desk(app, pilot)
        assert editor.text == "Guten Tag Frau [Yılmaz],\n\nhalb fertig"
        await until(pilot, lambda: "Entwurf von vorhin" in seen(app))
        await send(app, pilot)
        await until(pilot, lambda: not app.screen.talking and "und wann" in seen(app))
        place = Place("yilmaz", "wartet", "de")
        assert desk.sessions.drafts.of(place) == ""
        editor.text = "Zweiter Anlauf"
        await pilot.pause()
    (kept,) = desk.sessions.list()
    assert desk.sessions.drafts.of(Place("", "", "", session=kept.id)) == "Zweiter Anlauf"


async def test_ending_the_exchange_drops_what_was_not_sent(desk: Stage):
    app = app_of(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        editor = await at_desk(app, pilot)
        await send(app, pilot)
        await until(pilot, lambda: not app.screen.talking)
        editor.text = "Und noch etwas"
        await pilot.pause()
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
    (kept,) = desk.sessions.list()
    assert desk.sessions.drafts.of(Place("", "", "", session=kept.id)) == ""


async def test_leaving_without_a_mail_keeps_the_draft_and_no_session(desk: Stage):
    app = app_of(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        editor = await at_desk(app, pilot)
        editor.text = "Nur angefangen"
        await pilot.pause()
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, HomePage))
    assert desk.sessions.list() == ()
    assert desk.sessions.drafts.of(Place("yilmaz", "wartet", "de")) == "Nur angefangen"


async def test_a_mail_waiting_for_the_model_can_be_taken_back_and_none_be_interrupted(desk: Stage):
    desk.ready.clear()
    app = app_of(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, MailPage))
        await send(app, pilot)
        await until(pilot, lambda: "Zurückholen" in seen(app))
        await pilot.press("escape")
        assert app.screen.query_one(MailEditor).text == MAIL


async def test_the_debrief_shows_every_mail_point_by_point(desk: Stage):
    app = app_of(desk)
    async with app.run_test(size=(120, 100)) as pilot:
        await at_desk(app, pilot)
        await send(app, pilot, "Hallo,\n\nbitte haben Sie Geduld.\n\nIhr Serviceteam")
        await until(pilot, lambda: not app.screen.talking)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
        await until(pilot, lambda: "Deine Mails, Punkt für Punkt" in seen(app))
        assert "? Anrede ohne den Namen" in seen(app) and "? Gruß ohne deinen Namen" in seen(app)


async def test_what_the_checklist_cannot_do_is_said_once_below_all_mails(desk: Stage):
    app = app_of(desk)
    async with app.run_test(size=(120, 100)) as pilot:
        await at_desk(app, pilot)
        for text in (MAIL, "Hallo,\n\nbitte haben Sie Geduld."):
            await send(app, pilot, text)
            await until(pilot, lambda: not app.screen.talking)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
        await until(pilot, lambda: "Mail Nr. 2" in seen(app))
        assert seen(app).count("Verglichen werden Wörter, nicht der Sinn") == 1


def test_the_thread_holds_what_went_between_customer_and_company_only():
    from simulator.content.catalogue import Catalogue

    scenarios = Catalogue.load().scenarios
    for language in ("de", "en"):
        done = scenarios["erledigt-gemeldet"].text(language)
        assert [mail.date[:2] for mail in thread(done)] == ["6.", "12"] or language == "en"
        assert len(thread(done)) == 2 < sum(d.kind == "mail" for d in done.case_file)
        for scenario in scenarios.values():
            matter = scenario.text(language)
            if scenario.channel == "email":
                assert matter.thread_date and matter.thread_subject
    assert thread(WAITING.de) == ()
