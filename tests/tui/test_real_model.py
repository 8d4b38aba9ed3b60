"""The whole app with the weights that ship: a trainee takes two turns and looks at the debrief."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from simulator.content.catalogue import Catalogue
from simulator.store.repository import Sessions
from simulator.switchboard import open_line
from simulator.tui.app import HoererApp
from simulator.tui.screens.briefing import BriefingPage, Guess
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.practice import PracticePage
from simulator.tui.widgets.composer import Composer
from tests.tui.cast import seen, until

REPLIES = (
    "Talnetz Breitband, guten Tag, Jana Petersen. Was ist passiert?",
    "Jeden Abend weg: Da wäre ich auch wütend. Was hat Sie daran am meisten geärgert?",
)


@pytest.mark.real_model
async def test_a_trainee_takes_two_turns_with_the_real_customer(tmp_path: Path):
    store = Sessions(tmp_path / "sessions.sqlite3")
    connect = partial(open_line, "standard", Catalogue.load(), store)
    app = HoererApp(
        Catalogue.load,
        store,
        connect,
        "de",
        persona="brandt",
        scenario="internet-kuendigung",
        seed=3,
    )
    async with app.run_test(size=(140, 45)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BriefingPage))
        await until(
            pilot, lambda: app.screen.query(Guess) and app.screen.query_one(Guess).has_focus
        )
        await pilot.press(*"Ruhe", "enter")
        await until(pilot, lambda: isinstance(app.screen, PracticePage))
        await until(pilot, lambda: app.line.switchboard, 120)
        for number, reply in enumerate(REPLIES, 1):
            app.screen.query_one(Composer).text = reply
            await pilot.press("enter")
            await until(pilot, lambda: kept_answers(store) == number, 60)  # noqa: B023
            await until(pilot, lambda: not app.screen.talking, 10)
        session = store.session(store.list()[0].id)
        for turn in session.customer_turns:
            assert turn.text.split()[0] in seen(app)
        assert session.started.guess == "Ruhe"
        rated = session.agent_turns[-1].scores
        assert rated.empathy.value > session.agent_turns[0].scores.empathy.value
        assert session.customer_turns[-1].state.anger < session.started.start.anger
        assert "Qwen2.5" in session.started.models["customer"]
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, DebriefPage), 10)


def kept_answers(store: Sessions) -> int:
    return sum(len(store.session(one.id).customer_turns) for one in store.list())
