from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import events

from simulator.errors import StoreError
from simulator.practice import LONGEST_REPLY
from simulator.tui.screens.case_file import CaseFileSheet
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.practice import PracticePage
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.case_file import CaseFile
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.gauges import Gauges
from simulator.tui.widgets.transcript import PAGE, Transcript, Utterance
from tests.tui.cast import Stage, seen, until

SIZES = [(80, 24), (200, 60)]
SORRY = "Es tut mir leid, dass zweimal abgebucht wurde."


async def in_call(app, pilot, connected: bool = True) -> None:
    await until(pilot, lambda: isinstance(app.screen, PracticePage))
    if connected:
        await until(pilot, lambda: app.line.switchboard)


async def say(app, pilot, text: str) -> None:
    app.screen.query_one(Composer).text = text
    await pilot.press("enter")


def call(stage: Stage, scenario: str = "doppelt", language: str = "de"):
    return stage.app(language, persona="yilmaz", scenario=scenario)


@pytest.mark.parametrize("size", SIZES)
async def test_a_turn_clause_by_clause_with_its_effect(stage: Stage, size):
    app = call(stage)
    async with app.run_test(size=size) as pilot:
        await in_call(app, pilot)
        await say(app, pilot, SORRY)
        await until(pilot, lambda: "Zweimal abgebucht," in seen(app))
        assert "und keiner meldet sich" not in seen(app)
        assert "▲Es tut mir leid" in seen(app)
        assert app.screen.query_one(Gauges).standing.now.anger == 6.5
        stage.customer.gate.set()
        await until(pilot, lambda: not app.screen.talking)
        assert "und keiner meldet sich. Was nun?" in seen(app)
        if size[0] < 110:
            assert "Ärger 6,5 ▼1,5" in seen(app)
            await pilot.press("f3")
        await until(pilot, lambda: "▼ −1,5" in seen(app))
        assert "hört ihren Namen" in seen(app)
        assert "„Es tut mir leid“ · Entschuldigung mit Grund" in seen(app)


async def test_typing_is_free_while_the_customer_talks(stage: Stage):
    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_call(app, pilot)
        await say(app, pilot, SORRY)
        await until(pilot, lambda: "Zweimal abgebucht," in seen(app))
        await pilot.press(*"Moment", "ctrl+j", *"bitte")
        composer = app.screen.query_one(Composer)
        assert composer.text == "Moment\nbitte"
        await pilot.press("enter")
        assert "noch nicht fertig geantwortet" in app.screen.query_one(Banner).sentence[1]
        assert composer.text == "Moment\nbitte"


async def test_escape_stops_the_customer(stage: Stage):
    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_call(app, pilot)
        await say(app, pilot, SORRY)
        await until(pilot, lambda: "Zweimal abgebucht," in seen(app))
        await pilot.press("escape")
        await until(pilot, lambda: not app.screen.talking)
        assert "(von dir unterbrochen)" in seen(app)
    (summary,) = stage.sessions.list()
    turn = stage.sessions.session(summary.id).customer_turns[0]
    assert turn.interrupted and turn.text == "Zweimal abgebucht, "


async def test_a_reply_waits_for_the_model_and_can_be_taken_back(stage: Stage):
    stage.ready.clear()
    stage.customer.gate.set()
    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_call(app, pilot, connected=False)
        await say(app, pilot, SORRY)
        await until(pilot, lambda: "wartet auf das Modell" in seen(app))
        await pilot.press("escape")
        assert app.screen.query_one(Composer).text == SORRY
        await pilot.press("enter")
        await until(pilot, lambda: "wartet auf das Modell" in seen(app))
        stage.ready.set()
        await until(pilot, lambda: "und keiner meldet sich" in seen(app))


@pytest.mark.parametrize("ready", [True, False])
async def test_a_reply_too_long_is_refused_and_kept(stage: Stage, ready: bool):
    if not ready:
        stage.ready.clear()
    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_call(app, pilot, connected=ready)
        long = "Ach herrje! " * 1666 + "Ach herr"
        assert len(long) == 20_000 > LONGEST_REPLY
        await say(app, pilot, long)
        assert "20000 Zeichen" in app.screen.query_one(Banner).sentence[1]
        assert app.screen.query_one(Composer).text == long
        stage.ready.set()
    assert stage.sessions.list() == ()


async def test_an_empty_reply_is_refused(stage: Stage):
    app = call(stage, language="en")
    async with app.run_test(size=(80, 24)) as pilot:
        await in_call(app, pilot)
        await say(app, pilot, " \n\t")
        assert "Your reply is empty" in seen(app)


async def test_a_reply_that_could_not_be_kept_comes_back(stage: Stage, monkeypatch):
    def full(*_: object) -> None:
        raise StoreError("store_disk_full", folder="/data", path="/data/x", reason="full")

    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_call(app, pilot)
        monkeypatch.setattr(stage.sessions, "append", full)
        await say(app, pilot, SORRY)
        await until(pilot, lambda: "kein Platz mehr" in seen(app))
        assert app.screen.query_one(Composer).text == SORRY
        assert not app.screen.query(".-trainee")
        monkeypatch.undo()
        stage.customer.gate.set()
        await pilot.press("enter")
        await until(pilot, lambda: "und keiner meldet sich" in seen(app))


async def test_an_answer_that_broke_off_can_be_had_again(stage: Stage):
    def breaks() -> None:
        stage.customer.breaks = None
        raise MemoryError("tensor [1, 2]")

    stage.customer.breaks = breaks
    stage.customer.gate.set()
    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_call(app, pilot)
        await say(app, pilot, SORRY)
        await until(pilot, lambda: "tensor [1, 2]" in seen(app))
        await pilot.press("f5")
        await until(pilot, lambda: "und keiner meldet sich" in seen(app))
        assert not app.screen.query_one(Banner).display


async def test_a_customer_who_hangs_up_leads_to_the_debrief(stage: Stage):
    stage.customer.gate.set()
    stage.customer.hangs_up_at = 1
    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_call(app, pilot)
        await say(app, pilot, "Sie müssen sich beruhigen.")
        await until(pilot, lambda: "Frau Yılmaz hat aufgelegt." in seen(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
        assert "ärgerlicher als zu Beginn: 8,0 → 9,5" in seen(app)


async def test_hanging_up_without_a_word_leaves_nothing(stage: Stage):
    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_call(app, pilot)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, HomePage))
    assert stage.sessions.list() == ()


async def test_hanging_up_while_the_customer_talks(stage: Stage):
    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_call(app, pilot)
        await say(app, pilot, SORRY)
        await until(pilot, lambda: "Zweimal abgebucht," in seen(app))
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
    (summary,) = stage.sessions.list()
    assert summary.ended == "left" and summary.turns == 1


@pytest.mark.parametrize("size", SIZES)
async def test_the_case_file_is_one_key_away(stage: Stage, size):
    app = call(stage, "wartet", "en")
    async with app.run_test(size=size) as pilot:
        await in_call(app, pilot)
        assert "I have been waiting for my money" in seen(app)
        if size[0] < 160:
            await pilot.press("f2")
            await until(pilot, lambda: isinstance(app.screen, CaseFileSheet))
        assert "Doppelt abgebucht [dringend]" in seen(app)
        await pilot.press("f2")
        await until(pilot, lambda: "[dringend]" not in seen(app))
        assert isinstance(app.screen, PracticePage)
        assert not app.screen.query_one(CaseFile).display


async def test_control_characters_are_left_out_of_a_paste_and_told(stage: Stage):
    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_call(app, pilot)
        composer = app.screen.query_one(Composer)
        app.post_message(events.Paste("Guten\tTag\r\nFrau \x1b[31mYılmaz\x07"))
        await until(pilot, lambda: "Steuerzeichen" in seen(app))
        assert composer.text == "Guten Tag\nFrau [31mYılmaz"


HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("[]/\\=\"'\x1b\x07\x00\u202e\u200f😀👩‍👧שלוםمرحبا{}%\n\t@$"),
        st.characters(codec="utf-8"),
    ),
    min_size=1,
    max_size=60,
)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=HOSTILE, line=HOSTILE)
def test_whatever_is_said_is_shown_and_never_obeyed(tmp_path_factory, text: str, line: str):
    async def turn() -> None:
        stage = Stage(tmp_path_factory.mktemp("call"))
        stage.customer.clauses = (line, "[/] [bold red]zu Ende")
        stage.customer.gate.set()
        app = call(stage)
        async with app.run_test(size=(80, 24)) as pilot:
            await in_call(app, pilot)
            await say(app, pilot, f"[b]{text}[/b]")
            await until(pilot, lambda: not app.screen.talking and "zu Ende" in seen(app))
            assert "[/] [bold red]zu Ende" in app.screen.query_one(Transcript).plain
            assert "[b]" in app.screen.query_one(Transcript).plain
            assert "\x1b" not in app.screen.query_one(Transcript).plain

    asyncio.run(turn())


async def test_a_long_call_is_paged_and_scrolling_up_stays(stage: Stage):
    stage.customer.gate.set()
    practice = stage.switchboard().connect("yilmaz", "doppelt", "de", seed=3)
    for _ in range(PAGE):
        list(practice.take_turn(SORRY))
    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.id is None and len(app.screen_stack) > 2)
        await pilot.press("enter")
        await in_call(app, pilot)
        transcript = app.screen.query_one(Transcript)
        await until(pilot, lambda: len(transcript.query(Utterance)) == PAGE)
        await until(pilot, lambda: transcript.scroll_y == transcript.max_scroll_y > 0)
        stage.customer.gate.clear()
        await say(app, pilot, SORRY)
        await until(pilot, lambda: "spricht" in seen(app))
        transcript.scroll_to(y=20, animate=False)
        await pilot.pause()
        stage.customer.gate.set()
        await until(pilot, lambda: not app.screen.talking)
        assert transcript.scroll_y == 20
        transcript.scroll_home(animate=False)
        await until(pilot, lambda: len(transcript.query(Utterance)) > PAGE + 2)


async def test_copying_takes_the_whole_talk(stage: Stage):
    stage.customer.gate.set()
    app = call(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_call(app, pilot)
        await say(app, pilot, SORRY)
        await until(pilot, lambda: not app.screen.talking and "Was nun?" in seen(app))
        await pilot.press("f8")
        await until(pilot, lambda: "Frau Yılmaz: Zweimal abgebucht, und keiner" in app.clipboard)
