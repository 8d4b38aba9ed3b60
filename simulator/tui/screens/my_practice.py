"""My practice: the trainee's own weeks, their course, and the words worth finding again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from simulator import settings
from simulator.coaching import weeks
from simulator.coaching.development import SaidWell
from simulator.coaching.my_practice import MyPractice, OwnCall, course, read_my_practice
from simulator.coaching.practice_words import goal_named, rhythm_told
from simulator.coaching.weeks import Rhythm
from simulator.errors import HoererError
from simulator.i18n import Texts
from simulator.store.reply import Line
from simulator.tui.literal import harmless, literal
from simulator.tui.messages import Failed
from simulator.tui.screens.own_lines import OwnLinesPage
from simulator.tui.screens.page import Page
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.choice import Choice
from simulator.tui.widgets.key_line import KeyLine
from simulator.tui.widgets.plot import DIMENSIONS, Chart, Plot, Series
from simulator.tui.widgets.said_line import SaidLine

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue
    from simulator.store.repository import Sessions

MOST = 7
"""Calls a week that can be a goal."""


class MyPracticePage(Page):
    """What ``trainee`` has done, for their own eyes; without a name, what was done without one."""

    CSS_PATH = "my_practice.tcss"
    HELP = "my_practice.help.page"
    AUTO_FOCUS = "#my_practice"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", id="my_practice.back", tooltip="home_tip"),
        Binding("f3", "own_lines", "own_lines", id="my_practice.lines", tooltip="own_lines_tip"),
        Binding("f8,c", "copy", "copy", id="my_practice.copy", show=False, tooltip="copy_tip"),
    ]

    class Read(Message):
        """The trainee's calls and choices have been read."""

        def __init__(self, mine: MyPractice, chosen: settings.Settings) -> None:
            super().__init__()
            self.mine = mine
            self.chosen = chosen

    def __init__(
        self, texts: Texts, sessions: Sessions, trainee: str, catalogue: Catalogue
    ) -> None:
        super().__init__(texts)
        self._sessions = sessions
        self._trainee = trainee
        self._catalogue = catalogue
        self._mine: MyPractice | None = None
        self._goal: int | None = None

    def contents(self) -> ComposeResult:
        """Weeks and goal, the course beside or below, then the words."""
        texts = self.texts
        who = self._trainee or texts("my_practice.nameless")
        title = literal(f"{texts('my_practice.title')}  ", "bold $primary")
        yield Static(title + literal(who), id="title")
        yield Banner()
        with VerticalScroll(id="my_practice"):
            yield Static(texts("my_practice.reading"), id="nothing")
            with Grid(id="both"):
                yield from self._week()
                yield from self._course()
            with Grid(id="said"):
                with Vertical():
                    yield self._heading("lines.kept")
                    yield Vertical(id="kept")
                    yield Static(id="more", classes="faint")
                with Vertical():
                    yield self._heading("lines.best")
                    yield Vertical(id="best")
            key = "yours" if self._trainee.strip() else "whose"
            yield Static(texts(f"my_practice.{key}"), classes="faint part")
        yield KeyLine()

    def _week(self) -> ComposeResult:
        texts = self.texts
        with Vertical():
            yield self._heading("week.heading")
            yield Static(id="rhythm", classes="part")
            goals = tuple(goal_named(calls, texts) for calls in range(MOST + 1))
            yield Choice(texts("my_practice.goal.title"), goals, 0, digits=True, id="goal")
            shown = tuple(texts(f"my_practice.reminder.{each}") for each in ("off", "on"))
            yield Choice(texts("my_practice.reminder.title"), shown, 0, id="reminder")

    def _course(self) -> ComposeResult:
        with Vertical():
            yield self._heading("course.heading")
            yield Choice(self.texts("my_practice.course.case"), ("–",), 0, id="case")
            yield Plot()
            yield Static(id="remark", classes="faint")

    def on_mount(self) -> None:
        """Show nothing before anything is known."""
        self._lay_open(False)
        self._read_all()

    @work(thread=True, exclusive=True, group="my_practice")
    def _read_all(self) -> None:
        language = self.texts.language
        try:
            mine = read_my_practice(self._sessions, self._trainee, self._catalogue, language)
            self.post_message(self.Read(mine, settings.load()))
        except HoererError as error:
            self.post_message(Failed(error))

    @on(Read)
    async def _show(self, event: Read) -> None:
        mine = self._mine = event.mine
        if not mine.calls:
            self.query_one("#nothing", Static).update(self.texts("my_practice.empty"))
            return
        texts = self.texts
        self._goal = event.chosen.weekly_goal
        with self.prevent(Choice.Changed):
            self.query_one("#goal", Choice).chosen = self._goal or 0
            self.query_one("#reminder", Choice).chosen = int(event.chosen.reminder)
        names = [texts("my_practice.course.all", calls=len(mine.calls))]
        names += [
            texts("my_practice.course.one", title=harmless(case.title), calls=len(case.calls))
            for case in mine.cases
        ]
        self.query_one("#case", Choice).offer(tuple(names))
        self._tell_rhythm()
        self._plot()
        await self._quote("#kept", mine.kept, "none_kept")
        await self._quote("#best", mine.best, "none_rated")
        left_out = len(mine.lines) - len(mine.kept)
        more = texts("my_practice.lines.more", count=left_out) if left_out else ""
        self._remark("#more", more)
        self._lay_open(True)

    def _lay_open(self, known: bool) -> None:
        self.query_one("#nothing").display = not known
        for part in ("#both", "#said"):
            self.query_one(part).display = known
        self.refresh_bindings()

    async def _quote(self, part: str, said: Sequence[SaidWell], none: str) -> None:
        texts, place = self.texts, self.query_one(part, Vertical)
        focused = next((line.line for line in place.query(SaidLine) if line.has_focus), None)
        lines = [SaidLine(texts, one, self._keeps(one)) for one in said]
        nothing = Static(texts(f"my_practice.lines.{none}"), classes="faint")
        await place.remove_children()
        await place.mount_all(lines or [nothing])
        for line in lines:
            if line.line == focused:
                line.focus()

    def _keeps(self, said: SaidWell) -> bool:
        line = Line(said.stage.session.id, said.turn.turn)
        return self._mine is not None and line in self._mine.lines

    def _rhythm(self) -> Rhythm:
        own = (call.summary for call in self._mine.calls) if self._mine else ()
        return Rhythm.of(own, self._goal, datetime.now(UTC))

    def _tell_rhythm(self) -> None:
        told = rhythm_told(self._rhythm(), self.texts)
        self.query_one("#rhythm", Static).update(Content("\n".join(told)))

    def _plot(self) -> None:
        if self._mine is None or not self._mine.calls:
            return
        texts, shown = self.texts, self._calls_shown(self._mine)
        first = weeks.week_of(self._mine.calls[0].summary.at)
        axis = weeks.up_to(datetime.now(UTC), first)
        had = course(shown, axis)
        chart = Chart(
            texts("my_practice.course.chart"),
            100,
            tuple(
                Series(texts(f"scoring.dimension.{d}"), *look, tuple(w.means[d] for w in had))
                for d, look in DIMENSIONS.items()
            ),
            texts("my_practice.course.several"),
            labels=tuple(str(weeks.number(week)) for week in axis),
        )
        self.query_one(Plot).chart = chart
        rated = any(value is not None for week in had for value in week.means.values())
        remark = "" if rated else texts("my_practice.course.nothing")
        if first < axis[0]:
            latest = texts("my_practice.course.latest", weeks=len(axis))
            remark = f"{remark} {latest}".strip()
        self._remark("#remark", remark)

    def _remark(self, place: str, words: str) -> None:
        remark = self.query_one(place, Static)
        remark.update(words)
        remark.display = bool(words)

    def _calls_shown(self, mine: MyPractice) -> Sequence[OwnCall]:
        case = self.query_one("#case", Choice).chosen or 0
        return mine.cases[case - 1].calls if 0 < case <= len(mine.cases) else mine.calls

    @on(Choice.Changed, "#case")
    def _case_chosen(self) -> None:
        self._plot()

    @on(Choice.Changed, "#goal")
    def _goal_chosen(self, event: Choice.Changed) -> None:
        self._goal = event.choice.chosen or None
        self._tell_rhythm()
        self._keep(partial(settings.choose_goal, self._goal))

    @on(Choice.Changed, "#reminder")
    def _reminder_chosen(self, event: Choice.Changed) -> None:
        self._keep(partial(settings.choose_reminder, bool(event.choice.chosen)))

    def _keep(self, choice: Callable[[], None]) -> None:
        try:
            choice()
        except HoererError as error:
            self.show_error(error)

    @on(SaidLine.Toggled)
    def _toggled(self, event: SaidLine.Toggled) -> None:
        change = self._sessions.keep_line if event.kept else self._sessions.drop_line
        try:
            change(*event.line)
        except HoererError as error:
            self.show_error(error)
            return
        for line in self.query(SaidLine):
            if line.line == event.line:
                line.kept = event.kept

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to look through replies only where there are any."""
        return bool(self._mine and self._mine.replies) if action == "own_lines" else True

    def action_back(self) -> None:
        """Go back home."""
        self.app.pop_screen()

    def action_own_lines(self) -> None:
        """Look through all replies ever given."""
        if self._mine is not None:
            page = OwnLinesPage(self.texts, self._sessions, self._mine, self._catalogue)
            self.app.push_screen(page, self._come_back)

    def _come_back(self, _: None) -> None:
        """Read anew: what was kept among all replies belongs on this page."""
        self._read_all()

    def action_copy(self) -> None:
        """Copy everything to the clipboard, also over SSH."""
        shown = (w for w in self.query(Static) if w.display and not isinstance(w, Choice))
        self.app.copy_to_clipboard("\n".join(str(w.visual) for w in shown))
        self.notify(self.texts("app.practice.copied"), markup=False)

    def _heading(self, key: str) -> Static:
        return Static(self.texts(f"my_practice.{key}"), classes="heading")
