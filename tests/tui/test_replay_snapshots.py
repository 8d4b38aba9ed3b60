"""How the coach's screens look; ``pytest --snapshot-update`` takes new pictures."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from simulator.coaching.pen import Pen
from simulator.domain.annotation import Span
from simulator.domain.cue import Cue
from simulator.domain.score import Dimension
from simulator.tui.screens.replay import ReplayPage
from tests.tui.cast import Stage, until
from tests.tui.desk import ENGLISH, GERMAN, desk, kept


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def noted(stage: Stage, language):
    session = kept(stage, replies=GERMAN if language == "de" else ENGLISH, language=language)
    names = iter(f"note-{n:08}" for n in range(9))

    def pen(coach: str) -> Pen:
        return Pen(coach, 2, lambda: datetime(2026, 3, 4, 9, 30, tzinfo=UTC), lambda: next(names))

    for note in (
        pen("Kim").remark(
            "praise", "[b]Genau so.[/b]", Cue.SPECIFIC_APOLOGY, Span(start=0, end=15)
        ),
        pen("Robin [A]").overruling(Dimension.LISTENING, 2, "34,99 €!"),
        pen("Robin [A]").rating(dict.fromkeys(Dimension, 1)),
    ):
        stage.sessions.annotate(session.id, note)
    return session


PLACES = {
    "open": ("right",) * 4,
    "blind": ("r", *("right",) * 3),
    "remark": (*("right",) * 3, "n", "tab", "e", "tab", "right", "space", "right", "space"),
    "overrule": (*("right",) * 3, "o", "right", "tab", "2"),
    "rate": ("r", "right", "enter", "1", "2"),
    "withdraw": (*("right",) * 3, "x"),
}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
@pytest.mark.parametrize("place", ["open", "blind"])
def test_desk(stage: Stage, snap_compare, language, size, place):
    look(stage, snap_compare, language, size, place)


@pytest.mark.parametrize(
    ("language", "size", "place"),
    [
        ("de", (80, 24), "remark"),
        ("en", (200, 60), "remark"),
        ("en", (80, 24), "overrule"),
        ("de", (80, 24), "rate"),
        ("de", (80, 24), "withdraw"),
    ],
)
def test_sheets(stage: Stage, snap_compare, language, size, place):
    look(stage, snap_compare, language, size, place)


def look(stage: Stage, snap_compare, language, size, place):
    async def there(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplayPage))
        for key in PLACES[place]:
            await pilot.press(key)
        for text in pilot.app.screen.query(TextArea):
            text.cursor_blink = False
        await pilot.pause(0.3)

    app = desk(stage, noted(stage, language), language)
    assert snap_compare(app, terminal_size=size, run_before=there)
