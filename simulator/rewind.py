"""Goes back in a call to where something else could have been said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.domain.conversation import AgentTurn, CallStarted, Session
from simulator.errors import UsageError

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue
    from simulator.domain.persona import Persona
    from simulator.domain.scenario import Scenario


def rewound(session: Session, turn: int) -> Session:
    """Return ``session`` as it was when reply ``turn`` (from 1) had not been given yet.

    Raises UsageError if there is no such reply, the call is an exam that goes on, or it came from
    outside: nobody knows where that customer stood.
    """
    unsealed(session)
    if session.from_outside:
        raise UsageError("fork_outside", session=session.id)
    for place, each in enumerate(session.turns):
        if isinstance(each, AgentTurn) and each.turn == turn:
            return session.model_copy(update={"turns": session.turns[:place], "ended": None})
    replies = len(session.agent_turns)
    raise UsageError("fork_turn_missing", session=session.id, turn=turn, replies=replies)


def unsealed(session: Session) -> Session:
    """Return ``session`` if it may be looked at; raises UsageError on an exam that goes on."""
    if session.sealed:
        raise UsageError("exam_open", session=session.id)
    return session


def cast_of(started: CallStarted, catalogue: Catalogue) -> tuple[Persona, Scenario]:
    """Return who called about what; they may have been changed since (:func:`recast`).

    Raises UsageError if either is gone, ContentError if its file is broken by now.
    """
    try:
        return catalogue.persona(started.persona), catalogue.scenario(started.scenario)
    except UsageError:
        raise UsageError(
            "fork_content_gone", persona=started.persona, scenario=started.scenario
        ) from None


def recast(started: CallStarted, catalogue: Catalogue) -> bool:
    """Say whether the files of persona and scenario are no longer those of the call.

    Raises UsageError if either is gone.
    """
    return started.content != catalogue.fingerprint(started.persona, started.scenario)
