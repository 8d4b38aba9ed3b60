"""The authored lines that may be said at this moment, and what they have on their side."""

from __future__ import annotations

import random
from dataclasses import dataclass

from simulator.customer.planner import Plan
from simulator.customer.said import Said
from simulator.customer.topics import Kind, answer_of
from simulator.domain.act import Act
from simulator.domain.conversation import Session
from simulator.domain.cue import POSITIVE_CUES, Cue
from simulator.domain.persona import Persona
from simulator.domain.scenario import AuthoredLine, Scenario

FIT = {"told": 2.0, "answer": 2.0, "scenario": 1.2, "persona": 0.8}
"""What a line has on its side in the ranking, in points of the judge: it tells what was planned,
answers just this kind of wording, belongs to this scenario, or only to this person (stated)."""

_PARTICULAR = frozenset({Kind.DETAIL, Kind.CHOICE})
"""Questions that no plain line answers."""


@dataclass(frozen=True)
class Offer:
    """An authored line with its advantage in the ranking."""

    text: str
    advantage: float


def offers(
    session: Session,
    persona: Persona,
    scenario: Scenario,
    plan: Plan,
    cues: frozenset[Cue],
    chance: random.Random,
    asks: Kind | None = None,
    most: int = 4,
) -> list[Offer]:
    """Return at most ``most`` lines for ``plan``, best fitting first, none said before.

    Lines of the scenario for the planned act come first; the persona's own lines fill up, but on
    the phone only: they are spoken language. ``asks`` is the kind of question to be answered.
    """
    said = Said.of(session)
    if plan.answer and (answer := answer_of(plan.answer, scenario, session.started.language)):
        lines = [Offer(line, FIT["told"]) for line in answer.lines if line not in said]
        chance.shuffle(lines)
        return lines[:most]
    opening, written = not session.customer_turns, scenario.channel == "email"
    fitting = [
        Offer(line.text, FIT[_fit(line)])
        for line in scenario.text(session.started.language).lines
        if line.text not in said
        and _may_be_said(line, plan, opening, written or asks is Kind.TELL)
        and _answers(line, cues, asks)
    ]
    chance.shuffle(fitting)
    fitting.sort(key=lambda offer: -offer.advantage)
    free = not (opening or plan.fact_id or plan.need or asks in _PARTICULAR)
    if len(fitting) < most and free:
        own = [line for line in _own(persona, plan.act, session) if line not in said]
        if scenario.channel == "phone" or not fitting:
            chance.shuffle(own)
            fitting += [Offer(line, FIT["persona"]) for line in own]
    return fitting[:most]


def last_resort(
    session: Session, persona: Persona, scenario: Scenario, plan: Plan, chance: random.Random
) -> str:
    """Return a line for the act even if it has been said before: silence would be worse.

    It gives nothing away and answers nothing in particular; empty if nobody has written such a one.
    """
    plain = [
        line
        for line in scenario.text(session.started.language).lines
        if not (line.fact or line.need or line.opening or line.after or line.any_question)
    ]
    own = _own(persona, plan.act, session)
    other = [line.text for line in plain if line.act is plan.act]
    fitting = own or other if scenario.channel == "phone" else other or own
    spoken = fitting or [line.text for line in plain]
    said = Said.of(session)
    fresh = [line for line in spoken if line not in said]
    return chance.choice(fresh or spoken or [""])


def _own(persona: Persona, act: Act, session: Session) -> list[str]:
    return list(persona.text(session.started.language).lines.get(act, ()))


def _may_be_said(line: AuthoredLine, plan: Plan, opening: bool, asked: bool) -> bool:
    if line.need or plan.need:
        told = line.need and plan.need
    elif line.fact or plan.fact_id:
        told = line.fact == plan.fact_id
    else:
        told = line.act is plan.act
    # Who begins by answering, a mail or a question, may begin in the middle.
    at_once = opening and asked and bool(line.fact)
    return told and (line.opening == opening or at_once)


def _answers(line: AuthoredLine, cues: frozenset[Cue], asks: Kind | None) -> bool:
    """Whether a line answers the reply; a question goes before anything kind beside it."""
    if asks is Kind.CHOICE:
        heard = frozenset({Cue.CHOICE})
    elif asks is Kind.DETAIL:
        heard = (cues - POSITIVE_CUES) | (cues & {Cue.OPEN_QUESTION})
    else:
        heard = cues
    if line.after or line.any_question:
        return not heard.isdisjoint(line.after) or (line.any_question and asks is Kind.DETAIL)
    return bool(line.fact or line.need) or asks not in _PARTICULAR


def _fit(line: AuthoredLine) -> str:
    if line.after:
        return "answer"
    return "told" if line.fact or line.need else "scenario"
