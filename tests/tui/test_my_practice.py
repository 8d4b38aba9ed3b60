"""The screen of one's own practice, and the line on the first screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from textual.widgets import Input, OptionList

from simulator import settings
from simulator.coaching.weeks import number, week_of
from simulator.errors import StoreError
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.my_practice import MyPracticePage
from simulator.tui.screens.own_lines import OwnLinesPage
from simulator.tui.screens.replay import ReplayPage
from simulator.tui.widgets.choice import Choice
from simulator.tui.widgets.plot import Plot
from simulator.tui.widgets.reminder import Reminder
from simulator.tui.widgets.said_line import SaidLine
from tests.tui.cast import Stage, lines, seen, until
from tests.tui.desk import GERMAN, recorded

NOW = datetime.now(UTC)
BIG = (200, 60)


def had(stage: Stage, session: str, weeks: int = 0, trainee: str = "Mia", **of_start) -> None:
    """Keep a call of that many weeks ago."""
    replies = of_start.pop("replies", GERMAN)
    first, *rest = recorded(replies, session=session)
    at = NOW - timedelta(weeks=weeks)
    changed = {"at": at, "trainee": trainee, **of_start}
    stage.sessions.begin((first.model_copy(update=changed), *rest))


async def opened(app, pilot) -> MyPracticePage:
    await until(pilot, lambda: app.catalogue and isinstance(app.screen, HomePage))
    await pilot.press("f8")
    await until(pilot, lambda: isinstance(app.screen, MyPracticePage))
    return app.screen


async def filled(app, pilot) -> MyPracticePage:
    page = await opened(app, pilot)
    await until(pilot, lambda: page.query_one("#both").display and page.query(SaidLine))
    return page


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "Hier steht noch nichts, und das ist in Ordnung."), ("en", "and that is fine.")],
)
async def test_before_the_first_call_it_says_what_to_do(stage: Stage, language, words):
    app = stage.app(language)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await opened(app, pilot)
        await until(pilot, lambda: words in seen(app))
        assert not page.query_one("#both").display
        assert "f3" not in page.active_bindings
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomePage))


@pytest.mark.parametrize("size", [(80, 24), BIG])
async def test_it_shows_ones_own_weeks_and_nobody_elses(stage: Stage, size):
    had(stage, "mine01", weeks=1)
    had(stage, "mine02")
    had(stage, "theirs", trainee="Jens", replies=("I am sorry von Jens",))
    app = stage.app(trainee="Mia")
    async with app.run_test(size=size) as pilot:
        page = await filled(app, pilot)
        text = seen(app)
        week = number(week_of(NOW))
        assert f"Diese Woche (KW {week}): 1" in text
        assert "Wochen, in denen du geübt hast: 2" in text
        assert "alle Fälle (2)" in text
        assert "Jens" not in str([line.visual for line in page.query(SaidLine)])
        assert page.query_one(Plot).chart.labels[-1] == str(week)
        assert all(len(line) <= size[0] for line in lines(app))


async def test_one_case_alone_can_be_plotted(stage: Stage):
    had(stage, "first1", replies=("Es tut mir leid, Frau Yılmaz.",))
    had(stage, "second", replies=("Bitte beruhigen Sie sich.",), scenario="[red]weg[/]")
    app = stage.app(trainee="Mia")
    async with app.run_test(size=BIG) as pilot:
        page = await filled(app, pilot)
        case, plot = page.query_one("#case", Choice), page.query_one(Plot)
        assert plot.chart.series[0].values == (48.0,)
        case.focus()
        await pilot.press("right")
        await until(pilot, lambda: plot.chart.series[0].values == (78.0,))
        assert "Doppelt abgebucht (1)" in seen(app)
        await pilot.press("right")
        await until(pilot, lambda: plot.chart.series[0].values == (18.0,))
        assert "[red]weg[/] (1)" in seen(app)


async def test_the_goal_is_set_by_a_digit_and_kept(stage: Stage):
    had(stage, "mine01")
    app = stage.app(trainee="Mia")
    async with app.run_test(size=BIG) as pilot:
        page = await filled(app, pilot)
        page.query_one("#goal", Choice).focus()
        await pilot.press("3")
        await until(pilot, lambda: "1 von 3" in seen(app) and "3 Gespräche" in seen(app))
        assert settings.load().weekly_goal == 3
        await pilot.press("escape")
        await until(pilot, lambda: "noch 2 Gespräche auf deinem Zettel" in seen(app))
        page = await filled(app, pilot)
        page.query_one("#reminder", Choice).focus()
        await pilot.press("left")
        await until(pilot, lambda: not settings.load().reminder)
        await pilot.press("escape")
        await until(pilot, lambda: not app.screen.query_one(Reminder).display)
        page = await filled(app, pilot)
        assert page.query_one("#goal", Choice).chosen == 3
        assert page.query_one("#reminder", Choice).chosen == 0


@pytest.mark.parametrize(
    ("goal", "reminder", "weeks", "words"),
    [
        (1, True, 1, "steht noch ein Gespräch auf deinem Zettel"),
        (1, True, 0, ""),
        (1, False, 1, ""),
        (None, True, 1, ""),
    ],
)
async def test_home_reminds_in_one_line_or_not_at_all(stage: Stage, goal, reminder, weeks, words):
    settings.choose_goal(goal)
    settings.choose_reminder(reminder)
    had(stage, "mine01", weeks=weeks)
    had(stage, "theirs", trainee="Jens")
    app = stage.app(trainee="Mia")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.past)
        line = app.screen.query_one(Reminder)
        await until(pilot, lambda: line.display is bool(words))
        assert words in seen(app)
        assert line.size.height <= 1


async def test_settings_that_cannot_be_read_are_said_on_the_first_screen(stage: Stage):
    had(stage, "mine01")
    settings.settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings.settings_file().write_text("{", encoding="utf-8")
    app = stage.app(trainee="Mia")
    async with app.run_test(size=BIG) as pilot:
        await until(pilot, lambda: "settings.json" in seen(app))
        await opened(app, pilot)
        await until(pilot, lambda: "settings.json" in seen(app))


async def test_a_line_is_kept_by_a_key_and_shown_as_kept(stage: Stage):
    had(stage, "mine01")
    app = stage.app(trainee="Mia")
    async with app.run_test(size=BIG) as pilot:
        page = await filled(app, pilot)
        line = page.query(SaidLine).first()
        assert "▲Es tut mir leid" in seen(app) and "Danach: Ärger 6,5 → 5,0" in seen(app)
        line.focus()
        await pilot.press("k")
        await until(pilot, lambda: line.kept)
        assert stage.sessions.kept_lines(["mine01"]) == {line.line}
        assert "★" in seen(app)
        await pilot.press("k")
        await until(pilot, lambda: not line.kept)
        assert stage.sessions.kept_lines(["mine01"]) == frozenset()
        assert "☆" in seen(app) and "★" not in seen(app)


async def test_a_line_that_cannot_be_kept_is_said(stage: Stage, monkeypatch):
    had(stage, "mine01")
    app = stage.app(trainee="Mia")
    async with app.run_test(size=BIG) as pilot:
        page = await filled(app, pilot)
        line = page.query(SaidLine).first()
        stage.sessions.delete("mine01")
        line.focus()
        await pilot.press("k")
        await until(pilot, lambda: "mine01" in seen(app))
        assert not line.kept


async def test_the_call_of_a_line_can_be_seen_again(stage: Stage):
    had(stage, "mine01")
    app = stage.app(trainee="Mia")
    async with app.run_test(size=BIG) as pilot:
        page = await filled(app, pilot)
        page.query(SaidLine).first().focus()
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, ReplayPage))


async def test_any_reply_can_be_found_and_kept(stage: Stage):
    had(stage, "mine01", replies=("Erst [das].", "Es tut mir leid.", "Zuletzt [bold]dies[/]."))
    app = stage.app(trainee="Mia")
    async with app.run_test(size=(80, 24)) as pilot:
        page = await filled(app, pilot)
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, OwnLinesPage))
        found = app.screen.query_one(OptionList)
        assert found.option_count == 3
        app.screen.query_one(Input).value = "DIES zuletzt"
        await until(pilot, lambda: found.option_count == 1)
        assert "Zuletzt [bold]dies[/]." in seen(app)
        await pilot.press("enter")
        await until(pilot, lambda: "★" in seen(app))
        assert stage.sessions.kept_lines(["mine01"]) == {("mine01", 3)}
        app.screen.query_one(Input).value = "gibt es nicht"
        await until(pilot, lambda: "Keine Antwort mit diesen Worten" in seen(app))
        await pilot.press("enter", "escape")
        await until(pilot, lambda: app.screen is page and len(page.query("#kept SaidLine")) == 1)
        assert page.query_one("#kept SaidLine", SaidLine).kept


async def test_a_store_that_cannot_be_read_is_said(stage: Stage, monkeypatch):
    had(stage, "mine01")
    app = stage.app(trainee="Mia")
    async with app.run_test(size=BIG) as pilot:
        await until(pilot, lambda: app.past)

        def refuse(_ids):
            raise StoreError("store_locked", path="sessions.sqlite3")

        monkeypatch.setattr(stage.sessions, "replies", refuse)
        await opened(app, pilot)
        await until(pilot, lambda: "sessions.sqlite3" in seen(app))


async def test_everything_can_be_copied(stage: Stage):
    had(stage, "mine01")
    app = stage.app(trainee="Mia")
    async with app.run_test(size=(80, 24)) as pilot:
        await filled(app, pilot)
        await pilot.press("f8")
        assert "Deine Wochen" in app.clipboard and "Es tut mir leid" in app.clipboard
