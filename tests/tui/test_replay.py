from __future__ import annotations

import time
from datetime import timedelta

import pytest
from textual.widgets import Static

from simulator.coaching.pen import Pen
from simulator.domain.score import Dimension
from simulator.settings import Settings, save
from simulator.tui.messages import Fork
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.practice import PracticePage
from simulator.tui.screens.replay import ReplayPage
from simulator.tui.widgets.call_so_far import CallSoFar
from simulator.tui.widgets.gauges import Gauges
from simulator.tui.widgets.past_list import PastList
from simulator.tui.widgets.score_card import ScoreCard
from simulator.tui.widgets.transcript import PAGE, Utterance
from tests.tui.cast import Stage, lines, seen, until
from tests.tui.desk import GERMAN, desk, kept, opened

ONES = dict.fromkeys(Dimension, 1)


def said(page: ReplayPage) -> list[str]:
    return [u.words.plain for u in page.query_one(CallSoFar)._mounted]


async def test_a_call_opens_before_its_first_word_and_goes_step_by_step(stage: Stage):
    app = desk(stage, kept(stage))
    async with app.run_test(size=(120, 40)) as pilot:
        page = await opened(app, pilot)
        assert "vor der ersten Antwort" in seen(app) and "Mia" in seen(app)
        assert GERMAN[0] not in seen(app)
        await pilot.press("right")
        await until(pilot, lambda: GERMAN[0] in seen(app) and "Antwort 1 von 4" in seen(app))
        assert page.query_one(ScoreCard).turn.turn == 1
        assert page.query_one(Gauges).standing.now.anger == 8
        await pilot.press("right")
        await until(pilot, lambda: "keiner meldet sich! (Antwort 1)" in seen(app))
        assert page.query_one(Gauges).standing.now.anger == 6.5
        await until(pilot, lambda: "hört ihren Namen" in seen(app))
        await pilot.press("left", "left")
        await until(pilot, lambda: GERMAN[0] not in seen(app))
        assert page.place == 0


async def test_the_keys_jump_to_best_worst_turning_points_start_and_end(stage: Stage):
    app = desk(stage, kept(stage))
    async with app.run_test(size=(120, 40)) as pilot:
        page = await opened(app, pilot)
        places = []
        for key in ("b", "w", "t", "t", "end", "home"):
            await pilot.press(key)
            places.append(page.place)
        assert places == [3, 5, 6, 8, 9, 0]
        await pilot.press("t")
        await until(pilot, lambda: "Wendepunkt: Ärger −1,5" in seen(app))
        await pilot.press("end")
        await until(pilot, lambda: "Frau Yılmaz hat aufgelegt." in seen(app))


async def test_it_plays_at_the_recorded_pace_and_stops_at_the_end(stage: Stage):
    app = desk(stage, kept(stage, replies=GERMAN[:1], gap=timedelta(seconds=1.2)))
    async with app.run_test(size=(80, 24)) as pilot:
        page = await opened(app, pilot)
        await pilot.press("4")
        start = time.monotonic()
        await pilot.press("space")
        assert "▶ ×4" in seen(app)
        await until(pilot, lambda: not page.playing)
        assert page.place == 3
        # 1.2 s, 1.2 s and the shortest pause of a second, four times as fast
        assert 0.8 <= time.monotonic() - start < 4
        await pilot.press("space")
        assert page.playing and page.place < 3
        await pilot.press("space")
        place = page.place
        await pilot.pause(0.6)
        assert page.place == place and not page.playing


async def test_a_pause_of_hours_does_not_stop_the_replay(stage: Stage):
    app = desk(stage, kept(stage, replies=GERMAN[:1], gap=timedelta(hours=5)))
    async with app.run_test(size=(80, 24)) as pilot:
        page = await opened(app, pilot)
        assert "0:00 / 10:00:00" in seen(app)
        await pilot.press("4", "space")
        await until(pilot, lambda: page.place == 1)


async def test_a_call_of_500_replies_opens_at_once_and_stays_quick(stage: Stage):
    session = kept(stage, replies=[f"Antwort mit der Nummer {n}." for n in range(1, 501)])
    app = desk(stage, session)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await opened(app, pilot)
        start = time.monotonic()
        await pilot.press("end")
        await until(pilot, lambda: "aufgelegt" in seen(app))
        assert time.monotonic() - start < 2
        assert len(page.query(Utterance)) <= PAGE
        start = time.monotonic()
        await pilot.press(*["left"] * 10, *["right"] * 10)
        assert time.monotonic() - start < 6
        assert page.place == 1001
        for _ in range(130):
            await pilot.press("left")
        await until(pilot, lambda: "Nummer 436." in seen(app))
        assert page.place == 871 and len(page.query(Utterance)) <= 3 * PAGE


async def test_older_lines_come_when_the_coach_scrolls_up(stage: Stage):
    session = kept(stage, replies=[f"Antwort mit der Nummer {n}." for n in range(1, 61)])
    app = desk(stage, session)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await opened(app, pilot)
        await pilot.press("end")
        await until(pilot, lambda: "aufgelegt" in seen(app))
        view = page.query_one(CallSoFar)
        before = said(page)
        view.scroll_home(animate=False)
        await until(pilot, lambda: len(said(page)) == 2 * PAGE)
        assert said(page)[PAGE:] == before
        await pilot.press("left")
        await until(pilot, lambda: "Nummer 60." in seen(app))


async def test_home_opens_the_replay_of_an_earlier_call_and_escape_leads_back(stage: Stage):
    kept(stage)
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.past and app.catalogue)
        app.screen.query_one(PastList).focus()
        await pilot.pause()
        assert "f9 Ansehen" in lines(app)[-1]
        await pilot.press("f9")
        await opened(app, pilot)
        assert "Doppelt abgebucht" in seen(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomePage))


async def test_looking_at_a_call_loads_no_model_until_one_is_wanted(stage: Stage):
    dialled = []
    connect = stage.connect
    stage.connect = lambda progress: dialled.append(1) or connect(progress)
    app = desk(stage, kept(stage))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.pause(0.3)
        assert not dialled and app.line.switchboard is None
        await pilot.press("escape")
        await until(pilot, lambda: app.line.switchboard)
        assert dialled == [1]


async def test_a_fork_is_asked_for_with_the_call_and_the_reply(stage: Stage):
    session = kept(stage)
    app = desk(stage, session)
    asked = []
    async with app.run_test(size=(120, 40)) as pilot:
        page = await opened(app, pilot)
        post = page.post_message
        page.post_message = lambda m: (asked.append(m) if isinstance(m, Fork) else None, post(m))[1]
        await pilot.press("f")
        assert not asked
        await pilot.press("right", "right", "right", "f")
        assert [(fork.session, fork.turn) for fork in asked] == [(session.id, 2)]
        await until(pilot, lambda: isinstance(app.screen, PracticePage))
        await until(pilot, lambda: app.line.switchboard)


async def test_a_call_from_outside_shows_scores_but_no_state_and_cannot_be_forked(stage: Stage):
    app = desk(stage, kept(stage, origin="outside"))
    async with app.run_test(size=(120, 40)) as pilot:
        page = await opened(app, pilot)
        await pilot.press("t")
        assert page.place == 5
        await until(pilot, lambda: "Wendepunkt: Mittelwert" in seen(app))
        assert "Router [alt]" in seen(app) and "Frau Sommer" in seen(app)
        why = str(page.query_one("#stateless", Static).visual)
        assert "weiß niemand, wie es dem Kunden ging" in why
        assert not page.query_one(Gauges).display
        assert not page.check_action("fork", ())


async def test_enter_on_a_call_from_outside_opens_its_replay(stage: Stage):
    kept(stage, origin="outside")
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.past and app.catalogue)
        app.screen.query_one(PastList).focus()
        await pilot.press("down", "enter")
        await opened(app, pilot)


# --- blind mode

TELLTALE = ("78", "Entschuldigung mit Grund", "▲", "Robin", "hört ihren Namen", "81%", "6,5")


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_blind_mode_hides_all_that_would_sway_the_coach_until_the_rating_stands(
    stage: Stage, size
):
    session = kept(stage, replies=GERMAN[1:])
    stage.sessions.annotate(session.id, Pen("Robin", 1).rating(ONES))
    stage.sessions.annotate(session.id, Pen("Robin", 1).remark("praise", "Robins Lob"))
    app = desk(stage, session)
    async with app.run_test(size=size) as pilot:
        page = await opened(app, pilot)
        await pilot.press("r", "right")
        await until(pilot, lambda: "BLIND" in seen(app) and GERMAN[1] in seen(app))
        for step in range(2):
            text = seen(app) + page.query_one(CallSoFar).plain
            assert [word for word in TELLTALE if word in text] == [], step
            assert page.query_one(ScoreCard).turn is None
            await pilot.press("right")
        assert page.query_one(Gauges).standing is None
        for key in ("b", "w", "t", "o", "f"):
            place = page.place
            await pilot.press(key)
            assert page.place == place and app.screen is page, key
        await pilot.press("home", "right", "enter", "2", "1", "0", "enter")
        await until(pilot, lambda: app.screen is page and "78" in seen(app))
        (rating,) = [n for n in stage.sessions.notes(session.id) if n.author == "Kim"]
        assert (rating.empathy, rating.listening, rating.de_escalation) == (2, 1, 0)
        assert rating.turn == 1 and "▲Es tut mir leid" in page.query_one(CallSoFar).plain
        await pilot.press("f3") if size[0] < 110 else None
        await until(pilot, lambda: "Robins Lob" in seen(app))
        await pilot.press("right", "right")
        await until(pilot, lambda: "78" not in seen(app))
        assert page.query_one(Gauges).standing.now.anger == 6.5


async def test_a_rating_needs_all_three_labels(stage: Stage):
    session = kept(stage)
    app = desk(stage, session)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await opened(app, pilot)
        await pilot.press("r", "right", "enter", "2", "enter")
        await until(pilot, lambda: "Es fehlt noch: Zuhören, Deeskalation." in seen(app))
        await pilot.press("escape")
        assert app.screen is page and stage.sessions.notes(session.id) == ()


async def test_what_was_seen_openly_is_not_offered_for_a_blind_rating(stage: Stage):
    app = desk(stage, kept(stage))
    async with app.run_test(size=(120, 40)) as pilot:
        page = await opened(app, pilot)
        await pilot.press("right", "right", "right", "r")
        await until(pilot, lambda: "schon offen gesehen: 1–2." in seen(app))
        assert "nicht mehr blind" in seen(app)
        await pilot.press("enter")
        assert app.screen is page
        await pilot.press("right", "right")
        await until(pilot, lambda: "Gib mit Enter erst dein eigenes Urteil ab" in seen(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is not page)


async def test_the_app_remembers_what_was_seen_from_one_page_to_the_next(stage: Stage):
    kept(stage)
    app = stage.app(coach="Kim")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.past and app.catalogue)
        app.screen.query_one(PastList).focus()
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomePage))
        app.screen.query_one(PastList).focus()
        await pilot.press("f9")
        page = await opened(app, pilot)
        await pilot.press("r", "right")
        await until(pilot, lambda: "schon offen gesehen" in seen(app))
        assert not page.check_action("rate", ())


async def test_playing_blind_pauses_where_a_rating_is_due(stage: Stage):
    app = desk(stage, kept(stage))
    async with app.run_test(size=(80, 24)) as pilot:
        page = await opened(app, pilot)
        await pilot.press("r", "4", "space")
        await until(pilot, lambda: page.place == 1 and not page.playing)


async def test_notes_are_signed_by_whom_the_settings_name(stage: Stage):
    save(Settings(coach="Alex"))
    session = kept(stage)
    app = stage.app(replay=session.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("right", "n", "tab", "tab", "tab", *"gut", "enter")
        await until(pilot, lambda: stage.sessions.notes(session.id))
        assert stage.sessions.notes(session.id)[0].author == "Alex"
