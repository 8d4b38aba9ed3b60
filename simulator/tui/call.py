"""Which call is to be had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.domain.conversation import AgentTurn, Fork, Session
from simulator.domain.exam import Mode
from simulator.domain.language import Language
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.rewind import cast_of, recast, rewound

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue


@dataclass(frozen=True)
class Anew:
    """Where an earlier call is had again: at the reply ``instead`` of which another is given.

    ``recast`` says that persona or scenario have been changed since.
    """

    fork: Fork
    instead: AgentTurn
    recast: bool


@dataclass(frozen=True)
class Before:
    """What the briefing proposes; without a ``briefing`` a call begins with its first word."""

    mode: Mode = "practice"
    guess: str = ""
    briefing: bool = True


@dataclass(frozen=True)
class Call:
    """Who is calling about what, in which language.

    Without a ``seed`` one is drawn when the call begins; with a ``session`` that call goes on, or
    with ``anew`` another one that has only begun like it.
    ``who`` and ``what`` are what the catalogue finds the two by: an id or the path of a file.
    ``guess`` and ``mode`` are the trainee's choices for a call that begins; one that goes on has
    its own.
    """

    persona: Persona
    scenario: Scenario
    language: Language
    who: str
    what: str
    seed: int | None = None
    session: Session | None = None
    anew: Anew | None = None
    guess: str = ""
    mode: Mode = "practice"

    @classmethod
    def forked(cls, earlier: Session, turn: int, catalogue: Catalogue) -> Call:
        """Return the call in which exchange ``turn`` of an ``earlier`` one is said anew.

        Raises UsageError if that cannot be done, ContentError if its content is broken by now.
        """
        started, before = earlier.started, rewound(earlier, turn)
        persona, scenario = cast_of(started, catalogue)
        anew = Anew(
            fork=Fork(session=earlier.id, turn=turn),
            instead=next(reply for reply in earlier.agent_turns if reply.turn == turn),
            recast=recast(started, catalogue),
        )
        who, what = started.persona, started.scenario
        return cls(persona, scenario, started.language, who, what, started.seed, before, anew)

    @property
    def fork(self) -> Fork | None:
        """Where the call branched off another one, if it did."""
        if self.anew is not None:
            return self.anew.fork
        return self.session.started.forked if self.session else None

    @property
    def exam(self) -> bool:
        """Whether this is an exam; saying something else in an earlier call is practice."""
        if self.anew is not None:
            return False
        return self.session.started.exam is not None if self.session else self.mode == "exam"

    def again(self, seed: int | None) -> Call:
        """Return a fresh call with the same person about the same matter, as practice.

        Nobody can guess any more what has been told, nor sit the same exam twice.
        """
        return replace(self, seed=seed, session=None, anew=None, guess="", mode="practice")
