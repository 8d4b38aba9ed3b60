"""A call in one line: what the list of calls shows of it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from simulator.domain.conversation import Ending, Session
from simulator.domain.language import Language

Examined = Literal["", "open", "passed", "failed", "too_few"]


class Summary(BaseModel):
    """What the list shows without reading the call's events.

    ``turns`` counts the trainee's turns, ``ended`` is None while the call can be gone on with,
    ``score`` is the mean over the turns that were rated (0 to 100, None if none was), and the two
    levels of anger run from 0 to 10. ``origin`` is that of :class:`CallStarted`, ``forked`` the id
    of the session this one branched off from or empty, and ``notes`` counts all notes on the call.
    ``exam`` is empty for practice; while an exam is open, neither score nor anger tell how it goes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    at: datetime
    persona: str
    scenario: str
    language: Language
    trainee: str
    turns: int
    ended: Ending | None
    score: float | None
    anger_start: float
    anger_end: float
    origin: str = "practice"
    forked: str = ""
    exam: Examined = ""
    notes: int = 0

    @classmethod
    def of(cls, session: Session) -> Summary:
        """Sum up ``session`` as its events left it, before anyone has written a note."""
        means = [m for turn in session.agent_turns if (m := turn.scores.mean) is not None]
        start, hidden = session.started.start.anger, session.sealed
        return cls(
            id=session.id,
            at=session.started.at,
            persona=session.started.persona,
            scenario=session.started.scenario,
            language=session.started.language,
            trainee=session.started.trainee,
            turns=len(session.agent_turns),
            ended=session.ended.reason if session.ended else None,
            score=sum(means) / len(means) if means and not hidden else None,
            anger_start=start,
            anger_end=start if hidden else session.state.anger,
            origin=session.started.origin,
            forked=session.started.forked.session if session.started.forked else "",
            exam=_examined(session),
        )


def _examined(session: Session) -> Examined:
    if session.started.exam is None:
        return ""
    result = session.ended.exam if session.ended else None
    if result is None:
        return "open"
    if not result.enough:
        return "too_few"
    return "passed" if result.passed else "failed"
