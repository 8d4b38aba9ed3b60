"""Briefing: what is known before the first word, and a guess at what is not."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Input, Static

from simulator.coaching.exam_words import marks_told
from simulator.customer.correspondence import signed
from simulator.domain.exam import Mode
from simulator.i18n import Texts
from simulator.practice import LONGEST_GUESS
from simulator.tui.call import Before, Call
from simulator.tui.literal import harmless, literal
from simulator.tui.messages import Begin
from simulator.tui.screens.page import Page
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.case_file import CaseFile
from simulator.tui.widgets.key_line import KeyLine


class Guess(Input):
    """Where the trainee writes what may be at stake; Enter goes on, also without a word."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "begin", id="briefing.begin", tooltip="begin_call_tip"),
    ]


class BriefingPage(Page):
    """The brief, one question, and whether it is to be practice or an exam."""

    CSS_PATH = "briefing.tcss"
    HELP = "briefing.help"
    AUTO_FOCUS = "Guess"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "mode", "mode", id="briefing.mode", tooltip="mode_tip"),
        Binding("escape", "home", "home", id="briefing.home", tooltip="home_tip"),
        Binding(
            "pageup", "scroll(-1)", "scroll_up", id="briefing.scroll_up", show=False, priority=True
        ),
        Binding(
            "pagedown", "scroll(1)", "scroll_down", id="briefing.scroll_down", show=False,
            priority=True,
        ),
    ]  # fmt: skip

    mode: reactive[Mode] = reactive("practice", init=False)

    def __init__(self, texts: Texts, call: Call, before: Before) -> None:
        super().__init__(texts)
        self._call = call
        self._person = call.persona.text(call.language)
        self._matter = call.scenario.text(call.language)
        self._proposed = before.guess
        self.set_reactive(BriefingPage.mode, before.mode)

    def contents(self) -> ComposeResult:
        """Lay the question under the case file."""
        texts = self.texts
        name = literal(self._person.name, "bold $primary")
        yield Static(name + literal(f"  {self._matter.title}"), id="title")
        yield Banner()
        yield CaseFile(texts, self._matter)
        yield Static(id="mode")
        yield Static(literal(texts("briefing.question"), "bold"), id="question")
        placeholder = texts("briefing.placeholder")
        yield Guess(self._proposed, placeholder=placeholder, max_length=LONGEST_GUESS)
        yield KeyLine()

    def on_mount(self) -> None:
        """Say which mode it is, and put the mail there is to the documents."""
        self.watch_mode()
        if thread := self._matter.thread:
            call = self._call
            head = " · ".join(filter(None, (self._person.name, self._matter.thread_head)))
            mail = signed(thread, call.persona, call.language)
            letter = literal(f"{head}\n", "bold") + literal(mail)
            self.query_one(CaseFile).mount(Static(letter, classes="document"), before=2)

    def watch_mode(self) -> None:
        """Say what the mode means, and what it is not for."""
        texts = self.texts
        name = Content.styled(f"{texts('briefing.mode')} ", "$foreground 60%")
        if self.mode == "practice":
            told = literal(texts("briefing.practice"))
        else:
            marks = marks_told("briefing.exam", self._call.scenario.exam, texts)
            told = literal(marks, "bold") + Content(f"\n{texts('exam.purpose')}")
        self.query_one("#mode", Static).update(name + told)

    @on(Input.Submitted)
    def _begin(self, event: Input.Submitted) -> None:
        guess = harmless(event.value).strip()
        self.post_message(Begin(replace(self._call, guess=guess, mode=self.mode)))

    def action_mode(self) -> None:
        """Change between practice and exam."""
        self.mode = "exam" if self.mode == "practice" else "practice"

    def action_home(self) -> None:
        """Choose another call."""
        self.app.pop_screen()

    def action_scroll(self, direction: int) -> None:
        """Scroll the case file while writing."""
        file = self.query_one(CaseFile)
        file.scroll_page_down() if direction > 0 else file.scroll_page_up()
