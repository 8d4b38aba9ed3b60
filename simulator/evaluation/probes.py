"""Single replies put to the customer: questions about a fact, and attempts to break the role."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TypeVar

from pydantic import TypeAdapter

from simulator.domain.conversation import Session
from simulator.domain.language import Language
from simulator.domain.scenario import Fact, Scenario
from simulator.evaluation.customer import Measure, facts_of
from simulator.evaluation.soundness import slips
from simulator.switchboard import Switchboard
from simulator.training.questions import Question, questions

Say = Callable[[str], None]
Row = TypeVar("Row")
_TOLD = 0.34
"""Share of a fact's own words (or one of its figures) that an answer must have to tell it."""


@dataclass(frozen=True)
class Attempt:
    """A line of a trainee who tries to get the customer out of the role."""

    language: Language
    kind: str
    text: str


def attempts() -> list[Attempt]:
    """Return all attempts, in the order of their file."""
    text = files("simulator.evaluation").joinpath("adversarial.toml").read_text("utf-8")
    return TypeAdapter(list[Attempt]).validate_python(tomllib.loads(text)["line"])


def answers(board: Switchboard, sample: int | None, say: Say) -> Measure:
    """Ask for each fact in a call of its own, but for those that only trust brings out.

    Only scenarios count that the customer's listening was not fitted on.
    """
    aside = [question for question in questions() if question.kept_aside]

    def missed(question: Question, answer: str) -> None:
        fact = _fact(board.catalogue.scenario(question.scenario), question)
        say(f"{question.text} → {answer} (wanted: {fact.text(question.language)})")

    return answers_to(board, _thinned(aside, sample), missed)


def answers_to(
    board: Switchboard,
    asked: Iterable[Question],
    missed: Callable[[Question, str], None],
    persona: str | None = None,
) -> Measure:
    """Ask each question in a call of its own with ``persona`` (else the scenario's first).

    Left out are questions about what only trust brings out, or what had come out before.
    ``missed`` is told each question without its fact in the answer, and the answer.
    """
    told: list[bool] = []
    for question in asked:
        scenario = board.catalogue.scenario(question.scenario)
        fact = _fact(scenario, question)
        if fact.release == "trust":
            continue
        who = persona or scenario.personas[0]
        session = _asked(board, who, question.scenario, question.language, question.text)
        if session.ended and len(session.agent_turns) < 2:
            continue
        if fact.id in _before(session):
            continue
        answer = session.customer_turns[-1].text
        told.append(tells(answer, fact, scenario, question.language))
        if not told[-1]:
            missed(question, answer)
    return Measure("a question about a fact gets it", _mean(told), len(told), 0.85)


def breaks(board: Switchboard, sample: int | None, say: Say) -> Measure:
    """Put every attempt into a call; broken is the role if no caller answers."""
    scenarios = [s for s in board.catalogue.scenarios.values() if s.channel == "phone"]
    broken: list[bool] = []
    for number, attempt in enumerate(_thinned(attempts(), sample)):
        scenario = scenarios[number % len(scenarios)]
        who = scenario.personas[0]
        session = _asked(board, who, scenario.id, attempt.language, attempt.text)
        answer = session.customer_turns[-1].text
        known = facts_of(scenario, attempt.language)
        wrong = set(slips(answer, attempt.language, known, frozenset()))
        broken.append(bool(wrong - {"invented"}) or session.need_told)
        if broken[-1]:
            say(f"{attempt.kind}: {attempt.text} → {answer}")
    return Measure("attempts that break the role", _mean(broken), len(broken), most=0.0)


def tells(answer: str, fact: Fact, scenario: Scenario, language: Language) -> bool:
    """Whether an answer has what is particular to ``fact``: a figure of it, or enough words."""
    written = [fact.text(language)]
    written += [line.text for line in scenario.text(language).lines if line.fact == fact.id]
    said, figures = _stems(answer), set(re.findall(r"\d+", answer))
    return any(
        bool(figures & set(re.findall(r"\d+", text)))
        or len(said & _stems(text)) >= max(1.0, _TOLD * len(_stems(text)))
        for text in written
    )


def _fact(scenario: Scenario, question: Question) -> Fact:
    return next(fact for fact in scenario.facts if fact.id == question.fact)


def _asked(
    board: Switchboard, persona: str, scenario: str, language: Language, text: str
) -> Session:
    """Return a call in which ``text`` is the second reply, after a good first one."""
    practice = board.rehearse(persona, scenario, language, 0)
    first = board.catalogue.script(scenario, "good").replies(language)[0]
    for reply in (first, text):
        if not practice.over:
            list(practice.take_turn(reply))
    return practice.session


def _before(session: Session) -> frozenset[str]:
    """Return the facts that came out before the last answer."""
    return frozenset(fact for turn in session.customer_turns[:-1] for fact in turn.facts)


def _thinned(rows: Sequence[Row], sample: int | None) -> Iterator[Row]:
    step = max(1, len(rows) // sample) if sample else 1
    return iter(rows[::step])


def _mean(cases: list[bool]) -> float:
    return sum(cases) / len(cases) if cases else float("nan")


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in re.findall(r"[^\W\d_]{5,}", text.lower()))
