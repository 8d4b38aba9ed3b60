"""Takes one turn of a call: the only place where score, customer and store meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from simulator.customer.answer import Answer, Moved, Spoken
from simulator.domain.act import ENDING_ACTS, Act
from simulator.domain.conversation import (
    AgentTurn,
    CallEnded,
    CustomerTurn,
    Ending,
    Event,
    Session,
)
from simulator.domain.hint import Hint
from simulator.domain.language import Language
from simulator.domain.mail import MailCheck
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.domain.score import Alternative, TurnScores
from simulator.errors import UsageError
from simulator.lm.base import Cancelled, never
from simulator.scoring.hints import heard
from simulator.scoring.mail import check_mail

LONGEST_REPLY = 4000
"""Characters of a reply that the customer still listens to; the rest is refused, not cut."""


LONGEST_GUESS = 400
"""Characters of the line that a trainee writes before the call."""


class Rater(Protocol):
    """Whoever rates a reply; :class:`simulator.scoring.scorer.Scorer` does."""

    def score(
        self,
        reply: str,
        context: str,
        language: Language,
        earlier: tuple[str, ...] = (),
        act: Act | None = None,
    ) -> TurnScores:
        """Rate ``reply`` to the customer's last words ``context``, which did ``act``.

        ``earlier`` are all things the customer has said before, oldest first.
        """
        ...

    def example(
        self,
        context: str,
        language: Language,
        not_to: tuple[str, ...] = (),
        act: Act | None = None,
    ) -> Alternative | None:
        """Return a strong reply from another call to words like ``context`` that did ``act``.

        None if there is none; replies that are, or answer, one of ``not_to`` are left out.
        """
        ...


class Customer(Protocol):
    """Whoever answers; :class:`simulator.customer.customer.SimulatedCustomer` does."""

    def react(
        self, session: Session, persona: Persona, scenario: Scenario, cancelled: Cancelled
    ) -> Iterator[Moved | Spoken | Answer]:
        """Answer the session's unanswered reply, piece by piece; an Answer comes last."""
        ...


@dataclass(frozen=True)
class Scored:
    """The reply has been rated and kept."""

    turn: AgentTurn


@dataclass(frozen=True)
class Answered:
    """The customer has finished speaking; the turn has been kept."""

    turn: CustomerTurn


@dataclass(frozen=True)
class Ended:
    """The call is over."""

    event: CallEnded


Step = Scored | Moved | Spoken | Answered | Ended
"""What the screen learns in the course of one turn, in this order; ``Spoken`` clause by clause."""


class Practice:
    """A call in progress.

    ``keep`` is called with every event before the step that shows it is yielded, and may raise
    StoreError; then nothing has changed and the turn can be taken again.
    """

    def __init__(
        self,
        session: Session,
        persona: Persona,
        scenario: Scenario,
        rater: Rater,
        customer: Customer,
        keep: Callable[[Event], None],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.session = session
        self.persona = persona
        self.scenario = scenario
        self._rater = rater
        self._customer = customer
        self._keep = keep
        self._now = now

    @property
    def language(self) -> Language:
        """The language of the call."""
        return self.session.started.language

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return self.session.ended is not None

    @property
    def by_mail(self) -> bool:
        """Whether the customer writes, and has not called since."""
        return self.scenario.channel == "email" and not self.session.called

    @property
    def heard(self) -> tuple[str, ...]:
        """Everything the customer has said or written so far, oldest first."""
        return heard(self.session, self.scenario)

    def take_turn(
        self, reply: str, cancelled: Cancelled = never, hint: Hint | None = None
    ) -> Iterator[Step]:
        """Rate ``reply``, let the customer react, and yield what happens as it happens.

        ``hint`` is the help that was asked for beforehand; it is kept with the reply. Raises
        UsageError if the call is over, the reply is empty or longer than ``LONGEST_REPLY``, or
        there is a hint in an exam.
        """
        if hint is not None and self.session.started.exam is not None:
            raise UsageError("exam_no_hint")
        text = self._acceptable(reply)
        said = self.heard
        last = said[-1] if said else ""
        answers = self.session.customer_turns
        act = answers[-1].act if answers else None
        scores = self._rater.score(text, last, self.language, said[:-1], act)
        number = len(self.session.agent_turns) + 1
        mail = self._checked(text, said) if self.by_mail else None
        turn = AgentTurn(
            turn=number, at=self._now(), text=text, scores=scores, mail=mail, hint=hint
        )
        self._happen(turn)
        yield Scored(turn)
        yield from self.answer(cancelled)

    def answer(self, cancelled: Cancelled = never) -> Iterator[Step]:
        """Let the customer answer a reply they have not answered yet (after a crash, say)."""
        if self.session.unanswered is None:
            return
        for step in self._customer.react(self.session, self.persona, self.scenario, cancelled):
            if isinstance(step, Answer):
                turn = step.turn(self.session.unanswered.turn, self._now())
                self._happen(turn)
                yield Answered(turn)
                if turn.act in ENDING_ACTS and not turn.interrupted:
                    yield self.end("hung_up" if turn.act is Act.HANG_UP else "closed")
            else:
                yield step

    def hold(self, replies: Iterable[str]) -> None:
        """Hold the call with ``replies`` to its end, or to theirs; raises as :meth:`take_turn`."""
        for reply in replies:
            for _ in self.take_turn(reply):
                pass
            if self.over:
                return
        self.end("script_end")

    def end(self, reason: Ending) -> Ended:
        """End the call."""
        event = self.session.ending(self._now(), reason)
        self._happen(event)
        return Ended(event)

    def _acceptable(self, reply: str) -> str:
        if self.over:
            raise UsageError("call_over")
        if self.session.unanswered is not None:
            raise UsageError("customer_is_speaking")
        text = clean(reply)
        if not text:
            raise UsageError("empty_reply")
        if len(text) > LONGEST_REPLY:
            raise UsageError("reply_too_long", length=len(text), longest=LONGEST_REPLY)
        return text

    def _checked(self, reply: str, heard: tuple[str, ...]) -> MailCheck:
        what, name = self.scenario.text(self.language), self.persona.text(self.language).name
        file = [f"{d.date} {d.sender} {d.subject}\n{d.body}" for d in what.case_file]
        known = "\n".join((*file, *heard[:-1]))
        mail = heard[-1] if heard else ""
        return check_mail(reply, mail, self.language, name, what.company, known)

    def _happen(self, event: Event) -> None:
        self._keep(event)
        self.session = self.session.after(event)


def clean(text: str) -> str:
    """Return ``text`` without control characters (newlines stay) and outer white space."""
    return "".join(c for c in text if c == "\n" or c.isprintable()).strip()
