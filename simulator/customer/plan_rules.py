"""The stated rules above the counts: which acts a moment bars, and which it makes likelier.

``models/planner/README.md`` names and explains each. Some act is always left: ``inform``,
``question``, ``vent`` and ``complain`` are barred by nothing but repetition and by questions that
they do not answer, and to each kind of question there is an act that nothing else bars.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from simulator.customer.moment import Moment
from simulator.customer.topics import Kind
from simulator.domain.act import Act
from simulator.domain.cue import Cue

OPENING_ACTS = frozenset({Act.COMPLAIN, Act.DEMAND, Act.ACCUSE})
AGREEING = frozenset({Act.THANK, Act.ACCEPT})
PAST_IT = frozenset({Act.COMPLAIN, Act.VENT, Act.INFORM, Act.ACCUSE})
"""What does not answer a proposal."""
_TELLING = 3
"""Exchanges in which a customer tells what is wrong, whatever is offered (stated)."""
ANSWERS = {
    Kind.TELL: frozenset({Act.INFORM, Act.COMPLAIN, Act.VENT}),
    Kind.FEELING: frozenset({Act.VENT, Act.COMPLAIN, Act.SOFTEN}),
    Kind.WISH: frozenset({Act.DEMAND}),
    Kind.DETAIL: frozenset({Act.INFORM, Act.DEMAND, Act.ACCUSE}),
    Kind.CONSENT: frozenset({Act.ACCEPT, Act.DOUBT, Act.REFUSE, Act.DEMAND, Act.THANK, Act.CLOSE}),
    Kind.CHOICE: frozenset({Act.ACCEPT, Act.DOUBT, Act.DEMAND, Act.QUESTION}),
    Kind.MORE: frozenset({Act.THANK, Act.CLOSE, Act.INFORM}),
    Kind.RETORT: frozenset(Act),
}
"""What answers each kind of question (adjacency pairs, Schegloff & Sacks 1973)."""
_OPEN = frozenset({Kind.TELL, Kind.FEELING, Kind.WISH, Kind.DETAIL, Kind.MORE})
REFUSABLE = frozenset(
    {
        Cue.CONCRETE_STEP,
        Cue.CHOICE,
        Cue.MUST,
        Cue.ASKS_NUMBER,
        Cue.HOLD_OFF,
        Cue.SALES_PITCH,
        Cue.CALM_DOWN,
    }
)
"""What in a reply somebody may say no to."""


def no_other_opening(moment: Moment) -> frozenset[Act]:
    """A caller begins with what is wrong (or hangs up on an insult: that has its own rule)."""
    return frozenset(Act) - OPENING_ACTS - {Act.HANG_UP} if moment.opening else frozenset()


def no_hang_up_on_good_work(moment: Moment) -> frozenset[Act]:
    """Nobody hangs up early, half calm, or on a decent reply; an insult lifts all but calm."""
    if moment.state.anger >= 8 and (
        moment.heard(Cue.INSULT) or (moment.worth < 1 and moment.turn > 2)
    ):
        return frozenset()
    return frozenset({Act.HANG_UP})


def no_peace_in_anger(moment: Moment) -> frozenset[Act]:
    """Thanks, consent and goodbye need some calm and some trust."""
    angry = moment.state.anger > 5 or moment.state.trust < 4
    return AGREEING | {Act.CLOSE} if angry else frozenset()


def no_consent_to_nothing(moment: Moment) -> frozenset[Act]:
    """Nobody accepts what has not been offered just now or just before."""
    return frozenset() if moment.proposed else frozenset({Act.ACCEPT})


def no_refusal_of_nothing(moment: Moment) -> frozenset[Act]:
    """Nobody refuses where nothing was offered or demanded."""
    refusable = moment.asks is Kind.CONSENT or REFUSABLE & moment.scores.cues
    return frozenset() if refusable else frozenset({Act.REFUSE})


def no_question_passed_over(moment: Moment) -> frozenset[Act]:
    """A question is answered, if only by hanging up on an insult."""
    if moment.asks is None or moment.opening:
        return frozenset()
    return frozenset(Act) - ANSWERS[moment.asks] - {Act.HANG_UP}


def no_proposal_passed_over(moment: Moment) -> frozenset[Act]:
    """Who is offered something answers that; only in the first exchanges they go on telling."""
    offered = moment.proposal and moment.asks is None and moment.turn > _TELLING
    return PAST_IT if offered else frozenset()


def no_goodbye_empty_handed(moment: Moment) -> frozenset[Act]:
    """Goodbye comes after consent or thanks for something, or when nothing more is wanted."""
    nothing_more = moment.satisfied and moment.asks is Kind.MORE
    reached = nothing_more or (moment.offered and moment.last in AGREEING)
    return frozenset() if reached else frozenset({Act.CLOSE})


def no_reward_for_a_bad_reply(moment: Moment) -> frozenset[Act]:
    """Nobody gives way, thanks or agrees in answer to a bad reply."""
    return AGREEING | {Act.SOFTEN} if moment.worth < 1 else frozenset()


def no_calm_threat(moment: Moment) -> frozenset[Act]:
    """Threats need anger, and nobody threatens who has just been heard."""
    heard = moment.worth >= 1.5
    return frozenset({Act.THREATEN}) if heard or moment.state.anger < 5 else frozenset()


def no_third_time(moment: Moment) -> frozenset[Act]:
    """Nobody does the same three times running, unless they answer what they are asked."""
    if moment.asks in _OPEN:
        return frozenset()
    twice = len(moment.previous) > 1 and moment.previous[-1] == moment.previous[-2]
    return frozenset(moment.previous[-1:]) if twice else frozenset()


Bar = Callable[[Moment], frozenset[Act]]
BARS: tuple[Bar, ...] = (
    no_other_opening,
    no_hang_up_on_good_work,
    no_peace_in_anger,
    no_consent_to_nothing,
    no_refusal_of_nothing,
    no_question_passed_over,
    no_proposal_passed_over,
    no_goodbye_empty_handed,
    no_reward_for_a_bad_reply,
    no_calm_threat,
    no_third_time,
)


def barred(moment: Moment) -> frozenset[Act]:
    """Return every act that some rule bars; at least one act is left."""
    return frozenset[Act]().union(*(bar(moment) for bar in BARS))


def favoured(moment: Moment) -> Mapping[Act, float]:
    """Return by how much the moment makes an act likelier (weight 1 where not named)."""
    weights: dict[Act, float] = {}
    if moment.satisfied:
        agreed = not AGREEING.isdisjoint(moment.previous)
        weights |= {Act.CLOSE: 12.0} if agreed else dict.fromkeys(AGREEING, 3.0)
    if moment.asks in {Kind.CONSENT, Kind.CHOICE}:
        weights |= {Act.ACCEPT: 4.0, Act.DOUBT: 2.0}
    elif moment.asks is Kind.DETAIL or moment.heard(Cue.OPEN_QUESTION):
        weights[Act.INFORM] = 4.0
    if moment.heard(Cue.INSULT):
        weights[Act.HANG_UP] = 6.0
    else:
        # The corpus ends where its authors had enough; most callers shout on for a while.
        weights[Act.HANG_UP] = 0.3
    return weights
