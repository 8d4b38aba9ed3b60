"""A recorded call as it lies on the coach's desk, and the notebook beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.customer.correspondence import signed
from simulator.domain.annotation import Note
from simulator.domain.conversation import Session

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue
    from simulator.store.repository import Sessions


@dataclass(frozen=True)
class Notebook:
    """Where ``coach`` keeps notes on the call ``session``; its methods block."""

    sessions: Sessions
    session: str
    coach: str

    def read(self) -> tuple[Note, ...]:
        """Return everybody's notes; raises StoreError."""
        return self.sessions.notes(self.session)

    def keep(self, note: Note) -> tuple[Note, ...]:
        """Add ``note`` and return everybody's notes; raises StoreError."""
        self.sessions.annotate(self.session, note)
        return self.read()


@dataclass(frozen=True)
class Recording:
    """A call and what it is called: the ``customer``, the ``matter``, the first ``letter``.

    ``need`` is what was behind it, empty where nobody knows.

    ``seen`` are the exchanges whose scores have been seen openly since the app was started; the
    page adds to it, and the app keeps it from one page to the next.
    """

    session: Session
    customer: str
    matter: str
    letter: str = ""
    seen: set[int] = field(default_factory=set)
    need: str = ""

    @classmethod
    def of(cls, session: Session, catalogue: Catalogue | None, seen: set[int]) -> Recording:
        """Name a call by its content, or by the ids where the content has gone."""
        started, language = session.started, session.started.language
        persona = catalogue.personas.get(started.persona) if catalogue else None
        scenario = catalogue.scenarios.get(started.scenario) if catalogue else None
        if session.from_outside or persona is None or scenario is None:
            return cls(session, started.persona, started.scenario, seen=seen)
        name, matter = persona.text(language).name, scenario.text(language)
        letter = signed(matter.thread, persona, language)
        need = scenario.hidden_need.text(language)
        return cls(session, name, matter.title, letter, seen, need)

    @property
    def trainee(self) -> str:
        """Whose call it was, empty if nobody said."""
        return self.session.started.trainee
