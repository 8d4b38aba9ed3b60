"""Whether a call was hard on whoever had it, read off its events."""

from __future__ import annotations

from simulator.domain.conversation import AgentTurn, Session
from simulator.domain.cue import Cue
from simulator.scoring.lexicon import lexicon, plain

STILL_ANGRY = 7.0
"""The level of anger at the end from which nobody parted in peace."""


def hard(session: Session) -> bool:
    """Say whether the customer hung up, was very angry at the end, or somebody was insulted."""
    if session.ended is not None and session.ended.reason == "hung_up":
        return True
    if session.customer_turns and session.state.anger >= STILL_ANGRY:
        return True
    words = lexicon(session.started.language)
    return any(
        Cue.INSULT in turn.scores.cues
        if isinstance(turn, AgentTurn)
        else words.has(Cue.INSULT.value, plain(turn.text))
        for turn in session.turns
    )
