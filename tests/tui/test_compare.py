"""Another course of a call: said anew, set beside the first, seen on the screen."""

from __future__ import annotations

import time

import pytest
from textual.widgets import Collapsible

from simulator.domain.conversation import CallEnded
from simulator.tui.messages import Compare, Fork
from simulator.tui.screens.compare import ComparePage
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.practice import PracticePage
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.pairs import PAGE, PairView
from simulator.tui.widgets.past_list import PastList
from tests.tui.cast import NOW, Stage, seen, until

GREETING = "Netzwelt Nord, guten Tag, was ist passiert?"
SORRY = "Es tut mir leid, dass [zweimal] abgebucht wurde."
CALM = "Bitte beruhigen Sie sich erst mal, [/bold] ja?"
SIZES = [(80, 24), (200, 60)]


def ended(stage: Stage, practice):
    stage.sessions.append(practice.session.id, CallEnded(at=NOW, reason="left"))
    return stage.sessions.session(practice.session.id)


def had(stage: Stage, *replies: str, language="de", trainee=""):
    stage.customer.gate.set()
    practice = stage.switchboard().connect("yilmaz", "doppelt", language, 11, trainee)
    for reply in replies:
        list(practice.take_turn(reply))
    return ended(stage, practice)


def forked(stage: Stage, origin, turn: int, *replies: str):
    practice = stage.switchboard().fork(origin.id, turn)
    for reply in replies:
        list(practice.take_turn(reply))
    return ended(stage, practice)


async def home(app, pilot) -> None:
    await until(pilot, lambda: app.line.switchboard and app.past)


async def fork_at(app, pilot, origin, turn: int) -> None:
    app.post_message(Fork(origin.id, turn))
    await until(pilot, lambda: isinstance(app.screen, PracticePage))
    await until(pilot, lambda: app.focused is app.screen.query_one(Composer))


async def shown(app, pilot) -> None:
    await until(pilot, lambda: isinstance(app.screen, ComparePage) and app.screen.is_current)
    await pilot.pause(0.1)


async def whole(app, pilot) -> str:
    """Return what the page says, by way of the clipboard."""
    await pilot.press("c")
    return app.clipboard


@pytest.mark.parametrize("size", SIZES)
async def test_from_the_fork_over_the_debrief_to_both_courses(stage: Stage, size):
    origin = had(stage, GREETING, CALM)
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await home(app, pilot)
        await fork_at(app, pilot, origin, 2)
        assert app.screen.query_one(Banner).sentence == ("info", "Was wäre, wenn … (ab Antwort 2)")
        assert "Damals hieß es hier: „Bitte beruhigen Sie sich erst mal, [/bold] ja?“" in seen(app)
        assert "↳ neu ab Antwort 2" in seen(app)
        assert len(stage.sessions.list()) == 1
        await pilot.press(*"Es tut mir leid.", "enter")
        await until(pilot, lambda: len(stage.sessions.list()) == 2 and not app.screen.talking)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
        await until(pilot, lambda: "Vergleichen" in seen(app))
        await pilot.press("v")
        await shown(app, pilot)
        assert "Wie es war Was wäre, wenn" in seen(app)
        assert "Ärger 8,0 5,0 ▼ −3,0 ruhiger" in seen(app)
        assert "Empathie 18 78 ▲ +60 stärker" in seen(app)
        told = await whole(app, pilot)
        assert "Du: ▼Bitte beruhigen" not in told
        assert "Bitte ▼beruhigen Sie sich erst mal, [/bold] ja?" in told
        assert "Du: ▲Es tut mir leid." in told
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
    newest = next(each for each in stage.sessions.list() if each.id != origin.id)
    kept = stage.sessions.session(newest.id)
    assert kept.started.forked.session == origin.id
    assert kept.started.seed == 11
    assert [turn.text for turn in kept.agent_turns] == [GREETING, "Es tut mir leid."]


async def test_while_the_model_loads_the_fork_says_so_and_waits(stage: Stage):
    origin = had(stage, GREETING, CALM)
    stage.ready.clear()
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.catalogue)
        await fork_at(app, pilot, origin, 2)
        banner = app.screen.query_one(Banner)
        assert banner.sentence[1].endswith("Das Modell wird noch geladen; schreib ruhig schon.")
        stage.ready.set()
        await until(pilot, lambda: app.line.switchboard)
        await until(pilot, lambda: banner.sentence[1] == "Was wäre, wenn … (ab Antwort 2)")


async def test_the_first_reply_can_be_said_anew_too(stage: Stage):
    origin = had(stage, CALM)
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        await fork_at(app, pilot, origin, 1)
        assert "Das Telefon klingelt" in seen(app)
        await pilot.press(*"Es tut mir leid.", "enter")
        await until(pilot, lambda: len(stage.sessions.list()) == 2 and not app.screen.talking)


async def test_a_fork_without_a_word_leads_back_and_leaves_no_trace(stage: Stage):
    origin = had(stage, GREETING, CALM)
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        await fork_at(app, pilot, origin, 2)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
        assert app.screen._session == origin
        assert "Vergleichen" not in seen(app)
    assert len(stage.sessions.list()) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"persona": "weg[gezogen"}, "„weg[gezogen“"),
        ({"scenario": "verjährt"}, "ist nicht mehr da"),
        ({"origin": "outside"}, "kommt von außen"),
    ],
)
async def test_what_cannot_be_said_anew_is_refused_in_a_sentence(stage: Stage, change, sentence):
    session = had(stage, GREETING)
    other = session.started.model_copy(update={"session": "other1", **change})
    stage.sessions.begin((other, *session.turns))
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        await pilot.press("escape")
        app.post_message(Fork("other1", 1))
        page = next(s for s in app.screen_stack if isinstance(s, HomePage))
        await until(pilot, lambda: sentence in page.query_one(Banner).sentence[1])
        assert "Gespräch" in page.query_one(Banner).sentence[1]


async def test_changed_content_is_a_warning_and_no_refusal(stage: Stage):
    session = had(stage, GREETING, CALM)
    other = session.started.model_copy(update={"session": "other1", "content": "0" * 16})
    stage.sessions.begin((other, *session.turns, CallEnded(at=NOW, reason="left")))
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        app.post_message(Fork("other1", 2))
        await until(pilot, lambda: isinstance(app.screen, PracticePage))
        kind, sentence = app.screen.query_one(Banner).sentence
        assert kind == "warning"
        assert "(ab Antwort 2)" in sentence and "geändert" in sentence
        await pilot.press(*"Es tut mir leid.", "enter")
        await until(pilot, lambda: len(stage.sessions.list()) == 3 and not app.screen.talking)
        fork = next(each for each in stage.sessions.list() if each.forked)
        app.post_message(Compare("other1", fork.id))
        await shown(app, pilot)
        assert "zwischen den beiden Verläufen geändert" in seen(app)


async def test_the_list_of_calls_marks_forks_and_offers_to_compare_them(stage: Stage):
    origin = had(stage, GREETING, CALM)
    forked(stage, origin, 2, SORRY)
    app = stage.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await home(app, pilot)
        await until(pilot, lambda: "↳ Frau" in seen(app))
        past = app.screen.query_one(PastList)
        past.focus()
        place = {s.id: n for n, s in enumerate(past.past)}
        past.highlighted = place[origin.id]
        await pilot.pause()
        assert "Vergleichen" not in seen(app)
        await pilot.press("v")
        assert isinstance(app.screen, HomePage)
        past.highlighted = 1 - place[origin.id]
        await until(pilot, lambda: "Vergleichen" in seen(app))
        await pilot.press("v")
        await shown(app, pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomePage))


async def test_a_fork_whose_origin_was_deleted_says_so(stage: Stage):
    origin = had(stage, GREETING, CALM)
    fork = forked(stage, origin, 2, SORRY)
    stage.sessions.delete(origin.id)
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        app.post_message(Compare(origin.id, fork.id))
        await until(pilot, lambda: "zu vergleichen ist nichts" in seen(app))


async def test_from_the_comparison_to_another_try(stage: Stage):
    origin = had(stage, GREETING, CALM)
    fork = forked(stage, origin, 2, SORRY)
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        app.post_message(Compare(origin.id, fork.id))
        await shown(app, pilot)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, PracticePage))
        assert "(ab Antwort 2)" in app.screen.query_one(Banner).sentence[1]


@pytest.mark.parametrize("size", SIZES)
async def test_both_courses_stand_side_by_side_or_one_under_the_other(stage: Stage, size):
    origin = had(stage, GREETING, CALM)
    fork = forked(stage, origin, 2, SORRY)
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await home(app, pilot)
        app.post_message(Compare(origin.id, fork.id))
        await shown(app, pilot)
        first, second = (
            app.screen.query(f".course.-{each}").first() for each in ("first", "second")
        )
        await until(pilot, lambda: second.region.width)
        beside = first.region.y == second.region.y
        assert beside is (size[0] >= 110)
        assert beside or second.region.y >= first.region.bottom


async def test_the_common_beginning_is_one_line_until_it_is_opened(stage: Stage):
    origin = had(stage, GREETING, SORRY, CALM)
    fork = forked(stage, origin, 3, SORRY)
    app = stage.app()
    async with app.run_test(size=(120, 60)) as pilot:
        await home(app, pilot)
        app.post_message(Compare(origin.id, fork.id))
        await shown(app, pilot)
        folded = app.screen.query_one(Collapsible)
        assert "Gemeinsamer Anfang: 2 Antworten" in seen(app)
        assert folded.size.height == 1
        assert GREETING not in seen(app)
        await pilot.press("tab", "enter")
        await until(pilot, lambda: GREETING in seen(app))


async def test_what_came_out_in_one_course_only_stands_there(stage: Stage):
    origin = had(stage, CALM)
    fork = forked(stage, origin, 1, SORRY)
    app = stage.app()
    async with app.run_test(size=(120, 60)) as pilot:
        await home(app, pilot)
        app.post_message(Compare(origin.id, fork.id))
        await shown(app, pilot)
        told = await whole(app, pilot)
        assert "Sie gehen von der ersten Antwort an auseinander." in told
        assert told.count("✦ Nur hier kam heraus, worum es eigentlich geht: Sie will hören") == 1
        assert told.index("✦") > told.rindex("Was wäre, wenn")


async def test_two_courses_without_a_difference_are_said_to_be_alike(stage: Stage):
    origin = had(stage, GREETING, CALM)
    fork = forked(stage, origin, 2, CALM)
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        app.post_message(Compare(origin.id, fork.id))
        await shown(app, pilot)
        assert "In den beiden Verläufen ist nichts verschieden." in seen(app)
        assert "Ärger 8,0 8,0 = gleich" in seen(app)


async def test_a_long_call_comes_page_by_page(stage: Stage):
    origin = had(stage, *[CALM] * (PAGE + 5))
    fork = forked(stage, origin, 1, *[SORRY] * (PAGE + 5))
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        app.post_message(Compare(origin.id, fork.id))
        await shown(app, pilot)
        await until(pilot, lambda: len(app.screen.query(PairView)) == PAGE)
        await pilot.press("end")
        await until(pilot, lambda: len(app.screen.query(PairView)) == PAGE + 5)
        assert f"Antwort {PAGE + 5}" in await whole(app, pilot)


async def test_where_the_content_has_gone_the_ids_stand_in(stage: Stage):
    session = had(stage, CALM)
    started = {"session": "other1", "persona": "weg[b]", "scenario": "fort"}
    first = session.started.model_copy(update=started)
    second = first.model_copy(update={"session": "other2"})
    stage.sessions.begin((first, *session.turns))
    better = had(stage, SORRY).turns
    told = better[1].model_copy(update={"facts": ("twice",), "need": True})
    stage.sessions.begin((second, better[0], told, CallEnded(at=NOW, reason="hung_up")))
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        app.post_message(Compare("other1", "other2"))
        await shown(app, pilot)
        assert "weg[b] fort · Zwei Verläufe" in seen(app)
        told = await whole(app, pilot)
        assert "Gespräch other2" in told
        assert "Nur hier verraten: twice" in told
        assert "worum es eigentlich geht." in told


@pytest.fixture
def in_utc(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


BETTER = {"de": SORRY, "en": "I am sorry that you were charged [twice]."}
WORSE = {"de": CALM, "en": "Please calm down, [madam]."}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
def test_compare(stage: Stage, snap_compare, in_utc, language, size):
    worse, better = WORSE[language], BETTER[language]
    origin = had(stage, GREETING, worse, worse, language=language, trainee="Mia")
    fork = forked(stage, origin, 2, better, better, better)
    app = stage.app(language)

    async def compared(pilot) -> None:
        await home(app, pilot)
        app.post_message(Compare(origin.id, fork.id))
        await shown(app, pilot)
        if size[0] < 110:
            await pilot.press("pagedown")
        elif language == "en":
            app.action_light()
        await pilot.pause(0.5)

    assert snap_compare(app, terminal_size=size, run_before=compared)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
def test_fork(stage: Stage, snap_compare, in_utc, language, size):
    origin = had(stage, BETTER[language], WORSE[language], language=language)
    app = stage.app(language)

    async def anew(pilot) -> None:
        await home(app, pilot)
        await fork_at(app, pilot, origin, 2)
        app.screen.query_one(Composer).cursor_blink = False
        await pilot.pause(0.3)

    assert snap_compare(app, terminal_size=size, run_before=anew)
