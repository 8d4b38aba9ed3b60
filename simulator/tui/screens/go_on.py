"""Offers to go on with a call that was cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from simulator.i18n import Texts
from simulator.tui.literal import literal
from simulator.tui.screens.page import Sheet
from simulator.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue
    from simulator.store.summary import Summary

Choice = Literal["go_on", "later", "end"]


class GoOnSheet(Sheet[Choice]):
    """Asks once, at the start; the call stays in the list in any case."""

    CSS_PATH = "go_on.tcss"
    HELP = "app.help.go_on"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose('go_on')", "go_on", id="go_on.go_on", tooltip="go_on_tip"),
        Binding("escape", "choose('later')", "later", id="go_on.later", tooltip="later_tip"),
        Binding("f9", "choose('end')", "end", id="go_on.end", tooltip="end_tip"),
    ]

    def __init__(self, texts: Texts, title: str, summary: Summary) -> None:
        super().__init__(texts)
        self._title = title
        when = summary.at.astimezone().strftime(texts("app.go_on.date"))
        story = texts("app.go_on.story", when=when, turns=summary.turns)
        self._story = f"{story} {texts('exam.go_on')}" if summary.exam else story

    @classmethod
    def about(cls, call: Summary, texts: Texts, catalogue: Catalogue) -> GoOnSheet | None:
        """Ask about ``call``; None if its persona or scenario is gone."""
        persona = catalogue.personas.get(call.persona)
        scenario = catalogue.scenarios.get(call.scenario)
        if persona is None or scenario is None:
            return None
        title = f"{persona.text(call.language).name} · {scenario.text(call.language).title}"
        return cls(texts, title, call)

    def compose(self) -> ComposeResult:
        """Ask."""
        with Vertical(classes="sheet"):
            yield Static(self.heading(self.texts("app.go_on.title")))
            yield Static(literal(self._title, "bold"))
            yield Static(literal(self._story))
        yield KeyLine(palette=False)

    def action_choose(self, choice: Choice) -> None:
        """Answer."""
        self.dismiss(choice)
