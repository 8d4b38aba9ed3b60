from __future__ import annotations

import subprocess
import sys

import pytest
from textual.command import CommandPalette
from textual.widgets import OptionList

from simulator.domain.conversation import CallEnded
from simulator.errors import ModelError
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.go_on import GoOnSheet
from simulator.tui.screens.help import HelpSheet
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.practice import PracticePage
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.call_list import CallList
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.load_bar import LoadBar
from simulator.tui.widgets.past_list import PastList
from tests.tui.cast import NOW, Stage, lines, seen, until

SIZES = [(80, 24), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "claim"),
    [("de", "schwierige Gespräche üben"), ("en", "practise difficult calls")],
)
async def test_home_can_be_used_while_the_model_loads(stage: Stage, size, language, claim):
    stage.ready.clear()
    app = stage.app(language)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.line.stage == "weights" and app.catalogue)
        await pilot.press(*"lüdtke")
        await until(pilot, lambda: app.screen.query_one(CallList).option_count == 1)
        assert claim in seen(app)
        assert app.screen.query_one(LoadBar).display and "40%" in seen(app)
        stage.ready.set()
        await until(pilot, lambda: app.line.switchboard)
        assert not app.screen.query_one(LoadBar).display


def test_the_app_paints_without_torch_or_the_database():
    script = (
        "import sys, simulator.tui.app;"
        "print(sorted({'torch', 'transformers', 'sqlalchemy', 'ruamel'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]", done.stderr


async def test_a_failed_connection_is_told_and_tried_again(stage: Stage):
    stage.fails_with = [ModelError("call_over"), RuntimeError("out of [memory]")]
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.line.failed)
        assert "Das Gespräch ist zu Ende" in app.screen.query_one(Banner).sentence[1]
        await pilot.press("f5")
        await until(pilot, lambda: "[memory]" in seen(app))
        assert "RuntimeError" in seen(app) and "Traceback" not in seen(app)
        await pilot.press("f5")
        await until(pilot, lambda: app.line.switchboard)
        assert not app.screen.query_one(Banner).display


async def test_a_call_asked_for_opens_at_once(stage: Stage):
    app = stage.app(persona="yilmaz", scenario="wartet", call_language="en", seed=7)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, PracticePage))
        await until(pilot, lambda: "I have been waiting for my money" in seen(app))
        await until(pilot, lambda: app.line.switchboard)
        app.screen.query_one(Composer).text = "I am sorry that you had to wait."
        await pilot.press("ctrl+s")
        await until(pilot, stage.sessions.list)
        (summary,) = stage.sessions.list()
        started = stage.sessions.session(summary.id).started
        assert (started.seed, started.language, started.persona) == (7, "en", "yilmaz")


async def test_an_unknown_call_is_told_on_home(stage: Stage):
    app = stage.app(persona="yilmas", scenario="wartet")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "meintest du „yilmaz“" in seen(app))
        assert isinstance(app.screen, HomePage)


def cut_off(stage: Stage, answered: bool = True) -> str:
    """Leave a call as a kill leaves it: begun, one reply kept, perhaps its answer."""
    stage.customer.gate.set()
    practice = stage.switchboard().connect("yilmaz", "doppelt", "de", seed=3)
    for step in practice.take_turn("Es tut mir leid, das war unser Fehler."):
        if not answered and practice.session.unanswered:
            del step
            break
    return practice.session.id


async def test_the_next_start_offers_to_go_on(stage: Stage):
    cut_off(stage)
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, GoOnSheet))
        assert "Frau Yılmaz · Doppelt abgebucht" in seen(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PracticePage))
        await until(pilot, lambda: "und keiner meldet sich" in seen(app))
        assert "Es tut mir leid" in seen(app)


async def test_a_reply_that_was_not_answered_is_answered_on_going_on(stage: Stage):
    session = cut_off(stage, answered=False)
    assert stage.sessions.session(session).unanswered is not None
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, GoOnSheet))
        await pilot.press("enter")
        await until(pilot, lambda: stage.sessions.session(session).customer_turns)
        await until(pilot, lambda: "und keiner meldet sich" in seen(app))


@pytest.mark.parametrize(("key", "ended"), [("escape", None), ("f9", "left")])
async def test_going_on_may_be_declined_or_the_call_closed(stage: Stage, key, ended):
    session = cut_off(stage)
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, GoOnSheet))
        await pilot.press(key)
        page = HomePage if ended is None else DebriefPage
        await until(pilot, lambda: isinstance(app.screen, page))
    event = stage.sessions.session(session).ended
    assert (event.reason if isinstance(event, CallEnded) else None) == ended


async def test_an_earlier_call_opens_from_the_list(stage: Stage):
    session = cut_off(stage)
    stage.sessions.append(session, CallEnded(at=NOW, reason="left"))
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.past and app.catalogue)
        app.screen.query_one(PastList).focus()
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
        await pilot.press("h")
        await until(pilot, lambda: isinstance(app.screen, HomePage))


@pytest.mark.parametrize("size", [(59, 24), (80, 17), (30, 8)])
async def test_a_small_terminal_is_one_sentence_and_nothing_is_lost(stage: Stage, size):
    app = stage.app(persona="yilmaz", scenario="doppelt")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, PracticePage))
        app.screen.query_one(Composer).text = "Angefangen"
        await pilot.resize_terminal(*size)
        await until(pilot, lambda: "zieh es auf mindestens 60 × 18" in seen(app))
        assert "Angefangen" not in seen(app)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "Angefangen" in seen(app))


async def test_the_interface_changes_its_language(stage: Stage):
    app = stage.app("de")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.catalogue)
        assert "Beginnen" in lines(app)[-1]
        await pilot.press("f6")
        await until(pilot, lambda: "practise difficult calls" in seen(app))
        await until(pilot, lambda: "Begin" in lines(app)[-1] and "Sprache" not in lines(app)[-1])


async def test_theme_help_and_commands(stage: Stage):
    app = stage.app("de")
    async with app.run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: app.catalogue)
        await pilot.press("f7")
        assert app.theme == "hoerer-light"
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpSheet))
        assert "Tippen sucht" in seen(app) and "Das markierte Gespräch beginnen" in seen(app)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HomePage))
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await until(pilot, lambda: "Hörer verlassen" in seen(app))
        await pilot.press(*"hell")
        await until(pilot, lambda: app.screen.query_one(OptionList).option_count == 1)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: app.theme == "hoerer-dark")


async def test_keys_can_be_remapped(stage: Stage):
    app = stage.app("de")
    async with app.run_test(size=(80, 24)) as pilot:
        app.set_keymap({"app.light": "f12"})
        await pilot.press("f7")
        assert app.theme == "hoerer-dark"
        await pilot.press("f12")
        assert app.theme == "hoerer-light"
