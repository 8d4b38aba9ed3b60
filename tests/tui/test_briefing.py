"""Before the call: what is known, a guess at what is not, and practice or exam."""

from __future__ import annotations

import pytest

from simulator.domain.exam import PassMarks
from simulator.practice import LONGEST_GUESS
from simulator.tui.call import Before
from simulator.tui.screens.briefing import BriefingPage, Guess
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.practice import PracticePage
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.guess import GuessBesideNeed
from tests.tui.cast import Stage, seen, until

SIZES = [(80, 24), (200, 60)]
SORRY = "Es tut mir leid, dass zweimal abgebucht wurde."
THOUGHT = "Die Miete ist [b]geplatzt[/b] {x}."


def call(stage: Stage, language: str = "de", **before):
    stage.customer.gate.set()
    return stage.app(language, persona="yilmaz", scenario="doppelt", before=Before(**before))


async def briefed(app, pilot) -> BriefingPage:
    await until(pilot, lambda: isinstance(app.focused, Guess))
    return app.screen


async def spoken(app, pilot, stage: Stage):
    """Say a word and return the call as it has been kept."""
    await until(pilot, lambda: isinstance(app.screen, PracticePage) and app.line.switchboard)
    app.screen.query_one(Composer).text = SORRY
    await pilot.press("enter")
    await until(pilot, lambda: stage.sessions.list() and not app.screen.talking)
    return stage.sessions.session(stage.sessions.list()[0].id)


@pytest.mark.parametrize("size", SIZES)
async def test_a_guess_is_kept_and_stands_beside_the_need(stage: Stage, size):
    app = call(stage)
    async with app.run_test(size=size) as pilot:
        await briefed(app, pilot)
        assert "Was steht für diesen Menschen vielleicht auf dem Spiel?" in seen(app)
        assert "Eine doppelte Abbuchung ist gemeldet" in seen(app)
        app.screen.query_one(Guess).value = THOUGHT
        await pilot.press("enter")
        session = await spoken(app, pilot, stage)
        assert session.started.guess == THOUGHT
        assert session.started.exam is None
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
        beside = app.screen.query_one(GuessBesideNeed)
        beside.scroll_visible(animate=False)
        await until(
            pilot,
            lambda: (
                "„Die Miete ist [b]geplatzt[/b] {x}.“" in str(beside.query_one("#guess").visual)
            ),
        )
        assert "nicht ihr Fehler" in str(beside.query_one("#need").visual)
        # side by side, and nobody says which is right
        guess, need = beside.query_one("#guess").region, beside.query_one("#need").region
        assert guess.y == need.y and guess.right <= need.x


async def test_enter_alone_goes_on(stage: Stage):
    app = call(stage, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await briefed(app, pilot)
        assert "What may be at stake for this person?" in seen(app)
        await pilot.press("enter")
        session = await spoken(app, pilot, stage)
        assert session.started.guess == ""
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
        assert not app.screen.query(GuessBesideNeed)


async def test_a_guess_of_any_length_is_one_line_that_is_kept(stage: Stage):
    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await briefed(app, pilot)
        app.screen.query_one(Guess).value = "\x1b[2J" + "ü" * LONGEST_GUESS * 2
        await pilot.press("enter")
        session = await spoken(app, pilot, stage)
        assert "\x1b" not in session.started.guess
        assert 0 < len(session.started.guess) <= LONGEST_GUESS


@pytest.mark.parametrize(("language", "size"), [("de", SIZES[0]), ("en", SIZES[1])])
async def test_f4_chooses_an_exam_and_says_what_it_is_not_for(stage: Stage, language, size):
    app = call(stage, language)
    purpose = {"de": "Kündigung ist das Ergebnis weder gedacht", "en": "neither meant nor fit"}
    async with app.run_test(size=size) as pilot:
        await briefed(app, pilot)
        assert purpose[language] not in seen(app)
        await pilot.press("f4")
        await until(pilot, lambda: purpose[language] in seen(app))
        await pilot.press("f4", "f4", "enter")
        session = await spoken(app, pilot, stage)
        assert session.started.exam == PassMarks()
        assert session.sealed


async def test_what_the_command_line_proposes_stands_there(stage: Stage):
    app = call(stage, mode="exam", guess="Ihr Ruf.")
    async with app.run_test(size=(80, 24)) as pilot:
        page = await briefed(app, pilot)
        assert (page.mode, page.query_one(Guess).value) == ("exam", "Ihr Ruf.")


async def test_escape_leads_home_and_leaves_no_trace(stage: Stage):
    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await briefed(app, pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomePage))
    assert stage.sessions.list() == ()
