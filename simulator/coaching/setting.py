"""Who called about what: the names of a call as they are to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from simulator.domain.conversation import Session
from simulator.domain.scenario import Scenario

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue


@dataclass(frozen=True)
class Setting:
    """The person and the case of a call, in the language that was spoken.

    ``customer`` and ``title`` are the names in today's catalogue, or where it has them no more,
    and in a call from outside, what the call itself says; then ``scenario`` is None. ``changed``
    says that one of the two files is another one than at the time of the call.
    """

    customer: str
    title: str
    scenario: Scenario | None
    changed: bool

    @classmethod
    def of(cls, session: Session, catalogue: Catalogue) -> Self:
        """Look the call's person and case up."""
        started = session.started
        if session.from_outside:
            return cls(started.persona, started.scenario, None, False)
        persona = catalogue.personas.get(started.persona)
        scenario = catalogue.scenarios.get(started.scenario)
        return cls(
            persona.text(started.language).name if persona else started.persona,
            scenario.text(started.language).title if scenario else started.scenario,
            scenario,
            bool(persona and scenario and started.content)
            and catalogue.fingerprint(started.persona, started.scenario) != started.content,
        )

    @property
    def by_email(self) -> bool:
        """Whether it is about e-mails; what is not known is taken for a telephone call."""
        return self.scenario is not None and self.scenario.channel == "email"
