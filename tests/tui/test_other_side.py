"""The other side on the screen: offered after a hard call, at one's own pace, a line at the end."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from simulator.coaching.diary import Diary
from simulator.tui.call import Call
from simulator.tui.messages import OtherSide
from simulator.tui.screens import other_side
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.other_side import OtherSidePage
from tests.tui.cast import CHARGED, YILMAZ, Stage, lines, seen, until
from tests.tui.desk import kept

SIZES = [(80, 24), (200, 60)]
OFFER = "Erst einmal durchatmen"


@pytest.fixture(autouse=True)
def _long_pause(monkeypatch):
    """Nothing goes on by itself unless a test lets it."""
    monkeypatch.setattr(other_side, "PAUSE", 999.0)


async def listening(app, pilot):
    await until(pilot, lambda: isinstance(app.screen, OtherSidePage))
    await until(pilot, lambda: "Wie es dir geht" in seen(app))
    return app.screen


def opened(stage: Stage, session, language="de"):
    return stage.app(language, replay=session.id, as_customer=True)


async def to_the_question(page, pilot):
    for _ in range(40):
        if page.has_class("-asking"):
            break
        await pilot.press("right")
    await until(pilot, lambda: page.has_class("-asking"))


@pytest.mark.parametrize("size", SIZES)
async def test_first_what_was_heard_then_what_it_did(stage: Stage, size):
    app = opened(stage, kept(stage))
    async with app.run_test(size=size) as pilot:
        await listening(app, pilot)
        assert "Du bist jetzt Frau Yılmaz" in seen(app) and "zweimal abgebucht" in seen(app)
        await pilot.press("right")
        await until(pilot, lambda: "Guten Tag, Frau Yılmaz" in seen(app))
        assert "1 von 4" in seen(app) and "Was das mit dir macht" not in seen(app)
        await pilot.press("enter")
        await until(pilot, lambda: "Was das mit dir macht" in seen(app))
        assert "▲ das tut gut: hört ihren Namen" in seen(app)
        await pilot.press("left")
        await until(pilot, lambda: "vor dem ersten Wort" in seen(app))


async def test_the_pause_ends_by_itself_and_space_lets_it_run_to_the_question(stage, monkeypatch):
    monkeypatch.setattr(other_side, "PAUSE", 0.01)
    monkeypatch.setattr(other_side, "WORDS_A_SECOND", 9999.0)
    app = opened(stage, kept(stage))
    async with app.run_test(size=(80, 24)) as pilot:
        page = await listening(app, pilot)
        await pilot.press("right")
        await until(pilot, lambda: "Was das mit dir macht" in seen(app))
        assert page.place == 1
        await pilot.press("space")
        await until(pilot, lambda: page.has_class("-asking"))
        assert "Welchen Satz hättest du als Frau Yılmaz gern gehört?" in seen(app)


async def test_the_line_is_kept_shown_again_and_deleted(stage: Stage):
    session = kept(stage)
    app = opened(stage, session)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await listening(app, pilot)
        await to_the_question(page, pilot)
        await until(pilot, lambda: "↑ Zurück" in lines(app)[-1])
        await pilot.press(*"Das war [unser] Fehler", "enter")
        await until(pilot, lambda: "Behalten, nur für dich." in seen(app))
        assert Diary.of(session.id, stage.sessions).line.text == "Das war [unser] Fehler"
        await pilot.press("left", "x")
        assert page.query_one(Input).value == "Das war [unser] Fehlexr"
        await pilot.press("up")
        await until(pilot, lambda: not page.has_class("-asking"))
        await to_the_question(page, pilot)
        page.query_one(Input).value = ""
        await pilot.press("enter")
        await until(pilot, lambda: "Gelöscht." in seen(app))
        assert stage.sessions.notes(session.id) == ()


async def test_opened_alone_it_leads_home_and_the_model_is_loaded(stage: Stage):
    app = opened(stage, kept(stage))
    async with app.run_test(size=(80, 24)) as pilot:
        await listening(app, pilot)
        assert app.line.switchboard is None
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomePage) and app.line.switchboard)


async def test_after_a_hard_call_it_is_offered_before_everything_else(stage: Stage):
    session = kept(stage)
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.line.switchboard)
        call = Call(YILMAZ, CHARGED, "de", "yilmaz", "doppelt", session=session)
        app.push_screen(DebriefPage(app.texts, call, session))
        await until(pilot, lambda: OFFER in seen(app))
        assert seen(app).index(OFFER) < seen(app).index("Was du bewirkt hast")
        await pilot.press("o")
        await listening(app, pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))


async def test_after_an_easy_call_there_is_only_the_key(stage: Stage):
    replies = ("Es tut mir leid.",) * 6
    events = kept(stage, replies=replies).model_copy()
    ended = events.ended.model_copy(update={"reason": "closed"})
    session = events.model_copy(update={"ended": ended})
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.line.switchboard)
        call = Call(YILMAZ, CHARGED, "de", "yilmaz", "doppelt", session=session)
        app.push_screen(DebriefPage(app.texts, call, session))
        await until(pilot, lambda: "Was du bewirkt hast" in seen(app))
        assert OFFER not in seen(app)
        assert app.screen.active_bindings["o"].enabled


@pytest.mark.parametrize(("language", "said"), [("de", "von außen"), ("en", "from outside")])
async def test_a_call_from_outside_says_what_nobody_knows(stage: Stage, language, said):
    session = kept(stage, origin="outside", language=language)
    app = stage.app(language)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.line.switchboard)
        app.post_message(OtherSide(session.id))
        await until(pilot, lambda: isinstance(app.screen, OtherSidePage))
        await until(pilot, lambda: said in seen(app))
        await pilot.press("f8")
        assert "Router [alt]" in app.clipboard
