"""What an agent can ask this customer for, and what they ask in any call."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import cast

from simulator.domain.language import Language
from simulator.domain.scenario import NEED, Fact, PreparedAnswer, Scenario, ScenarioText

_ANSWER = "answers."


class Kind(StrEnum):
    """What a question is after that asks for nothing of the case.

    To tell (more), how they feel, what they wish, a detail that nobody has written an answer to,
    their consent, a choice, whether there is more; a retort wants no answer.
    """

    TELL = "tell"
    FEELING = "feeling"
    WISH = "wish"
    DETAIL = "detail"
    CONSENT = "consent"
    CHOICE = "choice"
    MORE = "more"
    RETORT = "retort"


@dataclass(frozen=True)
class Topic:
    """Something that can be asked for: ``tellings`` of it and examples of ``questions`` for it.

    ``lines`` are those of the tellings that may answer a question.
    """

    id: str
    tellings: tuple[str, ...]
    lines: tuple[str, ...]
    questions: tuple[str, ...]
    fact: bool = False


def topics(scenario: Scenario, language: Language) -> tuple[Topic, ...]:
    """Return the scenario's facts in their order, its need if questions ask for it, its answers."""
    text = scenario.text(language)
    facts = tuple(_fact(fact, text, language) for fact in scenario.facts)
    lines = tuple(line.text for line in text.lines if line.need)
    tellings = (scenario.hidden_need.text(language), *lines)
    need = (Topic(NEED, tellings, lines, text.questions[NEED]),) if NEED in text.questions else ()
    answers = tuple(
        Topic(f"{_ANSWER}{index}", answer.lines, answer.lines, answer.questions)
        for index, answer in enumerate(text.answers)
    )
    return facts + need + answers


def _fact(fact: Fact, text: ScenarioText, language: Language) -> Topic:
    lines = [line for line in text.lines if line.fact == fact.id]
    return Topic(
        fact.id,
        (fact.text(language), *(line.text for line in lines)),
        tuple(line.text for line in lines if not line.opening),
        text.questions.get(fact.id, ()),
        fact=True,
    )


def answer_of(topic: str, scenario: Scenario, language: Language) -> PreparedAnswer | None:
    """Return the answer that a topic's id stands for; None if it stands for something else."""
    if not topic.startswith(_ANSWER):
        return None
    return scenario.text(language).answers[int(topic.removeprefix(_ANSWER))]


@cache
def common_questions(language: Language) -> Mapping[Kind, tuple[str, ...]]:
    """Return examples of questions that fit any call."""
    text = files("simulator.customer").joinpath("common_questions.toml").read_text("utf-8")
    kinds = cast("dict[str, list[str]]", tomllib.loads(text)[language])
    return {Kind(name): tuple(kinds[name]) for name in kinds}
