from __future__ import annotations

import pytest
from textual.widgets import Input

from simulator.tui.screens.briefing import Guess
from simulator.tui.screens.practice import PracticePage
from simulator.tui.widgets.call_list import CallList
from simulator.tui.widgets.past_list import PastList
from tests.tui.cast import Stage, case, lines, seen, until
from tests.tui.desk import recorded


def shown(app) -> set[tuple[str, str]]:
    return {(p.id, s.id) for p, s in app.screen.query_one(CallList)._shown}


EVERY = {("yilmaz", "doppelt"), ("luedtke", "doppelt"), ("yilmaz", "wartet")}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("YILMAZ abgebucht", {("yilmaz", "doppelt")}),
        ("e-mail", {("yilmaz", "wartet")}),
        ("aufbrausend", {("luedtke", "doppelt")}),
        ("[/]", set()),
        ("", EVERY),
    ],
)
async def test_the_search_takes_all_words_anywhere(stage: Stage, words, found):
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.catalogue)
        app.screen.query_one(Input).value = words
        await until(pilot, lambda: shown(app) == found)
        if not found:
            await until(pilot, lambda: "Dazu gibt es kein Gespräch" in seen(app))


async def test_channel_difficulty_and_language_narrow_the_list(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: shown(app) == EVERY)
        await pilot.press("f3", "f3")
        assert shown(app) == {("yilmaz", "wartet")}
        await pilot.press("f3", "f4", "f4", "f4")
        assert shown(app) == {("luedtke", "doppelt")}
        await pilot.press("f2")
        await until(pilot, lambda: "Charged twice" in seen(app) and "Mr Lüdtke" in seen(app))


async def test_arrows_and_enter_from_the_search_begin_a_call(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.catalogue)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.focused, Guess))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PracticePage))
        assert "Herr Lüdtke" in seen(app)


async def test_titles_in_brackets_are_titles(stage: Stage):
    stage.cases = (case("eckig", "phone", ("yilmaz",), "[bold]Zu viel[/", "[/] Too much"),)
    app = stage.app()
    async with app.run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: "[bold]Zu viel[/" in seen(app))
        await pilot.press("f2")
        await until(pilot, lambda: "[/] Too much" in seen(app))


@pytest.mark.parametrize("size", [(80, 24), (120, 30)])
async def test_earlier_calls_take_a_line_each_however_many(stage: Stage, size):
    for number in range(40):
        stage.sessions.begin(recorded(session=f"call{number:02}"))
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.past and "abgebrochen" in seen(app))
        past = app.screen.query_one(PastList)
        await until(pilot, lambda: past.virtual_size.height == 40)
        assert past.show_vertical_scrollbar
        assert not [line for line in lines(app) if line.split()[:1] == ["abgebrochen"]]
