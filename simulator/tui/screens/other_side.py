"""The other side: a call once more, heard as the customer, with one question at the end."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Footer, Input, Static

from simulator.coaching.diary import LONGEST_LINE, Diary
from simulator.coaching.other_side import OtherSide
from simulator.coaching.other_side_words import OtherSideWords
from simulator.errors import HoererError
from simulator.i18n import Texts
from simulator.tui.literal import harmless, literal
from simulator.tui.messages import LeaveOtherSide
from simulator.tui.screens.page import Page
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.other_side import Glance, Inside

PAUSE = 2.5
"""Seconds between what was heard and what it did: time to feel it."""
WORDS_A_SECOND = 2.0
"""How fast it runs by itself: nobody is hurried here."""


class OtherSidePage(Page):
    """Exchange by exchange at the trainee's own pace; it runs by itself only when asked to."""

    CSS_PATH = "other_side.tcss"
    HELP = "other_side.help.page"
    AUTO_FOCUS = "Inside"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,pageup", "go(-1)", "back", id="other.back", tooltip="go_before_tip"),
        Binding("right,enter", "go(1)", "go_further", id="other.on", tooltip="go_further_tip"),
        Binding("space", "run", "run", id="other.run", tooltip="run_tip"),
        Binding("f8", "copy", "copy", id="other.copy", tooltip="copy_tip"),
        Binding("escape", "leave", "close", id="other.leave"),
    ]

    place: reactive[int] = reactive(0, init=False)
    sunk_in: reactive[bool] = reactive(True, init=False)
    running: reactive[bool] = reactive(False, init=False)

    def __init__(self, texts: Texts, side: OtherSide, diary: Diary) -> None:
        super().__init__(texts)
        self._side = side
        self._words = OtherSideWords(side, texts)
        self._diary = diary
        self._timer: Timer | None = None

    def contents(self) -> ComposeResult:
        """Lay the exchange under the title, and the question where it will be asked."""
        texts = self.texts
        with Horizontal(id="title"):
            yield Static(
                literal(f"{self._words.title}  ", "bold $primary") + self._matter, id="who"
            )
            yield Static(id="where")
        yield Banner()
        yield Inside(texts, self._words)
        with VerticalScroll(id="question", can_focus=False):
            yield Static(literal(texts("other_side.end.heading")), classes="heading")
            yield Static(literal("\n".join(self._words.ending())))
            yield Static(literal(texts("other_side.end.back"), "bold"), classes="apart")
            yield Static(literal(self._words.question), classes="apart")
            yield Input(self._kept, placeholder=texts("other_side.end.line"), id="line",
                        max_length=LONGEST_LINE)  # fmt: skip
            yield Static(literal(texts("other_side.end.how")), classes="how")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin before the first word."""
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is."""
        if action == "go":
            return not self._asking if parameters == (1,) else self.place > 0
        return not self._asking if action == "run" else True

    # --- going through the call

    def action_go(self, step: int) -> None:
        """Skip the pause, or go an exchange on or back."""
        if step > 0 and not self.sunk_in:
            self.sunk_in = True
        else:
            self._to(self.place + step, pause=step > 0)

    def action_run(self) -> None:
        """Let it run by itself, or stop it."""
        self.running = not self.running

    def action_leave(self) -> None:
        """Go back to where this was asked for."""
        self._stop()
        self.post_message(LeaveOtherSide())

    def action_copy(self) -> None:
        """Copy all of it to the clipboard, also over SSH."""
        self.app.copy_to_clipboard(self._words.whole())
        self.notify(self.texts("app.practice.copied"), markup=False)

    def watch_place(self) -> None:
        """Show the exchange."""
        self._show()

    def watch_sunk_in(self) -> None:
        """Show what it did."""
        self._show()

    def watch_running(self) -> None:
        """Start or stop the clock."""
        self._show_place()
        self._wind()

    def _to(self, place: int, *, pause: bool) -> None:
        place = min(max(place, 0), self._last + 1)
        if place == self.place:
            return
        self.query_one(Banner).clear()
        heard = place <= self._last and self._side.experiences[place].heard is not None
        self.set_reactive(OtherSidePage.sunk_in, not (pause and heard))
        self.place = place

    def _advance(self) -> None:
        self._timer = None
        self.action_go(1)

    def _wind(self) -> None:
        """Set the clock for what comes by itself: the end of a pause, or the next exchange."""
        self._stop()
        if not self.sunk_in:
            self._timer = self.set_timer(PAUSE, self._advance)
        elif self.running and not self._asking:
            words = sum(len(line.split()) for line in self._lines)
            self._timer = self.set_timer(PAUSE + words / WORDS_A_SECOND, self._advance)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    # --- the question

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip() or self._diary.line is not None:
            self._keep(event.value)

    @work(thread=True, exclusive=True, group="diary")
    def _keep(self, line: str) -> None:
        try:
            diary = self._diary.keep(line)
        except HoererError as error:
            self.app.call_from_thread(self.show_error, error)
        else:
            self.app.call_from_thread(self._written, diary)

    def _written(self, diary: Diary) -> None:
        self._diary = diary
        self.query_one(Input).value = self._kept
        key = "kept_line" if diary.line else "deleted"
        self.show(self.texts(f"other_side.end.{key}"), "info")

    # --- what is shown

    @property
    def _last(self) -> int:
        return len(self._side.experiences) - 1

    @property
    def _asking(self) -> bool:
        return self.place > self._last

    @property
    def _kept(self) -> str:
        return harmless(self._diary.line.text) if self._diary.line else ""

    @property
    def _matter(self) -> Content:
        return literal(self._side.title)

    @property
    def _lines(self) -> list[str]:
        sections = self._words.sections(self._side.experiences[self.place])
        return [line for section in sections for line in section.lines]

    def _show(self) -> None:
        self.set_class(self._asking, "-asking")
        if self._asking:
            self.running = False
            self.query_one(Input).focus()
        else:
            inside = self.query_one(Inside)
            inside.glance = Glance(self._side.experiences[self.place], self.sunk_in)
            inside.focus()
        self._show_place()
        self._wind()
        self.refresh_bindings()

    def _show_place(self) -> None:
        where = ""
        if not self._asking:
            where = self._words.place(self._side.experiences[self.place])
        running = f"{self.texts('other_side.running')}  " if self.running else ""
        self.query_one("#where", Static).update(literal(running + where))
