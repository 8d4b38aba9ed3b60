"""What the customer may give away now: one fact at a time, the hidden need when it is earned."""

from __future__ import annotations

import random
from dataclasses import dataclass

from simulator.customer.moment import Moment
from simulator.domain.act import Act
from simulator.domain.cue import Cue
from simulator.domain.language import LANGUAGES
from simulator.domain.scenario import Fact, Scenario
from simulator.domain.score import Dimension

FACT_CHANCE = {
    Act.COMPLAIN: 0.4,
    Act.INFORM: 0.5,
    Act.VENT: 0.25,
    Act.ACCUSE: 0.1,
    Act.DEMAND: 0.1,
    Act.DOUBT: 0.1,
}
"""How likely a line of each act gives away a fact unasked, if there is one to give; others never
do."""

NEED_ACTS = frozenset({Act.INFORM, Act.SOFTEN, Act.VENT})
ANSWERING = frozenset({Act.INFORM, Act.COMPLAIN, Act.VENT})
"""How somebody who is asked for a fact tells it."""

NEED_CHANCE = 0.75
"""How likely an earned need comes out in a line; so within two lines with 94 in 100."""


@dataclass(frozen=True)
class Told:
    """What of the scenario has come out so far: ids of facts, and whether the need has."""

    facts: frozenset[str] = frozenset()
    need: bool = False


def next_fact(moment: Moment, scenario: Scenario, told: Told) -> Fact | None:
    """Return the first fact, in the scenario's order, that is still untold and may come out."""
    return next(
        (f for f in scenario.facts if f.id not in told.facts and _may_come_out(f, moment)), None
    )


def first_fact(scenario: Scenario, chance: random.Random) -> Fact:
    """Return the fact a call begins with: an open one that somebody has written first words for."""
    texts = [scenario.text(language) for language in LANGUAGES]
    begins = {line.fact for text in texts for line in text.lines if line.opening}
    open_ones = [f for f in scenario.facts if f.release == "open" and f.id in begins]
    return chance.choice(open_ones) if open_ones else scenario.facts[0]


def tellable(fact: Fact, moment: Moment) -> bool:
    """Whether this customer would tell ``fact`` if asked for just that, perhaps once more."""
    return fact.release != "trust" or moment.state.trust >= fact.trust


def chosen_fact(
    act: Act, moment: Moment, scenario: Scenario, told: Told, chance: random.Random
) -> str | None:
    """Return the id of the fact that this line gives away unasked, if it gives one away.

    Who is satisfied goes back to nothing; who has begun to tell does not talk past a proposal.
    """
    if moment.satisfied or (moment.proposal and told.facts):
        return None
    if chance.random() >= FACT_CHANCE.get(act, 0.0):
        return None
    if moment.opening:
        return first_fact(scenario, chance).id
    fact = next_fact(moment, scenario, told)
    return fact.id if fact else None


def need_earned(moment: Moment, scenario: Scenario, told: Told) -> bool:
    """Whether the hidden need may come out now.

    Levels are reached, no bad reply goes before it, and what is wrong is known: on the phone the
    first fact has been told.
    """
    need, state = scenario.hidden_need, moment.state
    return (
        not told.need
        and bool(told.facts or moment.channel == "email")
        and not moment.opening
        and moment.worth >= 1
        and state.trust >= need.trust
        and state.feeling_heard >= need.feeling_heard
    )


def _may_come_out(fact: Fact, moment: Moment) -> bool:
    if fact.release == "open":
        return True
    if fact.release == "trust":
        return moment.state.trust >= fact.trust
    listened = moment.scores.of(Dimension.LISTENING).label == 2
    return listened or moment.heard(Cue.OPEN_QUESTION)
