"""The trainee's guess before the call beside what was behind it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.widgets import Static

from simulator.i18n import Texts
from simulator.tui.literal import literal


class GuessBesideNeed(Grid):
    """Sets ``guess`` and ``need`` side by side; nobody says which is right."""

    DEFAULT_CSS = """
    GuessBesideNeed {
        height: auto; grid-size: 2; grid-rows: auto; grid-gutter: 0 4; margin: 0 0 1 0;
        & Static { height: auto; padding: 0 1; border-left: thick $primary; }
        & #need { border-left: thick $accent; }
    }
    """

    def __init__(self, texts: Texts, guess: str, need: str) -> None:
        super().__init__()
        self._texts = texts
        self._guess = guess
        self._need = need

    def compose(self) -> ComposeResult:
        """Lay out the two."""
        quotes = self._texts("app.quotes")
        guess = quotes[0] + literal(self._guess) + quotes[1]
        yield Static(self._part("guess", guess), id="guess")
        yield Static(self._part("need", literal(self._need)), id="need")

    def _part(self, key: str, words: Content) -> Content:
        title = Content.styled(self._texts(f"briefing.{key}"), "bold")
        return Content("\n").join([title, words])
