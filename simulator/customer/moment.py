"""Where a call stands when the customer is about to speak."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.customer.appraisal import worth
from simulator.customer.topics import Kind
from simulator.domain.act import Act
from simulator.domain.conversation import Session
from simulator.domain.cue import Cue
from simulator.domain.emotion import EmotionalState
from simulator.domain.scenario import Channel
from simulator.domain.score import TurnScores

_PROPOSALS = frozenset({Cue.CONCRETE_STEP, Cue.CHOICE})


@dataclass(frozen=True)
class Moment:
    """What the planner looks at.

    ``previous`` are the customer's acts so far, ``state`` where they stand after the reply whose
    ``scores`` these are, ``turn`` the exchange (from 1), ``offered`` whether the agent has named a
    concrete step in this or an earlier reply, ``proposed`` whether in this or the last one there
    was a step or a choice, ``asks`` what kind of question is to be answered, if one is.
    """

    channel: Channel
    previous: tuple[Act, ...]
    state: EmotionalState
    scores: TurnScores
    turn: int
    offered: bool = False
    proposed: bool = False
    asks: Kind | None = None

    @classmethod
    def of(cls, session: Session, state: EmotionalState, channel: Channel) -> Moment:
        """Return the moment in which the session's unanswered reply is to be answered.

        Raises ValueError if there is none.
        """
        reply = session.unanswered
        if reply is None:
            raise ValueError("the customer has nothing to answer")
        return cls(
            channel=channel,
            previous=tuple(turn.act for turn in session.customer_turns),
            state=state,
            scores=reply.scores,
            turn=reply.turn,
            offered=any(Cue.CONCRETE_STEP in turn.scores.cues for turn in session.agent_turns),
            proposed=any(_PROPOSALS & turn.scores.cues for turn in session.agent_turns[-2:]),
        )

    @property
    def last(self) -> Act | None:
        """The customer's last act; a mail exchange begins after the customer's complaint."""
        if self.previous:
            return self.previous[-1]
        return Act.COMPLAIN if self.channel == "email" else None

    @property
    def opening(self) -> bool:
        """Whether these are the first words of a telephone call."""
        return self.turn == 1 and self.channel == "phone"

    @property
    def worth(self) -> float:
        """The mean label of the reply, 0 to 2."""
        return worth(self.scores)

    @property
    def satisfied(self) -> bool:
        """Whether the customer is calm, trusts, and has been offered something."""
        return self.offered and self.state.anger <= 2.5 and self.state.trust >= 6

    @property
    def proposal(self) -> bool:
        """Whether a decent reply has just named a concrete step."""
        return self.worth >= 1 and self.heard(Cue.CONCRETE_STEP)

    def heard(self, cue: Cue) -> bool:
        """Whether the reply has this wording."""
        return cue in self.scores.cues
