"""The customer on one page: appraise, move, plan, speak."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from simulator.customer.answer import Answer, Moved, Spoken
from simulator.customer.appraisal import Appraisal, appraise
from simulator.customer.asked import Listener
from simulator.customer.correspondence import (
    MOST_WORDS,
    Why,
    letter,
    now_by,
    on_the_phone,
    ring,
    rings,
)
from simulator.customer.dynamics import Dynamics
from simulator.customer.guard import Guard
from simulator.customer.hearing import Asked, hear
from simulator.customer.judge import PLAIN, Judge
from simulator.customer.lines import FIT, last_resort, offers
from simulator.customer.moment import Moment
from simulator.customer.planner import Plan, Planner, answering
from simulator.customer.prompt import AgentLine, Caller, CustomerLine, Line, transcript, written
from simulator.customer.release import Told, next_fact
from simulator.customer.speech import Speech, seed_of
from simulator.domain.act import ENDING_ACTS, Act
from simulator.domain.conversation import AgentTurn, CustomerTurn, Session, Source
from simulator.domain.emotion import EmotionalState, LedgerEntry
from simulator.domain.persona import Persona
from simulator.domain.scenario import NEED, Scenario
from simulator.lm.base import Cancelled, LanguageModel, never

ENOUGH = 2
"""So many fitting authored lines spare a model that is not outspoken the asking."""

_SILENCE = "…"


@dataclass(frozen=True)
class SimulatedCustomer:
    """A caller made of a language model, fitted dynamics and a planner.

    A model that is not ``outspoken`` is asked for a line only where fewer than ``ENOUGH`` authored
    ones fit; else it just helps to choose among them.
    """

    model: LanguageModel
    dynamics: Dynamics
    planner: Planner
    listener: Listener
    judge: Judge = PLAIN
    outspoken: bool = True

    def react(
        self,
        session: Session,
        persona: Persona,
        scenario: Scenario,
        cancelled: Cancelled = never,
    ) -> Iterator[Moved | Spoken | Answer]:
        """Answer the session's unanswered reply: first the effect, then the words."""
        reply = session.unanswered
        if reply is None:
            return
        scenario = now_by(session, scenario)
        state, ledger = self._moved(session, reply, persona, scenario)
        yield Moved(state, ledger)
        seed = seed_of(session.started.seed, reply.turn)
        chance = random.Random(seed)
        told = Told(session.released, session.need_told)
        moment = Moment.of(session, state, scenario.channel)
        asked = hear(self.listener, session, scenario, moment, told)
        moment = replace(moment, asks=asked.kind)
        plan = self.planner.plan(moment, scenario, told, chance, asked)
        if moment.opening:
            plan = _begun(plan, session, persona, scenario, moment, chance)
        if why := rings(session, scenario, state, plan.act):
            first = next_fact(moment, scenario, told) or scenario.facts[0]
            plan = replace(plan, fact_id=first.id, need=False, answer=None)
            said = _ringing(session, persona, scenario, plan, why, chance)
            yield Spoken(said.text)
        else:
            speech = self._speech(session, persona, scenario, plan, moment, chance, seed)
            if scenario.channel == "phone":
                said = yield from _spoken(speech, plan, cancelled)
            else:
                further = self._further(session, persona, scenario, plan, asked, moment, chance)
                said = _written(speech, plan, further, cancelled)
                if said.text:
                    mail = letter(session, persona, state, plan.act, said.paragraphs, chance)
                    said = replace(said, text=mail)
                    yield Spoken(mail)
        yield Answer(
            text=said.text.strip() or _SILENCE,
            act=plan.act,
            source=said.source,
            state=state,
            ledger=ledger,
            facts=tuple(fact for fact in said.facts if fact not in told.facts),
            need=said.need and not told.need,
            interrupted=said.interrupted,
            calls=said.calls,
        )
        if moment.opening and not cancelled() and plan.act not in ENDING_ACTS:
            # The answer is kept and shown by now; the first question need not wait for this.
            self.listener.learn(scenario, session.started.language)

    def _further(
        self,
        session: Session,
        persona: Persona,
        scenario: Scenario,
        plan: Plan,
        asked: Asked,
        moment: Moment,
        chance: random.Random,
    ) -> tuple[tuple[Plan, Speech], ...]:
        """Return what a mail answers besides the plan, each with its line."""
        if plan.need or len(asked.topics) < 2:
            return ()
        others = [answering(topic, scenario) for topic in asked.topics[1:] if topic != NEED]
        seeds = [chance.randrange(2**31) for _ in others]
        speeches = [
            self._speech(session, persona, scenario, other, moment, chance, seed, False)
            for other, seed in zip(others, seeds, strict=True)
        ]
        return tuple(zip(others, speeches, strict=True))

    def _moved(
        self, session: Session, reply: AgentTurn, persona: Persona, scenario: Scenario
    ) -> tuple[EmotionalState, tuple[LedgerEntry, ...]]:
        appraisal = appraise(reply.text, reply.scores, persona, session.started.language)
        if reply.turn == 1 and scenario.channel == "phone" and appraisal == Appraisal():
            # A greeting answers nothing yet; only what offends or pleases this person counts.
            return session.state, ()
        spoken = len(session.customer_turns) + (scenario.channel == "email")
        return self.dynamics.move(session.state, reply.scores, appraisal, persona, spoken)

    def _speech(
        self,
        session: Session,
        persona: Persona,
        scenario: Scenario,
        plan: Plan,
        moment: Moment,
        chance: random.Random,
        seed: int,
        alone: bool = True,
    ) -> Speech:
        """Return the line to be found for ``plan``; one that is not ``alone`` goes into a mail
        beside another, and the model is asked for it only where nobody has written one.
        """
        language = session.started.language
        caller = caller_of(session, persona, scenario)
        fact = _telling(scenario, plan.fact_id, plan.need, session)
        line = CustomerLine(moment.state.anger, moment.state.trust, plan.act, fact)
        cues = moment.scores.cues
        fitting = offers(session, persona, scenario, plan, cues, chance, moment.asks)
        # First and last words stay in the ear: they are authored, so that none is a slip.
        # Where somebody wrote one for just this, the model's hardly ever wins and costs a wait.
        written_for_this = any(offer.advantage >= FIT["told"] for offer in fitting)
        enough = not self.outspoken and len(fitting) >= ENOUGH
        inside = bool(session.customer_turns) and plan.act not in ENDING_ACTS
        return Speech(
            model=self.model,
            judge=self.judge,
            guard=guard_of(session, persona, scenario, plan),
            prompt=transcript(caller, [*lines_of(session, scenario), line]),
            label=written(line, language)[0],
            act=plan.act,
            fact=fact,
            offers=fitting,
            resort=last_resort(session, persona, scenario, plan, chance),
            seed=seed,
            generated=inside and not (written_for_this or enough) if alone else not fitting,
        )


@dataclass(frozen=True)
class _Said:
    """The words found for a turn; a mail has ``paragraphs``."""

    text: str
    source: Source
    facts: tuple[str, ...] = ()
    need: bool = False
    interrupted: bool = False
    calls: bool = False
    paragraphs: tuple[str, ...] = ()


def _spoken(speech: Speech, plan: Plan, cancelled: Cancelled) -> Generator[Spoken, None, _Said]:
    text: str = ""
    source: Source = "model"
    for clause in speech.clauses(cancelled):
        text, source = text + clause.text, clause.source
        if clause.text:
            yield Spoken(clause.text)
    return _told(text, source, speech, plan, cancelled())


def _told(text: str, source: Source, speech: Speech, plan: Plan, interrupted: bool) -> _Said:
    # What was cut short, or said for want of anything better, has told nothing yet.
    told_now = not interrupted and text.strip() != speech.resort
    facts = (plan.fact_id,) if plan.fact_id and told_now else ()
    return _Said(text, source, facts, plan.need and told_now, interrupted)


def _written(
    speech: Speech, plan: Plan, further: Sequence[tuple[Plan, Speech]], cancelled: Cancelled
) -> _Said:
    """Find a mail's paragraphs: its line, then what else was asked for, as far as it may go."""
    text, source = _whole(speech, cancelled)
    said = _told(text, source, speech, plan, cancelled())
    paragraphs, facts = ([text.strip()] if text.strip() else []), list(said.facts)
    for other, line in further:
        more, _ = _whole(line, cancelled)
        words = len(" ".join((*paragraphs, more)).split())
        if more.strip() and more.strip() != line.resort and words <= MOST_WORDS:
            paragraphs.append(more.strip())
            facts += [other.fact_id] if other.fact_id else []
    return replace(said, facts=tuple(facts), paragraphs=tuple(paragraphs))


def _whole(speech: Speech, cancelled: Cancelled) -> tuple[str, Source]:
    clauses = list(speech.clauses(cancelled))
    return "".join(c.text for c in clauses), clauses[-1].source if clauses else "model"


def _begun(
    plan: Plan,
    session: Session,
    persona: Persona,
    scenario: Scenario,
    moment: Moment,
    chance: random.Random,
) -> Plan:
    """Return the plan of a call's first words.

    A greeting to which somebody has written an answer gets that one; where nothing is written, the
    first fact is told.
    """
    if plan.act in ENDING_ACTS:
        return plan
    cues = moment.scores.cues
    written = [line for line in scenario.text(session.started.language).lines if line.opening]
    answers = [line for line in written if not cues.isdisjoint(line.after)]
    if answers and moment.asks is None:
        answer = chance.choice(answers)
        return Plan(answer.act, answer.fact)
    if offers(session, persona, scenario, plan, cues, chance, moment.asks):
        return plan
    return replace(plan, fact_id=scenario.facts[0].id)


def _ringing(
    session: Session,
    persona: Persona,
    scenario: Scenario,
    plan: Plan,
    why: Why,
    chance: random.Random,
) -> _Said:
    """Find the first words on the phone: who calls, and once more what is wrong."""
    call = on_the_phone(scenario)
    fitting = offers(session, persona, call, plan, frozenset(), chance)
    spoken = [offer.text for offer in fitting]
    facts = (plan.fact_id,) if spoken and plan.fact_id else ()
    words = spoken[0] if spoken else last_resort(session, persona, call, plan, chance)
    return _Said(ring(session, persona, why, words, chance), "authored", facts, calls=True)


def caller_of(session: Session, persona: Persona, scenario: Scenario) -> Caller:
    """Return what the prompt's header tells of this call."""
    language = session.started.language
    who, what = persona.text(language), scenario.text(language)
    return Caller(
        language=language,
        channel=scenario.channel,
        name=who.name,
        age=persona.age,
        temperament=persona.temperament,
        style=who.style,
        industry=what.industry,
        concern=what.concern,
    )


def lines_of(session: Session, scenario: Scenario) -> list[Line]:
    """Return the conversation so far as prompt lines, the customer's last mail first."""
    start = session.started.start
    thread = scenario.text(session.started.language).thread
    lines: list[Line] = []
    if thread:
        lines.append(CustomerLine(start.anger, start.trust, Act.COMPLAIN, "", thread))
    for turn in session.turns:
        if isinstance(turn, CustomerTurn):
            fact = _telling(scenario, next(iter(turn.facts), None), turn.need, session)
            state = turn.state
            lines.append(CustomerLine(state.anger, state.trust, turn.act, fact, turn.text))
        else:
            lines.append(AgentLine(turn.text))
    return lines


def guard_of(session: Session, persona: Persona, scenario: Scenario, plan: Plan) -> Guard:
    """Return the guard for the next line."""
    language = session.started.language
    who, what = persona.text(language), scenario.text(language)
    reply = session.unanswered
    known = [who.name, what.company, what.concern, what.briefing, what.thread]
    known += [fact.text(language) for fact in scenario.facts]
    known += [f"{each.date} {each.subject} {each.body}" for each in what.case_file]
    known += [line.text for line in what.lines if not line.need]
    known += [line for answer in what.answers for line in answer.lines]
    known += [line for lines in who.lines.values() for line in lines]
    known += [turn.text for turn in session.turns]
    tellings = [scenario.hidden_need.text(language)]
    tellings += [line.text for line in what.lines if line.need]
    hidden = not (plan.need or session.need_told)
    if not hidden:
        known += tellings
    return Guard(
        language=language,
        channel=scenario.channel,
        known="\n".join(known),
        said=tuple(turn.text for turn in session.customer_turns),
        reply=reply.text if reply else "",
        secret="\n".join(" ".join(each.split()) for each in tellings) if hidden else "",
    )


def _telling(scenario: Scenario, fact: str | None, need: bool, session: Session) -> str:
    language = session.started.language
    if need:
        return scenario.hidden_need.text(language)
    return next((each.text(language) for each in scenario.facts if each.id == fact), "")
