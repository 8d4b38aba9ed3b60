"""Tells how a reply landed, from what it moved and the wordings found in it."""

from __future__ import annotations

from simulator.coaching.effects import Effect
from simulator.domain.act import Act
from simulator.domain.conversation import AgentTurn, CustomerTurn
from simulator.domain.cue import Cue
from simulator.domain.landing import Landing
from simulator.domain.score import Dimension

NOTICED = 0.5
"""Points (anger, trust and feeling heard together) from which a reply did good or harm."""
STILL_UNHEARD = 5.0
"""Below this level of feeling heard, being heard matters more than what is offered."""

_LEAVING = {Act.HANG_UP: Landing.HUNG_UP, Act.CLOSE: Landing.PARTED}
_HARM: tuple[tuple[Landing, frozenset[Cue]], ...] = (
    (Landing.BLAMED, frozenset({Cue.INSULT, Cue.BLAME, Cue.BELITTLING, Cue.CALM_DOWN})),
    (Landing.PUT_OFF, frozenset({Cue.NOT_MY_JOB, Cue.HOLD_OFF})),
    (Landing.PROCESSED, frozenset({Cue.ASKS_NUMBER, Cue.ASKS_AGAIN, Cue.MUST})),
    (Landing.RECITED, frozenset({Cue.STOCK_PHRASE, Cue.JUSTIFICATION, Cue.SALES_PITCH})),
)
_SOLVING = frozenset({Cue.CONCRETE_STEP, Cue.CHOICE, Cue.OWNERSHIP})
_HEARING = frozenset(
    {
        Cue.PARAPHRASE,
        Cue.NAMED_FEELING,
        Cue.TAKEN_UP_FACT,
        Cue.OPEN_QUESTION,
        Cue.SPECIFIC_APOLOGY,
        Cue.THANKS,
    }
)


def landed(reply: AgentTurn, answer: CustomerTurn, effects: tuple[Effect, ...]) -> Landing:
    """Return how ``reply`` reached the customer, whose ``answer`` shows where they then stood.

    What it moved decides whether it did good or harm, its wordings which good or harm.
    """
    if answer.act in _LEAVING:
        return _LEAVING[answer.act]
    gain = sum(effect.gain for effect in effects if effect.rule)
    if gain <= -NOTICED:
        return next((how for how, cues in _HARM if cues & reply.scores.cues), Landing.UNHEARD)
    return _good(reply, answer) if gain >= NOTICED else Landing.PLAIN


def _good(reply: AgentTurn, answer: CustomerTurn) -> Landing:
    cues = reply.scores.cues
    if Cue.CALM_LIMIT in cues:
        return Landing.LIMITED
    hearing = cues & _HEARING or reply.scores.of(Dimension.LISTENING).label == 2
    if cues & _SOLVING and (not hearing or answer.state.feeling_heard >= STILL_UNHEARD):
        return Landing.SOLVED
    return Landing.HEARD if hearing else Landing.PLAIN
