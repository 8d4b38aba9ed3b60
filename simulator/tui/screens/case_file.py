"""The case file over the call."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from simulator.domain.scenario import ScenarioText
from simulator.i18n import Texts
from simulator.tui.screens.page import Sheet
from simulator.tui.widgets.case_file import CaseFile
from simulator.tui.widgets.key_line import KeyLine


class CaseFileSheet(Sheet[None]):
    """What you may know; closed with the key that opened it."""

    CSS_PATH = "case_file.tcss"
    HELP = "app.help.case_file"
    AUTO_FOCUS = "CaseFile"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f2", "dismiss", "close", id="case_file.close"),
    ]

    def __init__(self, texts: Texts, scenario: ScenarioText) -> None:
        super().__init__(texts)
        self._scenario = scenario

    def compose(self) -> ComposeResult:
        """Lay the file over the call."""
        with Vertical(classes="sheet"):
            yield Static(self.heading(self._scenario.title))
            yield CaseFile(self.texts, self._scenario)
        yield KeyLine(palette=False)
