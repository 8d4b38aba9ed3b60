"""Practice: the call itself."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from simulator.coaching.mail_words import ending
from simulator.customer.answer import Moved, Spoken
from simulator.domain.conversation import AgentTurn, CallEnded, Session
from simulator.domain.hint import Hint
from simulator.domain.scenario import Channel
from simulator.errors import HoererError, UsageError
from simulator.i18n import Texts
from simulator.practice import LONGEST_REPLY, Answered, Ended, Scored, Step, clean
from simulator.tui.call import Anew, Call
from simulator.tui.call_title import call_title
from simulator.tui.handset import Handset
from simulator.tui.line import Line
from simulator.tui.literal import harmless, literal
from simulator.tui.messages import Finish, Open, Redial, Stepped, TurnOver
from simulator.tui.screens.case_file import CaseFileSheet
from simulator.tui.screens.page import Page, sentence
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.case_file import CaseFile
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.gauges import Gauges, Standing
from simulator.tui.widgets.hint_card import HintCard
from simulator.tui.widgets.key_line import KeyLine
from simulator.tui.widgets.ledger import Ledger
from simulator.tui.widgets.load_bar import LoadBar
from simulator.tui.widgets.mail_card import MailCard
from simulator.tui.widgets.score_card import ScoreCard
from simulator.tui.widgets.strip import StateStrip
from simulator.tui.widgets.transcript import Transcript


class PracticePage(Page):
    """You speak, the customer answers; what your words did stands beside it."""

    CSS_PATH = "practice.tcss"
    HELP = "app.help.practice"
    AUTO_FOCUS = "Composer"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "debrief", "debrief", id="practice.debrief", tooltip="debrief_tip"),
        Binding("escape", "stop", "stop", id="practice.stop", tooltip="stop_tip"),
        Binding("f2", "case_file", "case_file", id="practice.case_file", tooltip="case_file_tip"),
        Binding("f3", "panel", "panel", id="practice.panel", tooltip="panel_tip"),
        Binding("f4", "hint", "hint", id="practice.hint", tooltip="hint_tip"),
        Binding("f5", "retry", "retry", id="practice.retry", tooltip="retry_tip"),
        Binding("f8", "copy", "copy", id="practice.copy", show=False, tooltip="copy_tip"),
        Binding("f9", "leave", "leave", id="practice.leave", tooltip="leave_tip"),
        Binding(
            "pageup", "scroll(-1)", "scroll_up", id="practice.scroll_up", show=False, priority=True
        ),
        Binding(
            "pagedown", "scroll(1)", "scroll_down", id="practice.scroll_down", show=False,
            priority=True,
        ),
    ]  # fmt: skip

    line: reactive[Line] = reactive(Line())
    talking: reactive[bool] = reactive(False)
    """A reply is on its way, from sending it to the customer's last word."""
    over: reactive[bool] = reactive(False)

    def __init__(self, texts: Texts, call: Call, trainee: str) -> None:
        super().__init__(texts)
        self._call = call
        self._handset = Handset(call, trainee, self.post_message)
        self._person = call.persona.text(call.language)
        self._matter = call.scenario.text(call.language)
        self._sent: str | None = None
        """The reply on its way, until it has been kept."""
        self._due = False
        """A reply (or an answer to the last one) waits for the model."""

    def contents(self) -> ComposeResult:
        """Lay out the desk: case file, talk, effect."""
        texts = self.texts
        with Horizontal(id="title"):
            yield Static(self._title(), id="who")
            yield LoadBar(texts)
        yield Banner()
        with Horizontal(id="desk"):
            yield CaseFile(texts, self._matter)
            with Vertical(id="talk"):
                yield Transcript(texts, self._person.name, with_marks=not self._call.exam)
                if self._call.exam:
                    yield Static(literal(texts("exam.strip")), id="exam")
                yield StateStrip(texts)
                yield HintCard(texts)
                yield self._composer()
            with VerticalScroll(id="effect"):
                yield Static(self.texts("app.practice.state"), classes="heading")
                yield Gauges(texts)
                yield Static(self.texts("app.practice.ledger"), classes="heading")
                yield Ledger(texts)
                yield Static(self.texts("app.practice.score"), classes="heading")
                yield ScoreCard(texts)
                yield MailCard(texts)
        yield KeyLine("newline", "panel", "case_file")

    def on_mount(self) -> None:
        """Show how things stand, and follow the line to the model."""
        self.set_class(self._call.exam, "-exam")
        self._open()
        self.watch(self.app, "line", self._follow)

    def on_unmount(self) -> None:
        """Let nobody talk to an empty room."""
        self._handset.stop()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now; in an exam the one for hints only says that there are none."""
        active = super().active_bindings
        if self._call.exam and (hint := active.get("f4")) is not None:
            active["f4"] = hint._replace(binding=replace(hint.binding, show=False))
        return active

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense now."""
        composing = self.focused is self.query_one(Composer) if self.is_mounted else False
        return {
            "stop": self.talking,
            "retry": self.line.failed or self._unanswered,
            "debrief": self.over,
            "leave": not self.over,
            "panel": self.has_class("-narrow") and not self._call.exam,
            "hint": not self.over and not self.talking,
            "scroll": composing,
        }.get(action, True)

    # --- the trainee

    @on(Composer.Sent)
    def _send(self) -> None:
        composer = self.query_one(Composer)
        reply = clean(composer.text)
        refusal = self._refusal(reply)
        if refusal is not None:
            self.show_error(refusal)
            return
        composer.take()
        self.query_one(Banner).clear()
        self.query_one(Transcript).say(reply)
        self._sent = reply
        self._take_turn()

    def _refusal(self, reply: str) -> UsageError | None:
        """Refuse at once what the practice would refuse later, when the model has been loaded."""
        if self.talking or self._unanswered:
            return UsageError("customer_is_speaking")
        if not reply:
            return UsageError("empty_reply")
        if len(reply) > LONGEST_REPLY:
            return UsageError("reply_too_long", length=len(reply), longest=LONGEST_REPLY)
        return None

    @on(Composer.Cleaned)
    def _cleaned(self) -> None:
        self.show(self.texts("app.practice.cleaned"), "warning")

    def action_stop(self) -> None:
        """Stop the customer talking, or take back a reply that still waits for the model."""
        if self._due and self._sent is not None:
            self._due = self.talking = False
            self._give_back()
        else:
            self._handset.stop()

    def action_retry(self) -> None:
        """Try again what failed: loading the model, or having the reply answered."""
        self.query_one(Banner).clear()
        if self.line.failed:
            self.post_message(Redial())
        elif not self.talking:
            self.query_one(Transcript).listen()
            self._take_turn()

    def action_case_file(self) -> None:
        """Show the case file: beside the talk where there is room, else over it."""
        if self.has_class("-full"):
            self.toggle_class("-no-file")
        else:
            self.app.push_screen(CaseFileSheet(self.texts, self._matter))

    def action_panel(self) -> None:
        """Put state and scores in place of the transcript, and back."""
        self.toggle_class("-panel")

    @work(thread=True, exclusive=True, group="hint")
    def action_hint(self) -> None:
        """Help with the next reply: a question first, an example the second time."""
        card = self.query_one(HintCard)
        try:
            hint = self._handset.further(card.hint, self.line.switchboard)
        except HoererError as error:
            self.app.call_from_thread(self.show, sentence(error, self.texts), "info")
        else:
            self.app.call_from_thread(self._help, hint)

    def _help(self, hint: Hint) -> None:
        card = self.query_one(HintCard)
        card.early = self._handset.unheard
        card.hint = hint

    def action_scroll(self, direction: int) -> None:
        """Scroll the transcript while writing."""
        transcript = self.query_one(Transcript)
        transcript.scroll_page_down() if direction > 0 else transcript.scroll_page_up()

    def action_copy(self) -> None:
        """Copy the talk to the clipboard, also over SSH."""
        self.app.copy_to_clipboard(self.query_one(Transcript).plain)
        self.notify(self.texts("app.practice.copied"), markup=False)

    def action_leave(self) -> None:
        """Hang up."""
        self._hang_up()

    def action_debrief(self) -> None:
        """Look back on a call that is over."""
        self._look_back()

    @work(thread=True, group="turn")
    def _hang_up(self) -> None:
        try:
            self._handset.leave()
        except HoererError as error:
            self.app.call_from_thread(self.show_error, error)
        else:
            self._look_back()

    def _look_back(self) -> None:
        session = self._handset.session
        if session is None and self._call.anew is not None:
            self.post_message(Open(self._call.anew.fork.session))
        else:
            self.post_message(Finish(self._call, session))

    # --- the turn

    def _take_turn(self) -> None:
        self.talking = True
        if self.line.switchboard is None:
            self._due = True
            self.query_one(Transcript).wait(self.texts("app.practice.waiting"))
            return
        self._due = False
        self.query_one(Transcript).wait(self.texts("app.practice.rating"))
        self._speak(self._sent, self.query_one(HintCard).hint)

    @work(thread=True, group="turn")
    def _speak(self, reply: str | None, hint: Hint | None) -> None:
        if self.line.switchboard is not None:
            self._handset.speak(self.line.switchboard, reply, hint)

    @on(Stepped)
    def _stepped(self, event: Stepped) -> None:
        self._show(event.step)

    def _show(self, step: Step) -> None:
        transcript = self.query_one(Transcript)
        match step:
            case Scored(turn):
                self._sent = None
                self.query_one(HintCard).hint = None
                transcript.rated(turn)
                self._judge(turn)
            case Moved() if self._call.exam:
                pass
            case Moved(state, ledger):
                self.query_one(Ledger).entries = ledger
                before = self.query_one(Gauges).standing
                self._stand(Standing(state, before.now if before else None))
            case Spoken(text):
                transcript.hear(text)
            case Answered(turn):
                transcript.heard(turn.text, turn.interrupted)
            case Ended(event):
                self._end(event)

    @on(TurnOver)
    def _turn_over(self, event: TurnOver) -> None:
        self.talking = False
        if event.error is not None:
            self.query_one(Transcript).lose()
            if self._sent is not None:
                self._give_back()
            self.show_error(event.error)
        self.refresh_bindings()

    def _give_back(self) -> None:
        self.query_one(Transcript).take_back()
        self.query_one(Composer).give_back(self._sent or "")
        self._sent = None

    def _end(self, event: CallEnded) -> None:
        self.over = True
        how = self._how_ended(event)
        self.query_one(Transcript).note(how)
        self.show(f"{how} {self.texts('app.practice.over')}", "info")
        self.query_one(Composer).disabled = True
        self.query_one(Transcript).focus()

    def _how_ended(self, event: CallEnded) -> str:
        return ending(event.reason, False, harmless(self._person.name), self.texts)

    # --- how things stand

    @property
    def _unanswered(self) -> bool:
        session = self._handset.session
        return session is not None and session.unanswered is not None

    def _open(self) -> None:
        transcript, call = self.query_one(Transcript), self._call
        self._lay_out_thread()
        if call.session is None or not call.session.turns:
            start = call.session.started.start if call.session else call.persona.start
            self._stand(Standing(start))
            transcript.note(self.texts(f"app.practice.begin_{call.scenario.channel}"))
        else:
            self._recall(call.session)
        if call.anew is not None:
            said = call.anew.instead.text
            transcript.note(self.texts("compare.fork.then", reply=said))
            self._announce(call.anew)
        if self._unanswered:
            transcript.listen()
            self._due = self.talking = True

    def _lay_out_thread(self) -> None:
        """Show what was written before the first word; on the phone that is nothing."""

    def _composer(self) -> Composer:
        return Composer(self.texts, LONGEST_REPLY, self.texts("app.practice.hint_phone"))

    def _announce(self, anew: Anew) -> None:
        sentences = [self.texts("compare.fork.banner", turn=anew.fork.turn)]
        if anew.recast:
            sentences.append(self.texts("compare.fork.changed"))
        if self.line.switchboard is None:
            sentences.append(self.texts("compare.fork.loading"))
        self.show(" ".join(sentences), "warning" if anew.recast else "info")

    def _recall(self, session: Session) -> None:
        self.query_one(Transcript).show(session)
        if self._call.exam:
            return
        answers = session.customer_turns
        before = answers[-2].state if len(answers) > 1 else session.started.start
        self._stand(Standing(session.state, before if answers else None))
        if answers:
            self.query_one(Ledger).entries = answers[-1].ledger
        if session.agent_turns:
            self._judge(session.agent_turns[-1])

    def _judge(self, turn: AgentTurn) -> None:
        if not self._call.exam:
            self.query_one(ScoreCard).turn = turn
            self.query_one(MailCard).turn = turn
            self.query_one(StateStrip).scores = turn.scores

    def _stand(self, standing: Standing) -> None:
        if self._call.exam:
            return
        self.query_one(Gauges).standing = standing
        self.query_one(StateStrip).standing = standing

    def _follow(self, line: Line) -> None:
        opened = self.line.switchboard is None and line.switchboard is not None
        self.line = line
        if opened and self._call.anew is not None and self._handset.session is None:
            self._announce(self._call.anew)
        self.query_one(LoadBar).line = line
        if line.switchboard is not None and self._due:
            self._take_turn()
        self.refresh_bindings()

    def watch_talking(self) -> None:
        """Offer to stop, or no longer."""
        self.refresh_bindings()

    def _title(self) -> Content:
        return call_title(self._person, self._matter, self._channel, self._call, self.texts)

    @property
    def _channel(self) -> Channel:
        return "phone"
