"""F4 while practising: a question, then an example, and what is remembered of it."""

from __future__ import annotations

import pytest

from simulator.scoring.hints import Situation, further
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.practice import PracticePage
from simulator.tui.screens.replay import ReplayPage
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.hint_card import HintCard
from tests.tui.cast import Stage, seen, until

SORRY = "Es tut mir leid, dass zweimal abgebucht wurde."


async def in_call(app, pilot) -> PracticePage:
    await until(pilot, lambda: isinstance(app.screen, PracticePage) and app.line.switchboard)
    return app.screen


async def say(app, pilot, text: str) -> None:
    page = app.screen
    page.query_one(Composer).text = text
    await pilot.press("enter")
    await until(pilot, lambda: page._handset.session and not page.talking)


async def asked(page, pilot) -> None:
    card = page.query_one(HintCard)
    before = card.hint
    await pilot.press("f4")
    await until(pilot, lambda: card.hint != before)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_question_then_an_example_then_it_is_with_the_reply(stage: Stage, size):
    stage.customer.gate.set()
    app = stage.app(persona="yilmaz", scenario="doppelt")
    async with app.run_test(size=size) as pilot:
        page = await in_call(app, pilot)
        await say(app, pilot, "Bitte beruhigen Sie sich.")
        page.query_one(Composer).text = "Angefangen"
        await asked(page, pilot)
        card = page.query_one(HintCard)
        assert "Frag dich" in seen(app)
        assert "Wann hat es dich zuletzt beruhigt" in str(card.visual)
        assert card.hint.example is None
        await asked(page, pilot)
        await until(pilot, lambda: "Zum Beispiel" in seen(app))
        # not this case's solution, and never read as markup
        assert "„Ich höre [b]1[/b] Punkte: Zweimal abgebucht," in str(card.visual)
        assert page.query_one(Composer).text == "Angefangen"
        await pilot.press("f4")
        await until(pilot, lambda: "Mehr Tipps" in page.query_one(Banner).sentence[1])
        await say(app, pilot, SORRY)
        assert card.hint is None and not card.display
        assert "mit Tipp: Frage und Beispiel" in seen(app)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage))
        told = "\n".join(str(part.visual) for part in app.screen.query(".part"))
        assert "Vor Antwort 2" in told and "Vor Antwort 1" not in told
        assert "Tipp davor: „Wann hat es dich zuletzt" in told
        assert "Beispiel dazu, aus einem anderen Gespräch: „Ich höre [b]1[/b]" in told
    session = stage.sessions.session(stage.sessions.list()[0].id)
    assert [bool(turn.hint) for turn in session.agent_turns] == [False, True]


async def test_the_replay_shows_it_but_not_to_who_rates_blind(stage: Stage):
    board = stage.switchboard()
    stage.customer.gate.set()
    practice = board.connect("yilmaz", "doppelt", "de", guess="Ihr [b]Ruf[/b].")
    hint = further(Situation.of(practice.session, practice.scenario), None, board.rater)
    for _ in practice.take_turn(SORRY, hint=hint):
        pass
    practice.end("left")
    app = stage.app(replay=practice.session.id, coach="Kim")
    async with app.run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ReplayPage))
        await pilot.press("end")
        await until(pilot, lambda: "mit Tipp: Frage" in seen(app))
        assert f"Tipp davor: „{hint.question[:30]}" in seen(app)
        assert "Vermutung vor dem Gespräch: „Ihr [b]Ruf[/b].“" in seen(app)
        assert "Dahinter steckte: Sie will hören" in seen(app)
        await pilot.press("r")
        await until(pilot, lambda: "mit Tipp" not in seen(app))
        assert "Tipp davor" not in seen(app)


async def test_before_the_first_word_there_is_a_question_and_no_example(stage: Stage):
    app = stage.app("en", persona="yilmaz", scenario="doppelt")
    async with app.run_test(size=(80, 24)) as pilot:
        page = await in_call(app, pilot)
        await asked(page, pilot)
        assert "Ask yourself" in seen(app)
        await pilot.press("f4")
        await until(pilot, lambda: "once the other side" in page.query_one(Banner).sentence[1])
    assert stage.sessions.list() == (), "asking begins no call"


async def test_a_question_needs_no_model_and_an_example_waits_for_it(stage: Stage):
    stage.ready.clear()
    app = stage.app(persona="yilmaz", scenario="wartet")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, PracticePage))
        await asked(app.screen, pilot)
        await pilot.press("f4")
        await until(
            pilot, lambda: "wartet noch auf das Modell" in app.screen.query_one(Banner).sentence[1]
        )
        stage.ready.set()
        await until(pilot, lambda: app.line.switchboard)
        await asked(app.screen, pilot)
        assert app.screen.query_one(HintCard).hint.example is not None


async def test_a_reply_that_is_refused_keeps_its_hint(stage: Stage):
    app = stage.app(persona="yilmaz", scenario="doppelt")
    async with app.run_test(size=(80, 24)) as pilot:
        page = await in_call(app, pilot)
        await asked(page, pilot)
        page.query_one(Composer).text = ""
        await pilot.press("enter")
        assert page.query_one(HintCard).hint is not None


@pytest.mark.parametrize(("scenario", "later"), [("doppelt", True), ("wartet", False)])
async def test_no_example_is_promised_before_anything_was_heard(stage: Stage, scenario, later):
    app = stage.app(persona="yilmaz", scenario=scenario)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await in_call(app, pilot)
        await asked(page, pilot)
        told = str(page.query_one(HintCard).visual)
        assert ("sobald dein Gegenüber etwas gesagt hat" in told) is later
        assert ("F4 zeigt dazu ein Beispiel" in told) is not later
        await pilot.press("f4")
        card = page.query_one(HintCard)
        if later:
            await until(pilot, lambda: "sobald" in page.query_one(Banner).sentence[1])
            assert card.hint.example is None
        else:
            await until(pilot, lambda: card.hint.example is not None)
