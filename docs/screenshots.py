"""Draws the README's screenshot: a real call in the real app with the real models.

Run with ``make screenshots``; writes ``docs/practice-de.svg`` and ``docs/practice-en.svg``.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

from simulator.content.catalogue import Catalogue
from simulator.domain.language import Language
from simulator.store.repository import Sessions
from simulator.switchboard import Progress, Switchboard, open_line
from simulator.tui.app import HoererApp
from simulator.tui.call import Before
from simulator.tui.screens.practice import PracticePage
from simulator.tui.widgets.composer import Composer

SIZE = (128, 36)
REPLIES: dict[Language, tuple[str, ...]] = {
    "de": (
        "Talnetz Breitband, guten Tag, Sie sprechen mit Jana Petersen. Was ist passiert?",
        "Jeden Abend weg, und Sie zahlen weiter: Da wäre ich auch wütend. Seit wann geht das so?",
        "Das tut mir leid, wir haben Sie da hängen lassen. Was hat Sie am meisten geärgert?",
    ),
    "en": (
        "Fernbrook Broadband, good morning, Jane Porter speaking. What has happened?",
        "Gone every evening while you keep paying: I'd be angry too. How long has this gone on?",
        "I'm sorry, we left you hanging there. What has annoyed you most about it?",
    ),
}


async def draw(board: Switchboard, language: Language, into: Path) -> None:
    """Hold a short call and save the screen."""

    def connect(_: Progress) -> Switchboard:
        return board

    app = HoererApp(
        Catalogue.load,
        board.sessions,
        connect,
        language,
        persona="brandt",
        scenario="internet-kuendigung",
        seed=3,
        before=Before(briefing=False),
    )
    async with app.run_test(size=SIZE) as pilot:
        while not isinstance(app.screen, PracticePage) or not app.line.switchboard:
            await pilot.pause(0.1)
        for reply in REPLIES[language]:
            app.screen.query_one(Composer).text = reply
            await pilot.press("enter")
            await pilot.pause(0.3)
            while app.screen.talking:
                await pilot.pause(0.1)
        await pilot.pause(0.5)
        into.write_text(app.export_screenshot(title="Hörer"), encoding="utf-8")


def main() -> None:
    """Draw both languages."""
    with tempfile.TemporaryDirectory() as folder:
        stores = {each: Sessions(Path(folder) / f"{each}.sqlite3") for each in REPLIES}
        first = next(iter(stores.values()))
        board = open_line("standard", Catalogue.load(), first, lambda _step, _share: None)
        for language, store in stores.items():
            # A store of its own: the app would offer to go on with the other call.
            own = replace(board, sessions=store)
            out = Path(__file__).parent / f"practice-{language}.svg"
            asyncio.run(draw(own, language, out))


if __name__ == "__main__":
    main()
