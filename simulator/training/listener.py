"""Fits how much it takes for a question to ask for a fact; writes ``listener.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from simulator.content.catalogue import Catalogue
from simulator.customer.asked import Known, Listener, question_of
from simulator.customer.attention import FEATURES, FILE, Attention, Attentions
from simulator.domain.cue import Cue
from simulator.domain.language import LANGUAGES, Language
from simulator.domain.scenario import Scenario
from simulator.lm.base import Reader
from simulator.scoring.cues import find_cues
from simulator.training.questions import others, questions

Say = Callable[[str], None]
Array = NDArray[np.float64]

NONE_WEIGHT = 0.3
"""What questions that ask for nothing count in the fit, all together; those for facts count 1."""

_ANSWERS_WEIGHT = 0.3
"""What questions for answers count: their examples are of one hand, and so easy to tell."""

_RIDGE = 1e-3
_UNFITTED = Attention(**dict.fromkeys(FEATURES, 0.0))


@dataclass(frozen=True)
class Case:
    """A question put in a scenario: ``features`` of its topics, and which is asked for, if one is.

    Where none is, of the facts only: it may well ask for one of the scenario's answers.
    """

    features: Array
    asked: int | None
    kept_aside: bool
    fact: bool = True


def fit_listener(catalogue: Catalogue, reader: Reader, out: Path, say: Say) -> None:
    """Fit on the questions about one half of the scenarios and say how it does on the other.

    Each example of a question for an answer is a case as well, as if it had not been written.
    Questions that ask for no fact are put in every scenario; each second of them only measures.
    Fitted twice, for facts with examples of questions and for those without.
    """
    listener = Listener(reader, Attentions(exampled=_UNFITTED, bare=_UNFITTED))
    scenarios = {name: catalogue.scenario(name) for name in catalogue.scenarios}
    say("facts with examples of questions")
    exampled = _fitted(listener, scenarios, say)
    say("facts without")
    bare = _fitted(listener, {name: _bare(each) for name, each in scenarios.items()}, say)
    attentions = Attentions(exampled=exampled, bare=bare)
    out.mkdir(parents=True, exist_ok=True)
    (out / FILE).write_text(f"{attentions.model_dump_json(indent=1)}\n", encoding="utf-8")


def _bare(scenario: Scenario) -> Scenario:
    """Return the scenario without its examples of questions, and so without its answers."""
    texts = {
        str(language): scenario.text(language).model_copy(update={"questions": {}, "answers": ()})
        for language in LANGUAGES
    }
    return scenario.model_copy(update=texts)


def _fitted(listener: Listener, scenarios: Mapping[str, Scenario], say: Say) -> Attention:
    cases = [
        *_asking(scenarios, listener),
        *_asking_for_answers(scenarios, listener),
        *_asking_nothing(scenarios, listener),
    ]
    chosen = [case for case in cases if not case.kept_aside]
    found = minimize(_loss, np.zeros(len(FEATURES)), args=(chosen,), method="BFGS").x
    fitted = Attention(**dict(zip(FEATURES, np.round(found, 3).tolist(), strict=True)))
    for name, part in (("fitted on", chosen), ("kept aside", [c for c in cases if c.kept_aside])):
        say(f"{name}: {_told(part, fitted.row)}")
    return fitted


def _asking(scenarios: Mapping[str, Scenario], listener: Listener) -> Iterator[Case]:
    for question in questions():
        scenario = scenarios[question.scenario]
        known = listener.learn(scenario, question.language)
        features = _features(listener, question.text, known, question.language)
        asked = [fact.id for fact in scenario.facts].index(question.fact)
        yield Case(features, asked, question.kept_aside)


def _asking_for_answers(scenarios: Mapping[str, Scenario], listener: Listener) -> Iterator[Case]:
    halves = {question.scenario: question.kept_aside for question in questions()}
    for (name, aside), language in product(halves.items(), LANGUAGES):
        known = listener.learn(scenarios[name], language)
        for place, topic in enumerate(known.topics):
            for number, text in enumerate(() if topic.fact else topic.questions):
                others = known.examples[place][:number] + known.examples[place][number + 1 :]
                examples = (*known.examples[:place], others, *known.examples[place + 1 :])
                left = replace(known, examples=examples)
                yield Case(_features(listener, text, left, language), place, aside, fact=False)


def _asking_nothing(scenarios: Mapping[str, Scenario], listener: Listener) -> Iterator[Case]:
    halves = {question.scenario: question.kept_aside for question in questions()}
    for (name, aside), (number, other) in product(halves.items(), enumerate(others())):
        if aside == bool(number % 2):
            scenario = scenarios[name]
            known = listener.learn(scenario, other.language)
            features = _features(listener, other.text, known, other.language)
            yield Case(features[: len(scenario.facts)], None, aside)


def _features(listener: Listener, text: str, known: Known, language: Language) -> Array:
    openly = any(one.cue is Cue.OPEN_QUESTION for one in find_cues(text, "", language))
    return listener.features(question_of(text, openly), known, openly)


def _loss(row: Array, cases: Sequence[Case]) -> float:
    """Return the mean surprise at which topic is asked for, with 0 for "none" (softmax)."""
    parts = [
        (1.0, [case for case in cases if case.asked is not None and case.fact]),
        (_ANSWERS_WEIGHT, [case for case in cases if not case.fact]),
        (NONE_WEIGHT, [case for case in cases if case.asked is None]),
    ]
    surprise = [
        weight * np.mean([_surprise(c, row) for c in part]) for weight, part in parts if part
    ]
    return float(np.sum(surprise)) + _RIDGE * float(row @ row)


def _surprise(case: Case, row: Array) -> float:
    worth = np.append(case.features @ row, 0.0)
    place = len(worth) - 1 if case.asked is None else case.asked
    return float(np.logaddexp.reduce(worth) - worth[place])


def _told(cases: Sequence[Case], row: Array) -> str:
    worth = [(case.features @ row, case) for case in cases]
    facts = [(w, case.asked) for w, case in worth if case.asked is not None and case.fact]
    answers = [w.argmax() == case.asked and w.max() > 0 for w, case in worth if not case.fact]
    silent = [w.max() <= 0 for w, case in worth if case.asked is None]
    right = [w.argmax() == asked and w.max() > 0 for w, asked in facts]
    nearest = [w.argmax() == asked for w, asked in facts]
    told = (
        f"{np.mean(right):.1%} of {len(right)} questions get their fact ({np.mean(nearest):.1%} "
        f"nearest to it), {np.mean(silent):.1%} of {len(silent)} others get none"
    )
    share = f", {np.mean(answers):.1%} of {len(answers)} their answer" if answers else ""
    return told + share
