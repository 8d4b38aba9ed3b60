"""A call once more from the other side: exchange by exchange, as the customer lived it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.coaching.effects import Effect, effects
from simulator.coaching.inner import InnerVoice
from simulator.coaching.landing import landed
from simulator.coaching.setting import Setting
from simulator.customer.correspondence import signed
from simulator.domain.conversation import AgentTurn, CustomerTurn, Session
from simulator.domain.emotion import EmotionalState
from simulator.domain.landing import Landing

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue

Gap = Literal["outside", "gone", "changed"]


@dataclass(frozen=True)
class Experience:
    """One exchange as the customer lived it; ``turn`` 0 is the moment before the first reply.

    ``heard`` is the reply that reached them, ``said`` what they answered (empty if they no longer
    could), ``now`` and ``before`` where they stood after and before it (None where nobody knows).
    ``thought`` and ``unsaid`` (facts not told so far) stayed with them; ``need_told`` says that
    the hidden need came out in this very exchange.
    """

    turn: int
    heard: AgentTurn | None = None
    said: str = ""
    now: EmotionalState | None = None
    before: EmotionalState | None = None
    effects: tuple[Effect, ...] = ()
    thought: str = ""
    unsaid: tuple[str, ...] = ()
    need_told: bool = False


@dataclass(frozen=True)
class OtherSide:
    """A call from the customer's side.

    ``need`` is what they really wanted, empty where nobody knows. ``gap`` says what is missing: it
    came from ``outside`` and nobody knows what they felt, or persona or scenario are ``gone`` or
    were ``changed`` since.
    """

    session: Session
    customer: str
    title: str
    by_email: bool
    need: str
    gap: Gap | None
    experiences: tuple[Experience, ...]

    @classmethod
    def of(cls, session: Session, catalogue: Catalogue) -> OtherSide:
        """Lay ``session`` out from its start to its end as far as it has got."""
        setting = Setting.of(session, catalogue)
        scenario = setting.scenario
        side = _Outside(session) if session.from_outside else _Inside(session, catalogue, setting)
        return cls(
            session=session,
            customer=setting.customer,
            title=setting.title,
            by_email=setting.by_email,
            need=scenario.hidden_need.text(session.started.language) if scenario else "",
            gap=_gap(session, catalogue, setting),
            experiences=tuple(side.experiences()) or (Experience(0),),
        )

    def mailed(self, turn: int) -> bool:
        """Whether the customer had written, and not called, up to exchange ``turn``."""
        rung = any(answer.calls for answer in self.session.customer_turns if answer.turn <= turn)
        return self.by_email and not rung

    @property
    def turns(self) -> int:
        """How many exchanges there were."""
        return self.experiences[-1].turn


def _gap(session: Session, catalogue: Catalogue, setting: Setting) -> Gap | None:
    if session.from_outside:
        return "outside"
    if setting.scenario is None or session.started.persona not in catalogue.personas:
        return "gone"
    return "changed" if setting.changed else None


class _Outside:
    """A real customer's side: what was said, and nothing that nobody can know."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def experiences(self) -> Iterator[Experience]:
        reply: AgentTurn | None = None
        for turn in self._session.turns:
            if not isinstance(turn, AgentTurn):
                yield Experience(turn.turn, reply, turn.text)
                reply = None
                continue
            if reply is not None:
                yield Experience(reply.turn, reply)
            reply = turn
        if reply is not None:
            yield Experience(reply.turn, reply)


class _Inside:
    """An invented customer's side: state, ledger, thoughts and what they kept to themselves."""

    def __init__(self, session: Session, catalogue: Catalogue, setting: Setting) -> None:
        started = session.started
        self._session = session
        self._language = started.language
        self._persona = catalogue.personas.get(started.persona)
        self._scenario = setting.scenario
        self._voice = InnerVoice(self._persona, started.language, started.seed)

    def _first_mail(self) -> str:
        thread = self._scenario.text(self._language).thread if self._scenario else ""
        return signed(thread, self._persona, self._language) if self._persona else thread

    def experiences(self) -> Iterator[Experience]:
        start = self._session.started.start
        told = set[str]()
        yield Experience(
            turn=0,
            said=self._first_mail(),
            now=start,
            thought=self._voice.thought(0, Landing.BEFORE, start),
            unsaid=self._unsaid(told),
        )
        answers = {turn.turn: turn for turn in self._session.customer_turns}
        before = start
        for reply in self._session.agent_turns:
            answer = answers.get(reply.turn)
            if answer is None:
                yield Experience(reply.turn, reply, now=before, unsaid=self._unsaid(told))
                continue
            told.update(answer.facts)
            yield self._lived(reply, answer, before, told)
            before = answer.state

    def _lived(
        self, reply: AgentTurn, answer: CustomerTurn, before: EmotionalState, told: set[str]
    ) -> Experience:
        did = effects(reply, answer.ledger, self._persona, self._language)
        return Experience(
            turn=reply.turn,
            heard=reply,
            said=answer.text,
            now=answer.state,
            before=before,
            effects=did,
            thought=self._voice.thought(reply.turn, landed(reply, answer, did), answer.state),
            unsaid=self._unsaid(told),
            need_told=answer.need,
        )

    def _unsaid(self, told: set[str]) -> tuple[str, ...]:
        facts = self._scenario.facts if self._scenario else ()
        return tuple(fact.text(self._language) for fact in facts if fact.id not in told)
