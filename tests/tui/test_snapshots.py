"""How the screens look; ``pytest --snapshot-update`` takes new pictures."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from simulator.domain.conversation import CallEnded, CallStarted
from simulator.tui.call import Call
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.practice import PracticePage
from simulator.tui.widgets.composer import Composer
from tests.tui.cast import CHARGED, NOW, YILMAZ, Stage, seen, until


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


async def at_home(pilot: Pilot[None]) -> None:
    app = pilot.app
    app.screen.query_one(Input).cursor_blink = False
    await until(pilot, lambda: app.line.switchboard and app.past and "Frau" in seen(app))


def after(*replies: str, light: bool = False) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def talk(pilot: Pilot[None]) -> None:
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, PracticePage) and app.line.switchboard)
        composer = app.screen.query_one(Composer)
        composer.cursor_blink = False
        if light:
            app.action_light()
        for number, reply in enumerate(replies, start=1):
            composer.text = reply
            await pilot.press("enter")
            await until(
                pilot,
                lambda n=number: (
                    not app.screen.talking
                    and app.screen._handset.session
                    and len(app.screen._handset.session.customer_turns) == n
                ),
            )
        await pilot.pause(0.2)

    return talk


async def over_debrief(pilot: Pilot[None]) -> None:
    app, session = pilot.app, pilot.app.screen._handset.session
    call = Call(YILMAZ, CHARGED, session.started.language, "yilmaz", "doppelt")
    app.push_screen(DebriefPage(app.texts, call, session))
    await until(pilot, lambda: isinstance(app.screen, DebriefPage) and "8" in seen(app))
    await pilot.pause(0.2)


def test_home(stage: Stage, snap_compare):
    start = CallStarted(
        session="abc", at=NOW, persona="yilmaz", scenario="wartet", language="de", seed=1,
        start=YILMAZ.start,
    )  # fmt: skip
    stage.sessions.append("abc", start)
    stage.sessions.append("abc", CallEnded(at=NOW, reason="closed"))
    assert snap_compare(stage.app("de"), terminal_size=(80, 24), run_before=at_home)


GERMAN = ("Es tut mir leid, [Frau Yılmaz] 😀.", "Bitte beruhigen Sie sich.")
ENGLISH = ("I am sorry that you were charged twice.", "Please calm down.")


@pytest.mark.parametrize(
    ("language", "size", "replies"), [("de", (80, 24), GERMAN), ("en", (200, 60), ENGLISH)]
)
def test_practice(stage: Stage, snap_compare, language, size, replies):
    stage.customer.gate.set()
    app = stage.app(language, persona="yilmaz", scenario="doppelt")
    talk = after(*replies, light=language == "en")
    assert snap_compare(app, terminal_size=size, run_before=talk)


@pytest.mark.parametrize(
    ("language", "size", "replies"), [("en", (80, 24), ENGLISH), ("de", (200, 60), GERMAN)]
)
def test_debrief(stage: Stage, snap_compare, language, size, replies):
    stage.customer.gate.set()
    app = stage.app(language, persona="yilmaz", scenario="doppelt")

    async def whole(pilot: Pilot[None]) -> None:
        await after(*replies)(pilot)
        await over_debrief(pilot)

    assert snap_compare(app, terminal_size=size, run_before=whole)
