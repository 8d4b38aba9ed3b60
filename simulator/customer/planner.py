"""Decides what the customer does next: the act, and what of the case comes out with it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from simulator.customer.moment import Moment
from simulator.customer.plan_rules import barred, favoured
from simulator.customer.release import (
    ANSWERING,
    NEED_ACTS,
    NEED_CHANCE,
    Told,
    chosen_fact,
    need_earned,
)
from simulator.customer.tendency import Reading, Tendencies
from simulator.domain.act import Act
from simulator.domain.scenario import Scenario
from simulator.domain.score import Dimension


@dataclass(frozen=True)
class Plan:
    """What the next line does; it gives away the fact ``fact_id``, the hidden need, or nothing."""

    act: Act
    fact_id: str | None = None
    need: bool = False


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
        asked: str | None = None,
    ) -> Plan:
        """Draw the next line's plan; the same ``chance`` and moment give the same plan.

        Who is ``asked`` for a fact (its id) tells it, whatever else they might have done, unless
        what they came for is on the tip of their tongue.
        """
        likely = self.probabilities(moment)
        act = _drawn(likely, likely, chance)
        # Nobody says goodbye with it unsaid.
        if need_earned(moment, scenario, told) and (
            act is Act.CLOSE or chance.random() < NEED_CHANCE
        ):
            if act not in NEED_ACTS:
                act = _drawn(likely, NEED_ACTS & likely.keys(), chance)
            return Plan(act, need=True)
        if asked is not None and (answering := ANSWERING & likely.keys()):
            return Plan(_drawn(likely, answering, chance), asked)
        return Plan(act, chosen_fact(act, moment, scenario, told, chance))


def reading(moment: Moment) -> Reading:
    """Return the moment as the counts see it; a reply that was not rated reads as label 0."""
    return Reading.of(
        moment.last,
        moment.state.anger,
        moment.state.trust,
        moment.scores.of(Dimension.DE_ESCALATION).label or 0,
        moment.turn,
    )


def _drawn(likely: dict[Act, float], among: Iterable[Act], chance: random.Random) -> Act:
    # In the order of Act: a set has none that stays the same from run to run.
    acts = [act for act in Act if act in set(among)]
    return chance.choices(acts, [likely[act] for act in acts])[0]
