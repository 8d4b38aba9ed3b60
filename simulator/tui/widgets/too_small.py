"""Covers a terminal too small to work in."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import reactive
from textual.widgets import Static

from simulator.i18n import Texts

LEAST = Size(60, 18)
"""The smallest terminal (columns, rows) in which every screen can be used."""


class TooSmall(Static):
    """Says so while ``size_now`` is below ``LEAST``; what lies underneath stays as it is."""

    DEFAULT_CSS = """
    TooSmall {
        display: none; overlay: screen; position: absolute; offset: 0 0;
        width: 100vw; height: 100vh; padding: 1 2;
        background: $background; color: $text-warning; content-align: center middle;
    }
    """

    size_now: reactive[Size] = reactive(LEAST)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts

    def on_mount(self) -> None:
        """Look at the size there is."""
        self.size_now = self.app.size

    def watch_size_now(self, size: Size) -> None:
        """Cover the screen, or uncover it."""
        self.display = size.width < LEAST.width or size.height < LEAST.height
        values = {"columns": LEAST.width, "rows": LEAST.height}
        self.update(self._texts("app.too_small", **values, width=size.width, height=size.height))

    def measure(self, event: events.Resize) -> None:
        """Take the size from a resize of the screen."""
        self.size_now = event.size
