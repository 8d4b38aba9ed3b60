from __future__ import annotations

import pytest

from simulator.domain.conversation import CallEnded
from simulator.tui.call import Call
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.practice import PracticePage
from simulator.tui.widgets.composer import Composer
from tests.tui.cast import CHARGED, NOW, YILMAZ, Stage, seen, until

REPLIES = ("Es tut mir leid, das war unser Fehler.", "Bitte beruhigen Sie sich erst mal.")


def had(stage: Stage, *replies: str):
    stage.customer.gate.set()
    practice = stage.switchboard().connect("yilmaz", "doppelt", "de", seed=11)
    for reply in replies:
        list(practice.take_turn(reply))
    stage.sessions.append(practice.session.id, CallEnded(at=NOW, reason="left"))
    return stage.sessions.session(practice.session.id)


async def debrief(app, pilot, session) -> None:
    await until(pilot, lambda: app.line.switchboard)
    call = Call(YILMAZ, CHARGED, "de", "yilmaz", "doppelt", session=session)
    app.push_screen(DebriefPage(app.texts, call, session))
    await until(pilot, lambda: isinstance(app.screen, DebriefPage) and "8,0" in seen(app))


async def test_the_effect_comes_first_and_everything_in_its_order(stage: Stage):
    session = had(stage, *REPLIES, REPLIES[0])
    app = stage.app()
    async with app.run_test(size=(200, 100)) as pilot:
        await debrief(app, pilot, session)
        await until(pilot, lambda: "Ein guter Ausgang" in seen(app))
        text = seen(app)
        order = [
            "Was du bewirkt hast",
            "Ärger von 8,0 auf 6,5",
            "Du hast das Gespräch beendet.",
            "Verlauf",
            "stärkste Antwort (Nr. 1)",
            "mehr drin (Nr. 2)",
            "▼ „beruhigen“ · Zur Ruhe ermahnt",
            "(aus einem anderen Gespräch)",
            "Gespiegelt oder gefragt hast du in keiner von 3 Antworten",
            "nicht ihr Fehler",
            "Frau Yılmaz hat es dir gesagt.",
            "jemand meldet sich von selbst",
        ]
        places = [text.find(part) for part in order]
        assert -1 not in places and places == sorted(places), list(zip(order, places, strict=True))


@pytest.mark.parametrize(("key", "same_seed"), [("r", True), ("n", False)])
async def test_the_call_can_be_had_again(stage: Stage, key, same_seed):
    session = had(stage, REPLIES[0])
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await debrief(app, pilot, session)
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, PracticePage))
        app.screen.query_one(Composer).text = "Guten Tag, was ist passiert?"
        await pilot.press("enter")
        await until(pilot, lambda: len(stage.sessions.list()) == 2)
        other = next(s.id for s in stage.sessions.list() if s.id != session.id)
        assert (stage.sessions.session(other).started.seed == 11) is same_seed


async def test_back_home(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await debrief(app, pilot, had(stage, REPLIES[0]))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomePage))


async def test_copying_takes_the_whole_debrief(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await debrief(app, pilot, had(stage, REPLIES[1]))
        await pilot.press("c")
        assert "Was du bewirkt hast" in app.clipboard
        assert "nicht ihr Fehler" in app.clipboard and "▼beruhigen" in app.clipboard
