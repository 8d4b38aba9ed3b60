"""The other side: a call once more, heard as the customer, with one question at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Input, Static

from simulator.coaching.diary import LONGEST_LINE, Diary
from simulator.coaching.other_side import OtherSide
from simulator.coaching.other_side_words import OtherSideWords
from simulator.errors import HoererError
from simulator.i18n import Texts
from simulator.tui.literal import harmless, literal
from simulator.tui.messages import LeaveReplay
from simulator.tui.screens.page import Page
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.key_line import KeyLine
from simulator.tui.widgets.other_side import Glance, Inside

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue

PAUSE = 2.5
"""Seconds between what was heard and what it did: time to feel it."""
WORDS_A_SECOND = 2.0
"""How fast it runs by itself: nobody is hurried here."""


class OtherSidePage(Page):
    """Exchange by exchange at the trainee's own pace; it runs by itself only when asked to.

    ``alone`` says that nothing but home lies beneath.
    """

    CSS_PATH = "other_side.tcss"
    HELP = "other_side.help.page"
    AUTO_FOCUS = "Inside"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "back", "back", id="other.back", priority=True, tooltip="go_before_tip"),
        Binding(
            "up", "reconsider", "back", id="other.again", priority=True, tooltip="go_before_tip"
        ),
        Binding(
            "right", "on", "go_further", id="other.on", priority=True, tooltip="go_further_tip"
        ),
        Binding("enter", "on", "go_further", id="other.enter", show=False),
        Binding("space", "run", "run", id="other.run", tooltip="run_tip"),
        Binding("f8", "copy", "copy", id="other.copy", tooltip="copy_tip"),
        Binding("escape", "leave", "close", id="other.leave"),
    ]

    place: reactive[int] = reactive(0, init=False)
    sunk_in: reactive[bool] = reactive(True, init=False)
    running: reactive[bool] = reactive(False, init=False)

    def __init__(self, texts: Texts, diary: Diary, catalogue: Catalogue, alone: bool) -> None:
        super().__init__(texts)
        self._side = OtherSide.of(diary.session, catalogue)
        self._words = OtherSideWords(self._side, texts)
        self._diary = diary
        self._alone = alone
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
            yield Static(literal(texts("other_side.end.back")), classes="apart")
            yield Static(literal(self._words.question, "bold"), classes="apart")
            yield Input(self._kept, placeholder=texts("other_side.end.line"), id="line",
                        max_length=LONGEST_LINE)  # fmt: skip
            yield Static(literal(texts("other_side.end.how")), classes="how")
        yield KeyLine("copy", palette=False)

    def on_mount(self) -> None:
        """Begin before the first word."""
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is."""
        return {
            "on": not self._asking,
            "run": not self._asking,
            # in the line that is being written the arrow moves the cursor
            "back": self.place > 0 and not self._asking,
            "reconsider": self._asking,
        }.get(action, True)

    # --- going through the call

    def action_on(self) -> None:
        """Skip the pause, read on, or go to the next exchange."""
        inside = self.query_one(Inside)
        if not self.sunk_in:
            self.sunk_in = True
        elif inside.max_scroll_y - inside.scroll_y >= 1:
            inside.scroll_page_down(animate=False)
            self._wind()
        else:
            self._to(self.place + 1, pause=True)

    def action_back(self) -> None:
        """Go an exchange back."""
        self._to(self.place - 1, pause=False)

    def action_reconsider(self) -> None:
        """Go back from the question to the last exchange."""
        self.action_back()

    def action_run(self) -> None:
        """Let it run by itself, or stop it."""
        self.running = not self.running

    def action_leave(self) -> None:
        """Go back to where this was asked for."""
        self._stop()
        if self._alone:
            self.post_message(LeaveReplay())
        else:
            self.app.pop_screen()

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
        self.action_on()

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
            experience = self._side.experiences[self.place]
            inside.glance = Glance(experience, self.sunk_in, first=self.place == 0)
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
