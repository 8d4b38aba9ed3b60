"""Compare: two courses of a call side by side, what differed first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Collapsible, Static

from simulator.coaching.comparison import Courses
from simulator.i18n import Texts
from simulator.tui.course_words import CourseWords
from simulator.tui.messages import Fork
from simulator.tui.screens.page import Page
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.key_line import KeyLine
from simulator.tui.widgets.pairs import PairList

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue


class ComparePage(Page):
    """What was, and what would have been."""

    CSS_PATH = "compare.tcss"
    HELP = "compare.help"
    AUTO_FOCUS = "PairList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", id="compare.back"),
        Binding("w", "once_more", "once_more", id="compare.once_more", tooltip="once_more_tip"),
        Binding("f8,c", "copy", "copy", id="compare.copy", tooltip="copy_tip"),
    ]

    def __init__(self, texts: Texts, courses: Courses, catalogue: Catalogue | None) -> None:
        super().__init__(texts)
        started = courses.first.started
        persona = catalogue.personas.get(started.persona) if catalogue else None
        scenario = catalogue.scenarios.get(started.scenario) if catalogue else None
        self._courses = courses
        self._words = CourseWords(texts, courses, persona, scenario)

    def contents(self) -> ComposeResult:
        """Lay out the end, the common beginning in a line, then exchange by exchange."""
        words, courses = self._words, self._courses
        yield Static(words.title, id="title")
        yield Banner()
        with PairList(words, courses.pairs):
            yield Static(self.texts("compare.end.heading"), classes="heading")
            yield Static(words.end(), id="end")
            if words.notes:
                yield Static(words.notes, classes="notes")
            if courses.common and courses.pairs:
                with Collapsible(title=words.common):
                    yield Static(words.beginning)
            else:
                yield Static(words.common, classes="notes")
        yield KeyLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer another try only where the second course branched off."""
        return self._courses.second.started.forked is not None if action == "once_more" else True

    def action_back(self) -> None:
        """Go back to where this was asked for."""
        self.app.pop_screen()

    def action_once_more(self) -> None:
        """Say something else again at the same place."""
        if (fork := self._courses.second.started.forked) is not None:
            self.post_message(Fork(fork.session, fork.turn))

    def action_copy(self) -> None:
        """Copy both courses to the clipboard, also over SSH."""
        words = self._words
        parts: list[Content] = [words.title, words.end(), words.notes, Content(words.common)]
        parts.append(words.beginning)
        for pair in self._courses.pairs:
            parts.append(Content(words.heading(pair)))
            parts += (words.course(pair, second) for second in (False, True))
            parts.append(words.difference(pair))
        self.app.copy_to_clipboard("\n\n".join(part.plain for part in parts if part))
        self.notify(self.texts("app.practice.copied"), markup=False)
