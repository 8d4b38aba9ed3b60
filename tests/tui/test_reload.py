"""Changed content is taken on Home; problems are shown, and nothing usable is lost to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import OptionList

from simulator.content.catalogue import Catalogue
from simulator.errors import UsageError
from simulator.tui import reading
from simulator.tui.app import HoererApp
from simulator.tui.call import Before
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.practice import PracticePage
from simulator.tui.screens.problems import ProblemSheet
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.composer import Composer
from tests.content.examples import PERSONA, SCENARIO, lay_out
from tests.tui.cast import Stage, seen, until


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    folder = lay_out(tmp_path / "home", {"keller": PERSONA}, {"doppelt": SCENARIO})
    monkeypatch.setenv("HOERER_HOME", str(folder))
    monkeypatch.setattr(reading, "LOOKS_EVERY", 0.05)
    return folder


def opened(stage: Stage, language="de", **options) -> HoererApp:
    options.setdefault("before", Before(briefing=False))
    return HoererApp(Catalogue.load, stage.sessions, stage.connect, language, **options)


def persona(home: Path, old: str, new: str) -> None:
    assert old in PERSONA
    (home / "personas" / "keller.yaml").write_text(PERSONA.replace(old, new), encoding="utf-8")


async def test_a_changed_persona_is_in_the_list_and_in_the_next_call(stage: Stage, home):
    app = opened(stage)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: app.catalogue and app.line.switchboard)
        await pilot.press(*"keller")
        await until(pilot, lambda: "Frau Keller" in seen(app))
        persona(home, "name: Frau Keller", "name: Frau Doktor Keller")
        await until(pilot, lambda: "Frau Doktor Keller" in seen(app))
        board = app.line.switchboard
        assert board.catalogue is app.catalogue
        assert board.catalogue.persona("keller").de.name == "Frau Doktor Keller"
        await until(pilot, lambda: "Die geänderten Dateien" in seen(app))


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_slip_is_shown_the_last_good_state_holds_and_mending_is_noticed(
    stage: Stage, home, size
):
    app = opened(stage)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.catalogue)
        persona(home, "temperament: misstrauisch", "temperament: '[red]mistrauisch'")
        await until(pilot, lambda: isinstance(app.screen, ProblemSheet))
        await until(pilot, lambda: "misstrauisch" in seen(app))
        # a long path is broken across lines
        assert "keller.yaml:2:14:" in "".join(seen(app).replace("│", "").split())
        assert "[red]mistrauisch" in seen(app)
        assert app.catalogue.persona("keller").temperament == "misstrauisch"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomePage))
        kind, sentence = app.screen.query_one(Banner).sentence
        assert kind == "warning" and "gelten noch nicht, Probleme: 1." in sentence
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, ProblemSheet))
        persona(home, "age: 47", "age: 50")
        await until(pilot, lambda: "Alles ist behoben" in seen(app))
        assert app.catalogue.persona("keller").age == 50
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, HomePage))
        assert not app.screen.query_one(Banner).display
        await pilot.press("ctrl+l")
        assert isinstance(app.screen, HomePage)


async def test_a_new_draft_with_problems_keeps_nobody_else_from_changing(stage: Stage, home):
    app = opened(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.catalogue)
        (home / "personas" / "draft.yaml").write_text("age: 5", encoding="utf-8")
        await until(pilot, lambda: isinstance(app.screen, ProblemSheet))
        await until(pilot, lambda: "Diese Dateien fehlen in der Liste" in seen(app))
        persona(home, "age: 47", "age: 50")
        await until(pilot, lambda: app.catalogue.persona("keller").age == 50)


async def test_a_call_goes_on_with_what_it_began_with(stage: Stage, home):
    stage.customer.gate.set()
    app = opened(stage, persona="yilmaz", scenario="doppelt")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, PracticePage) and app.line.switchboard)
        before = app.catalogue
        persona(home, "age: 47", "age: 50")
        app.screen.query_one(Composer).text = "Es tut mir leid, Frau Yılmaz."
        await pilot.press("enter")
        await until(pilot, stage.sessions.list)
        await pilot.pause(0.3)
        assert app.catalogue is before and app.line.switchboard.catalogue is before
        await pilot.press("f9")
        await until(pilot, lambda: not isinstance(app.screen, PracticePage))
        await pilot.press("h")
        await until(pilot, lambda: isinstance(app.screen, HomePage))
        await until(pilot, lambda: app.catalogue.persona("keller").age == 50)


async def test_what_was_read_as_a_call_began_waits_for_home(stage: Stage, home):
    app = opened(stage, persona="yilmaz", scenario="doppelt")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, PracticePage) and app.line.switchboard)
        before, changed = app.catalogue, Catalogue.load()
        app.post_message(reading.messages.ContentChanged(changed))
        await pilot.pause(0.2)
        assert app.catalogue is before
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, HomePage))
        await until(pilot, lambda: app.catalogue is changed)


async def test_what_cannot_be_read_at_all_is_told(stage: Stage, home):
    fails = []

    def load():
        if fails:
            raise fails[0]
        return Catalogue.load()

    app = HoererApp(load, stage.sessions, stage.connect, "de")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.catalogue)
        fails.append(UsageError("content_path_missing", path="[b]pack"))
        persona(home, "age: 47", "age: 50")
        await until(pilot, lambda: "„[b]pack“ gibt es nicht" in seen(app))
        assert app.catalogue.persona("keller").age == 47
        assert app.screen.query_one(OptionList).option_count
