"""Decides what the customer does next: the act, and what of the case comes out with it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from simulator.customer.hearing import Asked
from simulator.customer.moment import Moment
from simulator.customer.plan_rules import barred, favoured
from simulator.customer.release import (
    ANSWERING,
    NEED_ACTS,
    NEED_CHANCE,
    Told,
    chosen_fact,
    need_earned,
    next_fact,
)
from simulator.customer.tendency import Reading, Tendencies
from simulator.customer.topics import Kind
from simulator.domain.act import Act
from simulator.domain.scenario import NEED, Scenario
from simulator.domain.score import Dimension

_NOTHING = Asked()
_SETTLED = frozenset({Kind.DETAIL, Kind.CONSENT, Kind.CHOICE})
"""Questions that have to be answered as they stand: nothing else comes out in answer to them."""


@dataclass(frozen=True)
class Plan:
    """What the next line does.

    It gives away the fact ``fact_id``, the hidden need, or nothing; ``answer`` names the topic of
    the scenario's answers that it answers.
    """

    act: Act
    fact_id: str | None = None
    need: bool = False
    answer: str | None = None


@dataclass(frozen=True)
class Planner:
    """Counted tendencies with stated rules above them."""

    tendencies: Tendencies

    @classmethod
    def load(cls, file: Path | None = None) -> Planner:
        """Read ``file`` (the shipped ``planner.json``); raises ModelError as that does."""
        return cls(Tendencies.load(file))

    def probabilities(self, moment: Moment) -> dict[Act, float]:
        """Return the probability of every act that the rules leave, in the order of Act."""
        counted = self.tendencies.probabilities(reading(moment))
        favour, out = favoured(moment), barred(moment)
        weights = {a: p * favour.get(a, 1.0) for a, p in counted.items() if a not in out}
        total = sum(weights.values())
        return {act: weight / total for act, weight in weights.items()}

    def plan(
        self,
        moment: Moment,
        scenario: Scenario,
        told: Told,
        chance: random.Random,
        asked: Asked = _NOTHING,
    ) -> Plan:
        """Draw the next line's plan; the same ``chance`` and moment give the same plan.

        Who is ``asked`` for something answers that, whatever else they might have done, and perhaps
        once more. The need does not come out instead of such an answer.
        """
        likely = self.probabilities(moment)
        act = _drawn(likely, likely, chance)
        wanted = next(iter(asked.topics), None)
        now = wanted == NEED
        if need_earned(moment, scenario, told) and wanted is None:
            # Nobody says goodbye with it unsaid. A mail has room for it beside a proposal.
            room = moment.channel == "email" or not moment.proposal
            likely_now = room and asked.kind not in _SETTLED and chance.random() < NEED_CHANCE
            now = act is Act.CLOSE or likely_now
        if now:
            return Plan(act if act in NEED_ACTS else _any(NEED_ACTS, likely, chance), need=True)
        if wanted is not None:
            return answering(wanted, scenario, _any(ANSWERING, likely, chance))
        if asked.kind is Kind.TELL and (fact := next_fact(moment, scenario, told)):
            return Plan(_any(ANSWERING, likely, chance), fact.id)
        if asked.kind in _SETTLED:
            return Plan(act)
        return Plan(act, chosen_fact(act, moment, scenario, told, chance))


def answering(topic: str, scenario: Scenario, act: Act = Act.INFORM) -> Plan:
    """Return the plan that answers ``topic``; it tells a fact by ``act``."""
    facts = {fact.id for fact in scenario.facts}
    return Plan(act, topic) if topic in facts else Plan(Act.INFORM, answer=topic)


def reading(moment: Moment) -> Reading:
    """Return the moment as the counts see it; a reply that was not rated reads as label 0."""
    return Reading.of(
        moment.last,
        moment.state.anger,
        moment.state.trust,
        moment.scores.of(Dimension.DE_ESCALATION).label or 0,
        moment.turn,
    )


def _any(among: frozenset[Act], likely: dict[Act, float], chance: random.Random) -> Act:
    """Draw an act of ``among``, to inform if the moment leaves none of them."""
    return _drawn(likely, left, chance) if (left := among & likely.keys()) else Act.INFORM


def _drawn(likely: dict[Act, float], among: Iterable[Act], chance: random.Random) -> Act:
    # In the order of Act: a set has none that stays the same from run to run.
    acts = [act for act in Act if act in set(among)]
    return chance.choices(acts, [likely[act] for act in acts])[0]
