"""What an author wants to hear of a persona or scenario before anybody practises with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product

from simulator.customer.customer import caller_of, lines_of
from simulator.customer.prompt import AgentLine, CustomerLine, Line, transcript
from simulator.domain.act import Act
from simulator.domain.conversation import CallStarted, CustomerTurn, Session
from simulator.domain.emotion import EmotionalState
from simulator.domain.language import Language
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.i18n import Texts
from simulator.practice import Practice
from simulator.switchboard import Switchboard

STANDS = tuple(
    EmotionalState(anger=anger, trust=trust, feeling_heard=trust)
    for anger, trust in ((1, 7), (2.5, 5.5), (4.5, 4), (7, 2.5), (9.5, 0.5))
)
"""Where the customer stands when the agent replies: once for each word of the scale of anger."""

REPLIES = ("good", "plain", "poor")
"""What the agent then says (``preview.reply``): heard, matter-of-fact, put off."""


@dataclass(frozen=True)
class Sample:
    """A reply that met the customer at ``stand``; their answer is the last of the ``session``."""

    stand: EmotionalState
    session: Session

    @property
    def reply(self) -> str:
        """What the agent said."""
        return self.session.agent_turns[-1].text

    @property
    def answer(self) -> CustomerTurn:
        """What the customer said to it, and where that left them."""
        return self.session.customer_turns[-1]


def samples(
    board: Switchboard, persona: str, scenario: str, language: Language, seed: int
) -> Iterator[Sample]:
    """Yield three turns in each state, as in a call that has just begun.

    Persona and scenario are ids or paths; raises UsageError on unknown ones.
    """
    begun = board.rehearse(persona, scenario, language, seed)
    if begun.scenario.channel == "phone":
        for _ in begun.take_turn(greeting(begun.scenario, language)):
            pass
    said = replies(begun.persona, begun.scenario, language)
    for number, (stand, reply) in enumerate(product(STANDS, said)):
        call = _brought_to(stand, begun, board, seed + number)
        for _ in call.take_turn(reply):
            pass
        yield Sample(stand, call.session)


def _brought_to(stand: EmotionalState, begun: Practice, board: Switchboard, seed: int) -> Practice:
    """Return the call that has ``begun``, with a customer who stands elsewhere by now."""
    session = begun.session
    started = session.started.model_copy(update={"start": stand, "seed": seed})
    first = (begun.scenario.facts[0].id,)
    # What it is about has been said, or the first decent reply would only bring that out.
    turns = tuple(
        turn.model_copy(update={"state": stand, "ledger": (), "facts": turn.facts or first})
        if isinstance(turn, CustomerTurn)
        else turn
        for turn in session.turns
    )
    there = session.model_copy(update={"started": started, "turns": turns})
    return Practice(
        there, begun.persona, begun.scenario, board.rater, board.customer, lambda _event: None
    )


def greeting(scenario: Scenario, language: Language) -> str:
    """Return how the agent answers the telephone."""
    return Texts(language)("preview.greeting", company=scenario.text(language).company)


def replies(persona: Persona, scenario: Scenario, language: Language) -> tuple[str, ...]:
    """Return what the agent says, in the order of ``REPLIES``."""
    texts = Texts(language)
    said = (texts(f"preview.reply.{each}") for each in REPLIES)
    if scenario.channel == "phone":
        return tuple(said)
    name = persona.text(language).name
    return tuple(texts("preview.mail", name=name, text=text) for text in said)


def told(session: Session, persona: Persona, scenario: Scenario) -> str:
    """Return the prompt that the model went on with when it made the session's last line."""
    *before, last = lines_of(session, scenario)
    unsaid = replace(last, text="")
    return transcript(caller_of(session, persona, scenario), [*before, unsaid])


def told_first(persona: Persona, scenario: Scenario, language: Language) -> str:
    """Return the prompt of the customer's first line, should it describe the problem."""
    started = CallStarted(
        session="preview",
        at=datetime.now(UTC),
        persona=persona.id,
        scenario=scenario.id,
        language=language,
        seed=0,
        start=persona.start,
    )
    session = Session(started=started)
    said = (
        greeting(scenario, language)
        if scenario.channel == "phone"
        else replies(persona, scenario, language)[0]
    )
    lines: list[Line] = [*lines_of(session, scenario), AgentLine(said)]
    first = CustomerLine(persona.start.anger, persona.start.trust, Act.COMPLAIN)
    return transcript(caller_of(session, persona, scenario), [*lines, first])
