"""What is wrong with content files, as it is being mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.tui.literal import literal
from simulator.tui.screens.page import Sheet
from simulator.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from simulator.content.problems import Problem


@dataclass(frozen=True)
class Found:
    """What is wrong now; ``kept_back`` if that is why the last state in order still holds."""

    problems: tuple[Problem, ...] = ()
    kept_back: bool = False


class ProblemSheet(Sheet[None]):
    """Follows the app's ``found``, also when everything is in order again."""

    CSS_PATH = "problems.tcss"
    HELP = "reload.help"
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+l", "dismiss", "close", id="problems.close"),
        Binding("f8,c", "copy", "copy", id="problems.copy", tooltip="copy_tip"),
    ]

    def compose(self) -> ComposeResult:
        """Lay the problems over Home."""
        with VerticalScroll(classes="sheet"):
            yield Static(id="heading")
            yield Static(id="meaning")
            yield Static(id="problems")
        yield KeyLine(palette=False)

    def on_mount(self) -> None:
        """Follow what the app finds."""
        self.watch(self.app, "found", self._show)

    def action_copy(self) -> None:
        """Copy all problems to the clipboard, also over SSH."""
        self.app.copy_to_clipboard("\n".join(self._lines))
        self.notify(self.texts("app.practice.copied"), markup=False)

    def _show(self, found: Found) -> None:
        self._lines = [problem.render(self.texts.language) for problem in found.problems]
        heading = self.texts("reload.heading", count=len(self._lines))
        self.query_one("#heading", Static).update(self.heading(heading))
        meaning = "kept" if found.kept_back else "left_out" if self._lines else "mended"
        self.query_one("#meaning", Static).update(self.texts(f"reload.meaning_{meaning}"))
        listed = Content("\n\n").join(literal(line) for line in self._lines)
        self.query_one("#problems", Static).update(listed)
