"""What has been said, as it is being said."""

from __future__ import annotations

from typing import Literal

from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from simulator.coaching.hint_words import taken
from simulator.domain.conversation import AgentTurn, CustomerTurn, Session, Turn
from simulator.i18n import Texts
from simulator.tui.evidence import marked, spans
from simulator.tui.literal import harmless, literal

Voice = Literal["customer", "trainee", "note"]
PAGE = 40
"""Turns of an earlier call that are put on the screen at once; older ones come when asked for."""


class Utterance(Static):
    """One turn: who speaks, and ``words``."""

    DEFAULT_CSS = """
    Utterance {
        height: auto; padding: 0 1; margin: 0 0 1 0;
        &.-customer { border-left: thick $warning; }
        &.-trainee { border-left: thick $primary; margin: 0 0 1 4; }
        &.-note { color: $text-muted; text-style: italic; }
    }
    """

    words: reactive[Content] = reactive(Content())
    remark: reactive[str] = reactive("")

    def __init__(self, voice: Voice, speaker: str, words: Content) -> None:
        super().__init__(classes=f"-{voice}")
        self.voice = voice
        self._speaker = speaker
        self.set_reactive(Utterance.words, words)

    def on_mount(self) -> None:
        """Write the turn."""
        self._write()

    def watch_words(self) -> None:
        """Write the turn anew."""
        self._write()

    def watch_remark(self) -> None:
        """Write the turn anew."""
        self._write()

    @property
    def plain(self) -> str:
        """The turn as text."""
        return f"{self._speaker}: {self.words.plain}" if self._speaker else self.words.plain

    def _write(self) -> None:
        remark = Content.styled(f"  {self.remark}", "$foreground 60%") if self.remark else Content()
        if not self._speaker:
            self.update(self.words)
            return
        speaker = literal(self._speaker, "bold")
        self.update(Content("\n").join([speaker + remark, self.words]))


class Transcript(VerticalScroll):
    """The turns of a call; follows the talk unless the trainee has scrolled up.

    ``with_marks`` shows in the trainee's words what carried the scores.
    """

    DEFAULT_CSS = "Transcript { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }"
    HELP = "app.help.transcript"

    def __init__(self, texts: Texts, customer: str, with_marks: bool = True) -> None:
        super().__init__()
        self._texts = texts
        self._with_marks = with_marks
        self._customer = customer
        self.mail_head = ""
        """What stands beside a mail's sender while mails go to and fro, empty on the phone."""
        self._rung: int | None = None
        self._older: list[Turn] = []
        self._reply: Utterance | None = None
        self._answer: Utterance | None = None

    def on_mount(self) -> None:
        """Follow the talk."""
        self.anchor()

    def note(self, text: str) -> None:
        """Add a remark of the house."""
        self.mount(Utterance("note", "", literal(text)))

    def letter(
        self, text: str, head: str = "", speaker: str = "", voice: Voice = "customer"
    ) -> None:
        """Add a mail from before: the customer's unless another ``speaker`` is named."""
        utterance = Utterance(voice, harmless(speaker or self._customer), literal(text))
        utterance.remark = harmless(head)
        self.mount(utterance)

    def ring(self) -> None:
        """From here on it is a telephone call."""
        self.mail_head = ""

    def show(self, session: Session) -> None:
        """Add the turns of a call that goes on, the older ones when the trainee scrolls up."""
        self._rung = next((turn.turn for turn in session.customer_turns if turn.calls), None)
        split = max(0, len(session.turns) - PAGE)
        self._older = list(session.turns[:split])
        self.mount_all([self._utterance(turn) for turn in session.turns[split:]])

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Fetch older turns at the top."""
        super().watch_scroll_y(old_value, new_value)
        if round(new_value) == 0 < round(old_value) and self._older:
            page, self._older = self._older[-PAGE:], self._older[:-PAGE]
            self.mount_all([self._utterance(turn) for turn in page], before=0)

    def say(self, reply: str) -> None:
        """Add the trainee's reply, not yet rated."""
        self._reply = Utterance("trainee", self._texts("app.practice.you"), literal(reply))
        self._reply.remark = self._texts("app.practice.rating")
        self.mount(self._reply)
        self.anchor()

    def wait(self, remark: str) -> None:
        """Say beside the reply what it is waiting for."""
        if self._reply is not None:
            self._reply.remark = remark

    def take_back(self) -> None:
        """Remove a reply that was refused."""
        if self._reply is not None:
            self._reply.remove()
            self._reply = None

    def rated(self, turn: AgentTurn) -> None:
        """Mark in the reply what carried its scores, and let the customer draw breath."""
        if self._reply is not None:
            self._reply.words = self._words(turn)
            self._reply.remark = self._beside(turn, bool(self.mail_head))
            self._reply = None
        self.listen()

    def listen(self) -> None:
        """Show that the customer is about to speak."""
        self._answer = Utterance("customer", self._customer, Content())
        self._answer.remark = self._doing("thinking")
        self.mount(self._answer)

    def hear(self, clause: str) -> None:
        """Add a clause to what the customer is saying."""
        if self._answer is not None:
            self._answer.words += literal(clause)
            self._answer.remark = self._doing("talking")

    def heard(self, line: str, interrupted: bool) -> None:
        """Put the whole line in place of its clauses."""
        if self._answer is not None:
            self._answer.words = literal(line)
            self._answer.remark = self._doing("interrupted") if interrupted else self.mail_head
            self._answer = None

    def lose(self) -> None:
        """Remove a line that broke off because something failed."""
        if self._answer is not None:
            self._answer.remove()
            self._answer = None

    @property
    def plain(self) -> str:
        """What is on the screen, as text."""
        return "\n\n".join(utterance.plain for utterance in self.query(Utterance))

    def _doing(self, key: str) -> str:
        return self._texts(f"mail.thread.{key}" if self.mail_head else f"app.practice.{key}")

    def _words(self, turn: AgentTurn) -> Content:
        return marked(turn.text, spans(turn.scores)) if self._with_marks else literal(turn.text)

    def _beside(self, turn: AgentTurn, written: bool) -> str:
        """Return what stands beside a reply: a mail's head, and the help that was taken."""
        hint = taken(turn.hint, self._texts) if turn.hint else ""
        return " · ".join(filter(None, (self.mail_head if written else "", hint)))

    def _utterance(self, turn: Turn) -> Utterance:
        if isinstance(turn, AgentTurn):
            reply = Utterance("trainee", self._texts("app.practice.you"), self._words(turn))
            reply.remark = self._beside(turn, self._rung is None or turn.turn <= self._rung)
            return reply
        utterance = Utterance("customer", self._customer, literal(turn.text))
        if self._rung is None or turn.turn < self._rung:
            utterance.remark = self.mail_head
        if isinstance(turn, CustomerTurn) and turn.interrupted:
            utterance.remark = self._doing("interrupted")
        return utterance
