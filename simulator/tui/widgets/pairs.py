"""Exchanges of two courses, one below the other as the call went on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Grid, Vertical, VerticalScroll
from textual.widgets import Static

from simulator.coaching.comparison import Pair
from simulator.tui.course_words import CourseWords

PAGE = 20
"""Exchanges that are put on the screen at once; later ones come when asked for."""


class PairView(Vertical):
    """One exchange: both courses, and under them what differs."""

    DEFAULT_CSS = """
    PairView {
        height: auto;
        .both { height: auto; grid-size: 1; grid-rows: auto; grid-gutter: 1 2; }
        .course { height: auto; padding: 0 1; border-left: thick $foreground 30%; }
        .course.-second { border-left: thick $primary; }
        .difference { height: auto; padding: 0 1; margin: 1 0 0 0; background: $surface; }
    }
    """

    def __init__(self, words: CourseWords, pair: Pair) -> None:
        super().__init__()
        self._words = words
        self._pair = pair

    def compose(self) -> ComposeResult:
        """Set the courses beside each other where there is room."""
        words, pair = self._words, self._pair
        yield Static(words.heading(pair), classes="heading")
        with Grid(classes="both"):
            yield Static(words.course(pair, second=False), classes="course -first")
            yield Static(words.course(pair, second=True), classes="course -second")
        difference = words.difference(pair)
        if difference:
            yield Static(difference, classes="difference")


class PairList(VerticalScroll):
    """Scrolls through ``pairs``, fetching later ones at the end."""

    DEFAULT_CSS = "PairList { height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }"
    HELP = "compare.help"

    def __init__(self, words: CourseWords, pairs: tuple[Pair, ...]) -> None:
        super().__init__()
        self._words = words
        self._later = pairs

    def on_mount(self) -> None:
        """Show the first of them."""
        self._fetch()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Fetch later exchanges at the end."""
        super().watch_scroll_y(old_value, new_value)
        if old_value < new_value >= self.max_scroll_y - 1:
            self._fetch()

    def _fetch(self) -> None:
        page, self._later = self._later[:PAGE], self._later[PAGE:]
        self.mount_all([PairView(self._words, pair) for pair in page])
