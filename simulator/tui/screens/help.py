"""Help: what this screen is for, and its keys as they are now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.i18n import Texts
from simulator.tui.screens.page import Page, Sheet
from simulator.tui.widgets.key_line import KeyLine


class HelpSheet(Sheet[None]):
    """Gathers what the screen underneath and its widgets say of themselves."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "dismiss", "close", id="help.close"),
    ]

    def __init__(self, texts: Texts, page: Page) -> None:
        super().__init__(texts)
        self._parts = tuple(dict.fromkeys(self._told(page)))
        self._keys = tuple(self._explained(page))

    def compose(self) -> ComposeResult:
        """Lay the help over the page."""
        with VerticalScroll(classes="sheet"):
            yield Static(self.heading(self.texts("app.help.title")))
            for part in self._parts:
                yield Static(Content(part), classes="part")
            yield Static(self.heading(self.texts("app.help.keys")))
            yield Static(Content("\n").join(self._keys), classes="part")
        yield KeyLine(palette=False)

    def _told(self, page: Page) -> Iterator[str]:
        for node in (page, *page.walk_children()):
            if node.HELP and node.HELP in self.texts:
                yield self.texts(node.HELP)

    def _explained(self, page: Page) -> Iterator[Content]:
        # a key without an id is one of the framework's own, such as the arrows in a text
        ours = [active for active in page.active_bindings.values() if active.binding.id]
        shown = {(a.binding.id, a.binding.key): a for a in ours}.values()
        keys = {a.binding.key: page.app.get_key_display(a.binding) for a in shown}
        width = max(map(len, keys.values()), default=0) + 2
        for active in shown:
            yield self._line(keys[active.binding.key].ljust(width), active)

    def _line(self, key: str, active: ActiveBinding) -> Content:
        told = active.tooltip or active.binding.description
        return Content.assemble((key, "bold $accent"), told)
