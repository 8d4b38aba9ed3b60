"""One line that shows the model loading, and disappears when it has."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from simulator.i18n import Texts
from simulator.tui.figures import bar
from simulator.tui.line import Line

_WIDTH = 12


class LoadBar(Static):
    """Shows ``line`` while it is being opened."""

    DEFAULT_CSS = "LoadBar { width: auto; height: 1; color: $text-muted; }"

    line: reactive[Line] = reactive(Line())

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts

    def watch_line(self, line: Line) -> None:
        """Show how far it is."""
        self.display = line.switchboard is None and not line.failed
        key = f"app.loading.{line.stage}"
        stage = self._texts(key if key in self._texts else "app.loading.model")
        done, open_ = bar(line.share, _WIDTH)
        self.update(
            Content.assemble(
                f"{stage} ", (done, "$primary"), (open_, "$foreground 30%"), f" {line.share:.0%}"
            )
        )
