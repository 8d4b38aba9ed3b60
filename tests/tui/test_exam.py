"""An exam: what it hides while it goes on, and what it says at the end."""

from __future__ import annotations

import pytest

from simulator.domain.exam import PassMarks
from simulator.errors import UsageError
from simulator.tui.call import Before
from simulator.tui.screens.briefing import Guess
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.go_on import GoOnSheet
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.practice import PracticePage
from simulator.tui.screens.replay import ReplayPage
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.exam_result import ExamResultView
from simulator.tui.widgets.gauges import Gauges
from simulator.tui.widgets.hint_card import HintCard
from simulator.tui.widgets.ledger import Ledger
from simulator.tui.widgets.past_list import PastList
from simulator.tui.widgets.score_card import ScoreCard
from simulator.tui.widgets.strip import StateStrip
from simulator.tui.widgets.transcript import Transcript
from tests.tui.cast import Stage, lines, seen, until

SIZES = [(80, 24), (120, 40), (200, 60)]
SORRY = "Es tut mir leid, dass zweimal abgebucht wurde."
HIDDEN = ("Ärger", "Vertr", "▲", "▼", "Empathie", "hört ihren Namen", "Besser zum Beispiel", "78")


async def in_exam(app, pilot) -> PracticePage:
    await until(pilot, lambda: isinstance(app.focused, Guess))
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, PracticePage) and app.line.switchboard)
    return app.screen


async def say(app, pilot, text: str = SORRY) -> None:
    app.screen.query_one(Composer).text = text
    await pilot.press("enter")
    page = app.screen
    await until(pilot, lambda: page._handset.session and not page.talking)


def exam(stage: Stage, language: str = "de"):
    stage.customer.gate.set()
    before = Before(mode="exam")
    return stage.app(language, persona="yilmaz", scenario="doppelt", before=before)


def gives_away(app) -> list[str]:
    return [word for word in HIDDEN if word in seen(app)]


def tells_nothing(page: PracticePage) -> bool:
    """Whether not even a hidden part of the page has been told how it goes."""
    return (
        page.query_one(Gauges).standing is None
        and page.query_one(StateStrip).standing is None
        and page.query_one(StateStrip).scores is None
        and page.query_one(ScoreCard).turn is None
        and not page.query_one(Ledger).entries
        and not {"▲", "▼"} & set(page.query_one(Transcript).plain)
    )


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_shows_how_it_goes_whatever_is_pressed(stage: Stage, size):
    app = exam(stage)
    async with app.run_test(size=size) as pilot:
        page = await in_exam(app, pilot)
        await until(pilot, lambda: "nicht für Entscheidungen" in seen(app))
        assert gives_away(app) == []
        await say(app, pilot)
        assert "und keiner meldet sich. Was nun?" in seen(app)
        assert gives_away(app) == [] and tells_nothing(page)
        await pilot.press("f3")
        assert not page.has_class("-panel")
        assert gives_away(app) == []
        await pilot.press("f2", "f2")
        await pilot.press("f8")
        assert not {"▲", "▼"} & set(app.clipboard)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("de", "In einer Prüfung gibt es keine Tipps"), ("en", "There are no hints in an exam")],
)
async def test_the_key_for_hints_says_that_there_are_none(stage: Stage, language, sentence):
    app = exam(stage, language)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await in_exam(app, pilot)
        await until(pilot, lambda: "f2" in lines(app)[-1])
        assert "f4" not in lines(app)[-1]
        await pilot.press("f4")
        await until(pilot, lambda: sentence in page.query_one(Banner).sentence[1])
        assert page.query_one(HintCard).hint is None


async def test_the_result_comes_at_the_end_and_says_what_it_is_not_for(stage: Stage):
    app = exam(stage)
    async with app.run_test(size=(120, 60)) as pilot:
        await in_exam(app, pilot)
        for reply in (SORRY, "Bitte beruhigen Sie sich.", SORRY, "Ja."):
            await say(app, pilot, reply)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
        told = str(app.screen.query_one(ExamResultView).visual)
        # 78, 18, 78, 50; the last was too short for de-escalation and does not count there
        table = [line.split("  ") for line in told.splitlines()[1:5]]
        assert [[cell.strip() for cell in row if cell.strip()] for row in table] == [
            ["Mittel", "Grenze", "Ergebnis", "Bewertet"],
            ["✓ Empathie", "56,0", "50", "erreicht", "4 von 4"],
            ["✗ Zuhören", "48,0", "50", "nicht erreicht", "4 von 4"],
            ["✓ Deeskalation", "58,0", "50", "erreicht", "3 von 4"],
        ]
        assert "Noch nicht bestanden." in told
        assert "Antworten ohne Wertung zählen nicht mit" in told
        assert "weder gedacht noch geeignet" in told
        result = stage.sessions.session(stage.sessions.list()[0].id).ended.exam
        assert [each.passed for each in result.outcomes] == [True, False, True]
        assert "▲" in str(app.screen.query(".quote").first().visual), "now all lies open"


def cut_off(stage: Stage) -> str:
    stage.customer.gate.set()
    practice = stage.switchboard().connect("yilmaz", "doppelt", "de", seed=3, mode="exam")
    for _ in practice.take_turn(SORRY):
        pass
    return practice.session.id


async def test_a_cut_off_exam_goes_on_as_one(stage: Stage):
    session = cut_off(stage)
    app = stage.app()
    async with app.run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, GoOnSheet))
        assert "Es ist eine Prüfung und bleibt eine." in seen(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PracticePage) and app.line.switchboard)
        assert "Es tut mir leid" in seen(app)
        assert gives_away(app) == [] and tells_nothing(app.screen)
        await say(app, pilot)
        assert gives_away(app) == [] and tells_nothing(app.screen)
    kept = stage.sessions.session(session)
    assert kept.started.exam == PassMarks() and len(kept.agent_turns) == 2


async def test_a_cut_off_exam_can_be_ended_and_has_its_result(stage: Stage):
    session = cut_off(stage)
    app = stage.app()
    async with app.run_test(size=(120, 60)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, GoOnSheet))
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
        told = str(app.screen.query_one(ExamResultView).visual)
        assert "zu wenig bewertet (nötig: 3)" in told and "1 von 1" in told
        assert "Kein Ergebnis." in told
    assert stage.sessions.session(session).ended.exam is not None


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_the_list_of_calls_and_the_replay_keep_it_to_themselves(stage: Stage, size):
    cut_off(stage)
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, GoOnSheet))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomePage))
        await until(pilot, lambda: "Prüfung …" in seen(app))
        assert "6,5" not in seen(app) and "78" not in seen(app)
        app.screen.query_one(PastList).focus()
        await pilot.press("f9")
        await until(pilot, lambda: "läuft noch" in app.screen.query_one(Banner).sentence[1])
        assert isinstance(app.screen, HomePage)


async def test_a_replay_asked_for_by_id_does_not_open(stage: Stage):
    app = stage.app(replay=cut_off(stage), coach="Kim")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "läuft noch" in app.screen.query_one(Banner).sentence[1])
        assert not isinstance(app.screen, ReplayPage)


def test_an_exam_that_goes_on_has_no_what_if_and_one_that_is_over_is_practised(stage: Stage):
    session, board = cut_off(stage), stage.switchboard()
    with pytest.raises(UsageError) as error:
        board.fork(session, 1)
    assert error.value.key == "exam_open"
    board.reconnect(session).end("left")
    fork = board.fork(session, 1)
    assert fork.session.started.exam is None
    assert not fork.session.sealed
