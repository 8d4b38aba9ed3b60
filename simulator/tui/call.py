"""Which call is to be had."""

from __future__ import annotations

from dataclasses import dataclass, replace

from simulator.domain.conversation import Session
from simulator.domain.language import Language
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario


@dataclass(frozen=True)
class Call:
    """Who is calling about what, in which language.

    Without a ``seed`` one is drawn when the call begins; with a ``session`` that call goes on.
    ``who`` and ``what`` are what the catalogue finds the two by: an id or the path of a file.
    """

    persona: Persona
    scenario: Scenario
    language: Language
    who: str
    what: str
    seed: int | None = None
    session: Session | None = None

    def again(self, seed: int | None) -> Call:
        """Return a fresh call with the same person about the same matter."""
        return replace(self, seed=seed, session=None)
