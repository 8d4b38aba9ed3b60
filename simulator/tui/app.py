"""The app: opens the line to the model and leads from screen to screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual import on, work
from textual.reactive import reactive
from textual.worker import get_current_worker

from simulator import settings
from simulator.coaching.comparison import read_courses
from simulator.coaching.diary import Diary
from simulator.domain.annotation import Note
from simulator.domain.conversation import Session
from simulator.domain.language import Language
from simulator.errors import HoererError
from simulator.i18n import Texts
from simulator.rewind import unsealed
from simulator.tui import messages
from simulator.tui.call import Before, Call
from simulator.tui.line import Line
from simulator.tui.reading import ReadingApp
from simulator.tui.recording import Notebook, Recording
from simulator.tui.screens.briefing import BriefingPage
from simulator.tui.screens.compare import ComparePage
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.go_on import Choice, GoOnSheet
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.mail import practice_page
from simulator.tui.screens.my_practice import MyPracticePage
from simulator.tui.screens.other_side import OtherSidePage
from simulator.tui.screens.page import Page
from simulator.tui.screens.replay import ReplayPage
from simulator.tui.seen import Seen
from simulator.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue
    from simulator.store.repository import Sessions
    from simulator.store.summary import Summary
    from simulator.switchboard import Progress, Switchboard


class _ClosedError(Exception):
    """The app was closed while the model was loading."""


class HoererApp(ReadingApp):
    """Hörer in the terminal.

    ``catalogue_loader`` and ``connect`` are slow and are called in a thread, once the first
    screen has been painted; both may raise HoererError. With ``persona`` and ``scenario`` (ids or
    paths) that call is opened at once. ``language`` is the interface's, ``call_language`` the
    customer's (as the interface's unless given). With ``replay`` (the id of an earlier call) that
    one lies on the coach's desk, or with ``as_customer`` is heard from the other side, and no model
    is loaded until a call is wanted. ``coach`` signs the notes (without one, whom the settings
    name). ``before`` is what briefings propose.
    """

    TITLE = "Hörer"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide"), (160, "-full")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-tall")]  # noqa: RUF012

    past: reactive[tuple[Summary, ...]] = reactive(())

    def __init__(
        self,
        catalogue_loader: Callable[[], Catalogue],
        sessions: Sessions,
        connect: Callable[[Progress], Switchboard],
        language: Language,
        *,
        trainee: str = "",
        persona: str | None = None,
        scenario: str | None = None,
        call_language: Language | None = None,
        seed: int | None = None,
        coach: str = "",
        replay: str | None = None,
        as_customer: bool = False,
        before: Before | None = None,
    ) -> None:
        super().__init__(Texts(language), catalogue_loader)
        self._sessions = sessions
        self._connect = connect
        self._trainee = trainee
        self._asked_for = (persona, scenario) if persona and scenario else None
        self._call_language: Language = call_language or language
        self._seed = seed
        self._coach = coach
        self._replay_first = replay
        self._as_customer = as_customer
        self._before = before or Before()
        self._resting = replay is not None
        """Nobody has wanted a call yet, only to look at one."""
        self._offered = self._resting
        self._seen = Seen()

    def on_mount(self) -> None:
        """Paint first, load afterwards."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self.push_screen(HomePage(self.texts, self._call_language, self._trainee))
        self.call_after_refresh(self._dial)

    # --- what threads report

    @work(thread=True, exclusive=True, group="line")
    def _dial(self) -> None:
        try:
            self.post_message(messages.ContentRead(self.read_content()))
            self._remember()
            if self._resting:
                return
            self.post_message(messages.Connected(self._connect(self._progress)))
        except _ClosedError:
            return
        except Exception as error:  # whatever it was, the trainee is told and may try again
            self.post_message(messages.Failed(error, fatal=True))

    @work(thread=True, exclusive=True, group="past")
    def _read_past(self) -> None:
        self._remember()

    def _remember(self) -> None:
        try:
            self.post_message(messages.PastRead(self._sessions.list()))
        except HoererError as error:
            self.post_message(messages.Failed(error))

    @work(thread=True, exclusive=True, group="replay")
    def _read_replay(self, session_id: str) -> None:
        try:
            session = unsealed(self._sessions.session(session_id))
            notebook = Notebook(self._sessions, session.id, settings.coach_name(self._coach))
            self.post_message(messages.ReplayRead(session, notebook, notebook.read()))
        except HoererError as error:
            self.post_message(messages.Failed(error))

    def _progress(self, stage: str, share: float) -> None:
        if get_current_worker().is_cancelled:
            raise _ClosedError
        self.post_message(messages.Loading(stage, share))

    @on(messages.Loading)
    def _loading(self, event: messages.Loading) -> None:
        if self.line.switchboard is None:
            self.line = Line(event.stage, event.share)

    @on(messages.ContentRead)
    def _content_read(self, event: messages.ContentRead) -> None:
        self.take(event.catalogue)
        self.line = Line("model")
        if self._asked_for is not None:
            (persona, scenario), self._asked_for = self._asked_for, None
            self._open_call(persona, scenario, self._call_language, self._seed)
        if self._replay_first is not None:
            wanted = messages.OtherSide if self._as_customer else messages.Replay
            self.post_message(wanted(self._replay_first))
            self._replay_first = None

    @on(messages.PastRead)
    def _past_read(self, event: messages.PastRead) -> None:
        self.past = event.past
        if not self._offered:
            self._offered = True
            self._offer_to_go_on()

    @on(messages.Connected)
    def _connected(self, event: messages.Connected) -> None:
        self.line = Line(share=1.0, switchboard=self.up_to_date(event.switchboard))

    @on(messages.Failed)
    def _failed(self, event: messages.Failed) -> None:
        if event.fatal:
            self.line = Line(self.line.stage, self.line.share, failed=True)
        self._say(event.error)

    # --- what screens ask for

    @on(messages.Redial)
    def _redial(self) -> None:
        self.line = Line()
        self._dial()

    @on(messages.Brief)
    def _brief(self, event: messages.Brief) -> None:
        self._to(BriefingPage(self.texts, event.call, self._before))

    @on(messages.Begin)
    def _begin(self, event: messages.Begin) -> None:
        self._practise(event.call)

    @on(messages.Replay)
    def _replay(self, event: messages.Replay) -> None:
        self._read_replay(event.session)

    @on(messages.ReplayRead)
    def _replay_read(self, event: messages.ReplayRead) -> None:
        recording = Recording.of(event.session, self.catalogue, self._seen.of(event.session))
        self._to(ReplayPage(self.texts, recording, event.notebook, event.notes))

    @on(messages.LeaveReplay)
    def _leave_replay(self) -> None:
        if self._resting:
            self._offered = False
        self._read_past()
        self._to(None)
        self._wake()

    @on(messages.Open)
    def _open(self, event: messages.Open) -> None:
        self._reopen(event.session)

    @on(messages.Finish)
    def _finish(self, event: messages.Finish) -> None:
        self._read_past()
        if event.session is None or not event.session.agent_turns:
            self._to(None)
        else:
            notes = self._lay_open(event.session)
            self._to(DebriefPage(self.texts, event.call, event.session, notes))

    @on(messages.Fork)
    def _fork(self, event: messages.Fork) -> None:
        if self.catalogue is None:
            return
        try:
            earlier = self._sessions.session(event.session)
            call = Call.forked(earlier, event.turn, self.catalogue)
        except HoererError as error:
            self._say(error)
        else:
            self._wake()
            self._lay_open(earlier)
            self._practise(call)

    @on(messages.Compare)
    def _compare(self, event: messages.Compare) -> None:
        try:
            courses = read_courses(self._sessions, event.origin, event.fork)
        except HoererError as error:
            self._say(error)
        else:
            self._lay_open(courses.first)
            self._lay_open(courses.second)
            self.push_screen(ComparePage(self.texts, courses, self.catalogue))

    @on(messages.OpenMyPractice)
    def _open_my_practice(self) -> None:
        if (known := self.catalogue) is not None:
            self.push_screen(MyPracticePage(self.texts, self._sessions, self._trainee, known))

    @on(messages.OtherSide)
    def _other_side(self, event: messages.OtherSide) -> None:
        if self.catalogue is None:
            return
        try:
            diary = Diary.of(event.session, self._sessions)
        except HoererError as error:
            self._say(error)
        else:
            self._lay_open(diary.session)
            alone = isinstance(self.screen, HomePage)
            self.push_screen(OtherSidePage(self.texts, diary, self.catalogue, alone))

    @on(messages.SwitchLanguage)
    def _switch_language(self) -> None:
        self.texts = Texts("en" if self.texts.language == "de" else "de")
        self.switch_screen(HomePage(self.texts, self._call_language, self._trainee))

    # --- from screen to screen

    def _to(self, page: Page | None) -> None:
        """Show ``page`` in place of whatever lies on home, or home itself."""
        while len(self.screen_stack) > 1 and not isinstance(self.screen_stack[-1], HomePage):
            self.pop_screen()
        if page is not None:
            self.push_screen(page)

    def _practise(self, call: Call) -> None:
        self._to(practice_page(self.texts, call, self._trainee, self._sessions.drafts))

    def _open_call(
        self,
        persona: str,
        scenario: str,
        language: Language,
        seed: int | None = None,
        session: Session | None = None,
    ) -> None:
        if self.catalogue is None:
            return
        try:
            who, what = self.catalogue.persona(persona), self.catalogue.scenario(scenario)
        except HoererError as error:
            self._say(error)
            return
        call = Call(who, what, language, persona, scenario, seed, session)
        notes = self._lay_open(session) if session is not None else ()
        if session is not None and session.ended is not None:
            self._to(DebriefPage(self.texts, call, session, notes))
        elif session is None and self._before.briefing:
            self._to(BriefingPage(self.texts, call, self._before))
        else:
            self._practise(call)

    def _reopen(self, session_id: str) -> None:
        try:
            session = self._sessions.session(session_id)
        except HoererError as error:
            self._say(error)
            return
        started = session.started
        if session.from_outside:
            self._read_replay(session.id)
            return
        self._open_call(started.persona, started.scenario, started.language, started.seed, session)

    def _lay_open(self, session: Session) -> tuple[Note, ...]:
        """Return the notes on a call whose scores are about to be shown, and remember that."""
        self._seen.lay_open(session)
        try:
            return self._sessions.notes(session.id)
        except HoererError as error:
            self._say(error)
            return ()

    def _wake(self) -> None:
        """Load the model if so far nobody wanted one."""
        if self._resting:
            self._resting = False
            self._dial()

    def _offer_to_go_on(self) -> None:
        open_calls = [s for s in self.past if s.ended is None and s.turns]
        if not open_calls or self.catalogue is None:
            return
        last = open_calls[0]
        sheet = GoOnSheet.about(last, self.texts, self.catalogue)

        def answered(choice: Choice | None) -> None:
            if choice == "go_on":
                self._reopen(last.id)
            elif choice == "end":
                self._end(last.id)

        if sheet is not None:
            self.push_screen(sheet, answered)

    def _end(self, session_id: str) -> None:
        try:
            session = self._sessions.session(session_id)
            self._sessions.append(session.id, session.ending(datetime.now(UTC), "left"))
        except HoererError as error:
            self._say(error)
            return
        self._reopen(session_id)
        self._read_past()

    def _say(self, error: Exception) -> None:
        page = next(s for s in reversed(self.screen_stack) if isinstance(s, Page))
        page.show_error(error)
