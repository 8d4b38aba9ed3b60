"""Plays whole calls for an evaluation and keeps them, so that a run that is cut off goes on."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from simulator.content.catalogue import Catalogue
from simulator.domain.conversation import Event, Session
from simulator.domain.language import LANGUAGES, Language
from simulator.domain.script import PROFILES, Profile
from simulator.evaluation.kept import keep, kept
from simulator.switchboard import Switchboard

Say = Callable[[str], None]
PERSONAS = 2
"""Personas of each scenario that call."""


class Casting(BaseModel):
    """Who calls about what, and how the agent talks; ``seed`` tells repetitions apart."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scenario: str
    persona: str
    language: Language
    profile: Profile
    seed: int

    @property
    def chance(self) -> int:
        """The seed of the call itself: no two castings share their luck."""
        return random.Random(self.model_dump_json()).randrange(2**31)


class Played(BaseModel):
    """A call that has been played, with everything that happened in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    casting: Casting
    events: tuple[Event, ...]

    @property
    def session(self) -> Session:
        """The call as its events left it."""
        return Session.of(self.events)


@dataclass(frozen=True)
class Stage:
    """Where calls are played; ``file`` keeps them, a JSON object a line."""

    board: Switchboard
    file: Path
    say: Say

    def play(self, turns: int) -> list[Played]:
        """Return the first calls that together have ``turns`` lines of the customer.

        Calls that ``file`` has already are not played again.
        """
        before = {one.casting: one for one in played_before(self.file)}
        calls: list[Played] = []
        heard = 0
        for casting in castings(self.board.catalogue):
            if heard >= turns:
                break
            played = before.get(casting) or self._played(casting)
            calls.append(played)
            heard += len(played.session.customer_turns)
            self.say(f"{heard} of {turns} lines, {len(calls)} calls")
        return calls

    def _played(self, casting: Casting) -> Played:
        played = play(self.board, casting)
        keep(self.file, played)
        return played


def played_before(file: Path) -> list[Played]:
    """Return the calls that ``file`` keeps; raises UsageError where a line of it is no call."""
    return list(kept(file, Played, "played_line"))


def play(board: Switchboard, casting: Casting) -> Played:
    """Hold one call to its end.

    Persona and scenario may be paths. Raises UsageError on unknown ids and without a script,
    ContentError if any of the files is broken.
    """
    who, what = board.catalogue.persona(casting.persona), board.catalogue.scenario(casting.scenario)
    seed = casting.model_copy(update={"persona": who.id, "scenario": what.id}).chance
    practice = board.rehearse(casting.persona, casting.scenario, casting.language, seed)
    script = board.catalogue.script(casting.scenario, casting.profile)
    practice.hold(script.replies(casting.language))
    session = practice.session
    ending = (session.ended,) if session.ended else ()
    return Played(casting=casting, events=(session.started, *session.turns, *ending))


def castings(catalogue: Catalogue) -> Iterator[Casting]:
    """Yield castings without end: all scenarios, two personas each, both languages, all agents.

    Each seed goes through all of them, in an order of its own, before the next begins: so any part
    is a fair sample. The four agents of a call follow each other.
    """
    calls = [
        (scenario.id, persona, language)
        for scenario in catalogue.scenarios.values()
        for persona in scenario.personas[:PERSONAS]
        for language in LANGUAGES
    ]
    for seed in count():
        for scenario, persona, language in random.Random(seed).sample(calls, len(calls)):
            for profile in PROFILES:
                yield Casting(
                    scenario=scenario,
                    persona=persona,
                    language=language,
                    profile=profile,
                    seed=seed,
                )
