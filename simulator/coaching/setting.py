"""Who called about what: the names of a call as they are to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from simulator.content.catalogue import Catalogue
from simulator.domain.conversation import Session
from simulator.domain.persona import Persona
from simulator.domain.scenario import Fact, Scenario
from simulator.i18n import Texts


@dataclass(frozen=True)
class Setting:
    """The person and the case as the catalogue has them today; None where it has them no more.

    ``customer`` and ``title`` are names in the reader's language, or what the call itself says.
    ``changed`` says that one of the two files is another one than at the time of the call.
    """

    customer: str
    title: str
    persona: Persona | None
    scenario: Scenario | None
    changed: bool

    @classmethod
    def of(cls, session: Session, catalogue: Catalogue, texts: Texts) -> Self:
        """Look the call's person and case up."""
        started = session.started
        persona = None if session.from_outside else catalogue.personas.get(started.persona)
        scenario = None if session.from_outside else catalogue.scenarios.get(started.scenario)
        known = persona is not None and scenario is not None and started.content != ""
        changed = known and started.content != catalogue.fingerprint(
            started.persona, started.scenario
        )
        return cls(
            persona.text(texts.language).name if persona else started.persona,
            scenario.text(texts.language).title if scenario else started.scenario,
            persona,
            scenario,
            changed,
        )

    def facts(self, ids: tuple[str, ...], texts: Texts) -> tuple[str, ...]:
        """Return the facts with these ids in words; an id of no fact known today stays."""
        known = {fact.id: fact.text(texts.language) for fact in self._facts}
        return tuple(known.get(id, id) for id in ids)

    @property
    def _facts(self) -> tuple[Fact, ...]:
        return self.scenario.facts if self.scenario else ()
