"""Practice in writing: the thread, a mail to be written, and the call that may come of it."""

from __future__ import annotations

import re
from dataclasses import replace

from textual import on
from textual.binding import ActiveBinding
from textual.timer import Timer
from textual.widgets import Static

from simulator.coaching.mail_words import ending
from simulator.customer.correspondence import signed
from simulator.domain.conversation import CallEnded
from simulator.domain.scenario import Channel, Document, ScenarioText
from simulator.errors import HoererError
from simulator.i18n import Texts
from simulator.practice import LONGEST_REPLY, Answered, Scored, Step
from simulator.store.drafts import Drafts, Place
from simulator.tui.call import Call
from simulator.tui.literal import harmless
from simulator.tui.screens.practice import PracticePage
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.mail_editor import MailEditor
from simulator.tui.widgets.transcript import Transcript

KEPT_AFTER = 1.0
"""Seconds after the last key in which a draft is kept."""

_ANSWERED = re.compile(r"^\s*(?:(?:re|aw|fwd?|wg)\s*:\s*)+", re.IGNORECASE)


def practice_page(texts: Texts, call: Call, trainee: str, drafts: Drafts) -> PracticePage:
    """Return the desk for ``call``: for speaking or for writing."""
    if call.scenario.channel == "email":
        return MailPage(texts, call, trainee, drafts)
    return PracticePage(texts, call, trainee)


class MailPage(PracticePage):
    """You write, the customer answers by mail, or calls; then it is a call like any other."""

    CSS_PATH = "practice.tcss"

    def __init__(self, texts: Texts, call: Call, trainee: str, drafts: Drafts) -> None:
        super().__init__(texts, call, trainee)
        self._drafts = drafts
        self._trainee = trainee
        self._timer: Timer | None = None
        self._drafted_at = self._place
        self._text = ""
        """What stands in the editor."""
        self._rung = call.session is not None and call.session.called

    def on_unmount(self) -> None:
        """Keep what has been written since the last time."""
        self._keep_draft(tell=False)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now; a mail is not hung up."""
        active = super().active_bindings
        if self._rung:
            return active
        return {key: self._in_writing(each) for key, each in active.items()}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense now: nobody interrupts a mail."""
        if action == "stop" and not self._rung:
            return self.talking and self._due
        return super().check_action(action, parameters)

    # --- the draft

    @on(MailEditor.Drafted)
    def _drafted(self) -> None:
        self._text = self.query_one(MailEditor).text
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(KEPT_AFTER, self._keep_draft)

    def _keep_draft(self, tell: bool = True) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        session, place = self._handset.session, self._place
        done = self._rung or (session is not None and session.ended is not None)
        # a mail on its way is a draft until it has been kept
        text = "" if done else self._sent or self._text
        try:
            if place != self._drafted_at:
                # before its first mail the call had no id
                self._drafts.drop(self._drafted_at)
                self._drafted_at = place
            self._drafts.keep(place, text)
        except HoererError as error:
            if tell:
                self.show_error(error)

    @property
    def _place(self) -> Place:
        call, session = self._call, self._handset.session
        kept, trainee = "", self._trainee
        if session is not None:
            kept, trainee = session.id, session.started.trainee
        elif call.fork is not None:
            kept = call.fork.session
        return Place(call.persona.id, call.scenario.id, call.language, trainee, kept)

    # --- the turn

    def _show(self, step: Step) -> None:
        if isinstance(step, Answered) and step.turn.calls:
            self.query_one(Transcript).ring()
        super()._show(step)
        if isinstance(step, Scored):
            self._keep_draft()
        elif isinstance(step, Answered) and step.turn.calls:
            self._change_to_phone()
            told = self.texts("mail.rings", name=harmless(self._person.name))
            self.query_one(Transcript).note(told)
            self.show(told, "info")

    def _change_to_phone(self) -> None:
        self._rung = True
        self._keep_draft()
        self.query_one(Transcript).ring()
        self.query_one(MailEditor).telephone = True
        self.query_one("#who", Static).update(self._title())
        self.refresh_bindings()

    def _how_ended(self, event: CallEnded) -> str:
        return ending(event.reason, not self._rung, harmless(self._person.name), self.texts)

    # --- how things stand

    def _open(self) -> None:
        super()._open()
        draft = "" if self._rung else self._drafts.of(self._place)
        if self._rung:
            self._change_to_phone()
        elif draft:
            self.query_one(MailEditor).give_back(draft)
            self.show(self.texts("mail.draft"), "info")

    def _lay_out_thread(self) -> None:
        transcript, matter = self.query_one(Transcript), self._matter
        person, language = self._call.persona, self._call.language
        transcript.mail_head = f"{self.texts('mail.today')} · {self._subject}"
        for document in thread(matter):
            head = " · ".join(part for part in (document.date, document.subject) if part)
            if matter.company in document.sender:
                transcript.letter(document.body.strip(), head, document.sender, "trainee")
            else:
                transcript.letter(signed(document.body, person, language), head)
        transcript.letter(signed(matter.thread, person, language), matter.thread_head)

    def _composer(self) -> Composer:
        head = self.texts("mail.head", name=self._person.name, subject=self._subject)
        return MailEditor(self.texts, LONGEST_REPLY, head)

    @property
    def _subject(self) -> str:
        """What the answer is about, as a mail program would put it."""
        about = _ANSWERED.sub("", self._matter.thread_subject) or self._matter.title
        return f"{self.texts('mail.prefix')}{about}"

    @property
    def _channel(self) -> Channel:
        return "phone" if self._rung else "email"

    def _in_writing(self, active: ActiveBinding) -> ActiveBinding:
        name = (active.binding.id or "").removeprefix("practice.")
        if f"mail.keys.{name}" not in self.texts:
            return active
        told, tip = self.texts(f"mail.keys.{name}"), self.texts(f"mail.keys.{name}_tip")
        binding = replace(active.binding, description=told, tooltip=tip)
        return active._replace(binding=binding, tooltip=tip)


def thread(matter: ScenarioText) -> tuple[Document, ...]:
    """Return the mails of the case file between customer and company; not those in the house."""
    return tuple(
        document
        for document in matter.case_file
        if document.kind == "mail"
        and (matter.company in document.sender or matter.company in document.recipient)
    )
