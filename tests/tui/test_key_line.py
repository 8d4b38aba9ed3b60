"""The line of keys names what fits, whole, and always the help."""

from __future__ import annotations

import pytest
from textual.widgets._footer import FooterKey

from simulator.domain.conversation import Fork, Session
from simulator.errors import StoreError
from simulator.tui.call import Call
from simulator.tui.messages import OtherSide
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.other_side import OtherSidePage
from simulator.tui.screens.practice import PracticePage
from simulator.tui.widgets.past_list import PastList
from tests.tui.cast import CHARGED, YILMAZ, Stage, lines, until
from tests.tui.desk import recorded

HELP = {"de": "f1 Hilfe", "en": "f1 Help"}


def whole(app) -> bool:
    """Whether every key that is named can be read to its last letter, the help among them."""
    line, keys = lines(app)[-1], app.screen.query(FooterKey)
    named = [f"{key.key_display} {key.description}" for key in keys]
    return HELP[app.texts.language] in named and all(f"{name} " in f"{line} " for name in named)


def forked(stage: Stage) -> Session:
    stage.sessions.begin(recorded())
    first, *rest = recorded(session="0ther1")
    branch = first.model_copy(update={"forked": Fork(session="a1b2c3d4e5f6", turn=2)})
    stage.sessions.begin((branch, *rest))
    return stage.sessions.session("0ther1")


async def debrief(app, pilot, session) -> None:
    await until(pilot, lambda: app.line.switchboard)
    call = Call(YILMAZ, CHARGED, "de", "yilmaz", "doppelt", session=session)
    app.push_screen(DebriefPage(app.texts, call, session))
    await until(pilot, lambda: isinstance(app.screen, DebriefPage) and app.screen.query(FooterKey))


async def test_the_debrief_gives_up_lesser_keys_and_takes_them_back(stage: Stage):
    app = stage.app()
    session = forked(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await debrief(app, pilot, session)
        await until(pilot, lambda: whole(app))
        assert "v Vergleichen" in lines(app)[-1] and "o Andere Seite" in lines(app)[-1]
        assert "Kopieren" not in lines(app)[-1] and "Befehle" not in lines(app)[-1]
        await pilot.resize_terminal(200, 60)
        await until(pilot, lambda: "^p Befehle" in lines(app)[-1] and whole(app))
        assert "f8 Kopieren" in lines(app)[-1]
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "Befehle" not in lines(app)[-1] and whole(app))


async def test_nothing_is_given_up_where_all_of_it_just_fits(stage: Stage):
    app = stage.app("en")
    session = forked(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await debrief(app, pilot, session)
        await until(pilot, lambda: whole(app))
        for key in ("v Compare", "f8 Copy", "^p Commands"):
            assert key in lines(app)[-1]
        await pilot.resize_terminal(79, 24)
        await until(pilot, lambda: "Commands" not in lines(app)[-1] and whole(app))
        assert "f8 Copy" in lines(app)[-1]


@pytest.mark.parametrize("language", ["de", "en"])
async def test_every_key_of_a_call_can_be_read_when_the_model_fails(stage: Stage, language):
    stage.fails_with = [StoreError("database_broken", path="x", reason="y")]
    app = stage.app(language)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.line.failed)
        await until(pilot, lambda: "f5" in lines(app)[-1] and whole(app))
        app.screen.query_one(PastList).focus()
        await pilot.pause()
        await until(pilot, lambda: whole(app))
        app._open_call("yilmaz", "doppelt", language)
        await until(pilot, lambda: isinstance(app.screen, PracticePage))
        await until(pilot, lambda: "f5" in lines(app)[-1] and whole(app))
        assert "f9" in lines(app)[-1]


@pytest.mark.parametrize("language", ["de", "en"])
async def test_every_key_of_the_other_side_can_be_read(stage: Stage, language):
    stage.sessions.begin(recorded())
    app = stage.app(language)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.line.switchboard and isinstance(app.screen, HomePage))
        await until(pilot, lambda: whole(app))
        app.post_message(OtherSide("a1b2c3d4e5f6"))
        await until(pilot, lambda: isinstance(app.screen, OtherSidePage))
        await pilot.press("right")
        await until(pilot, lambda: "←" in lines(app)[-1] and whole(app))
