"""A call as an append-only log of events, and the session as the fold over them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from simulator.domain.act import Act
from simulator.domain.emotion import EmotionalState, LedgerEntry
from simulator.domain.exam import ExamResult, PassMarks, examined
from simulator.domain.hint import Hint
from simulator.domain.language import Language
from simulator.domain.mail import MailCheck
from simulator.domain.scenario import Channel
from simulator.domain.score import TurnScores

Source = Literal["model", "authored"]
Ending = Literal["hung_up", "closed", "script_end", "left"]


class Record(BaseModel):
    """An event never changes once it has happened."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fork(BaseModel):
    """Where a call branched off: the exchange ``turn`` of ``session`` is said anew."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    session: str
    turn: int = Field(ge=1)


class CallStarted(Record):
    """Everything needed to have the same call again.

    ``origin`` "outside" is a real call that was brought in: ``persona`` and ``scenario`` are then
    whatever it was called, and nobody knows the customer's state. ``forked`` says which call this
    one is another course of. ``models`` maps a part ("customer", "adapter", "scorer") to its name
    and hash, ``content`` is the hash of the persona and scenario files, ``start`` the state before
    the first word. ``channel`` is how it began, None where that was not kept. ``guess`` is what
    the trainee thought, before the call, may be at stake for this person. With ``exam`` the call
    is an exam, and these are its marks.
    """

    type: Literal["call_started"] = "call_started"
    session: str
    at: datetime
    persona: str
    scenario: str
    language: Language
    seed: int
    trainee: str = ""
    models: dict[str, str] = Field(default_factory=dict)
    content: str = ""
    start: EmotionalState
    origin: Literal["practice", "outside"] = "practice"
    forked: Fork | None = None
    channel: Channel | None = None
    guess: str = ""
    exam: PassMarks | None = None


class AgentTurn(Record):
    """What the trainee said or wrote; ``turn`` counts exchanges from 1.

    ``mail`` is the checklist of a reply by e-mail, None on the phone and in older sessions.
    ``hint`` is the help that was asked for beforehand.
    """

    type: Literal["agent_turn"] = "agent_turn"
    turn: int = Field(ge=1)
    at: datetime
    text: str
    scores: TurnScores
    mail: MailCheck | None = None
    hint: Hint | None = None


class CustomerTurn(Record):
    """What the customer answered in exchange ``turn`` and where they stand while saying it.

    ``facts`` are the ids of the facts given away with it, ``need`` whether the hidden need was.
    ``interrupted`` marks a line the trainee cut short. With ``calls`` a customer who had written
    so far speaks on the phone, and from here on the talk goes on there.
    """

    type: Literal["customer_turn"] = "customer_turn"
    turn: int = Field(ge=1)
    at: datetime
    text: str
    act: Act
    source: Source
    state: EmotionalState
    ledger: tuple[LedgerEntry, ...] = ()
    facts: tuple[str, ...] = ()
    need: bool = False
    interrupted: bool = False
    calls: bool = False


class HeardTurn(Record):
    """What the customer of a call from outside said; nobody knows where they stood.

    ``turn`` is the exchange they close, 0 if they spoke before the first reply.
    """

    type: Literal["heard_turn"] = "heard_turn"
    turn: int = Field(ge=0)
    at: datetime
    text: str


class CallEnded(Record):
    """The call is over: by the customer, by agreement, by the script or by leaving.

    ``exam`` is what came of it if it was an exam: as it was told then, whatever is computed later.
    """

    type: Literal["call_ended"] = "call_ended"
    at: datetime
    reason: Ending
    exam: ExamResult | None = None


Event = Annotated[
    CallStarted | AgentTurn | CustomerTurn | HeardTurn | CallEnded, Field(discriminator="type")
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)
Turn = AgentTurn | CustomerTurn | HeardTurn


class Session(BaseModel):
    """A call as its events left it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    started: CallStarted
    turns: tuple[Turn, ...] = ()
    ended: CallEnded | None = None

    @classmethod
    def of(cls, events: Iterable[Event]) -> Session:
        """Fold events in their order; the first must be the start of the call.

        Raises ValueError on an empty log or one that does not begin with the start.
        """
        first, *rest = events
        if not isinstance(first, CallStarted):
            raise ValueError("a session begins with call_started")
        session = cls(started=first)
        for event in rest:
            session = session.after(event)
        return session

    def after(self, event: Event) -> Session:
        """Return the session with one more event."""
        if isinstance(event, CallStarted):
            raise ValueError("a session begins only once")
        if isinstance(event, CallEnded):
            return self.model_copy(update={"ended": event})
        return self.model_copy(update={"turns": (*self.turns, event)})

    def ending(self, at: datetime, reason: Ending) -> CallEnded:
        """Return the end of this call, with what came of it if it is an exam."""
        marks = self.started.exam
        result = examined(marks, [turn.scores for turn in self.agent_turns]) if marks else None
        return CallEnded(at=at, reason=reason, exam=result)

    @property
    def id(self) -> str:
        """The session's id."""
        return self.started.session

    @property
    def sealed(self) -> bool:
        """Whether this is an exam that goes on: nobody may see yet how it goes."""
        return self.started.exam is not None and self.ended is None

    @property
    def state(self) -> EmotionalState:
        """Where the customer stands now."""
        return self.customer_turns[-1].state if self.customer_turns else self.started.start

    @property
    def agent_turns(self) -> tuple[AgentTurn, ...]:
        """The trainee's turns in order."""
        return tuple(t for t in self.turns if isinstance(t, AgentTurn))

    @property
    def from_outside(self) -> bool:
        """Whether this is a real call that was brought in."""
        return self.started.origin == "outside"

    @property
    def customer_turns(self) -> tuple[CustomerTurn, ...]:
        """The customer's turns in order."""
        return tuple(t for t in self.turns if isinstance(t, CustomerTurn))

    @property
    def called(self) -> bool:
        """Whether a customer who wrote at first has come to call."""
        return any(turn.calls for turn in self.customer_turns)

    @property
    def by_mail(self) -> bool:
        """Whether it is mails that go to and fro now; what was not kept is taken for a call."""
        return self.started.channel == "email" and not self.called

    @property
    def unanswered(self) -> AgentTurn | None:
        """The trainee's last turn, if the customer has not answered it yet."""
        last = self.turns[-1] if self.turns else None
        return last if isinstance(last, AgentTurn) and self.ended is None else None

    @property
    def released(self) -> frozenset[str]:
        """Ids of the facts that have come out so far."""
        return frozenset(fact for turn in self.customer_turns for fact in turn.facts)

    @property
    def need_told(self) -> bool:
        """Whether the customer has said what they really want."""
        return any(turn.need for turn in self.customer_turns)
