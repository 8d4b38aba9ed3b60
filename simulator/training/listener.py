"""Fits how much it takes for a question to ask for a fact; writes ``listener.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from simulator.content.catalogue import Catalogue
from simulator.customer.asked import Listener, question_of
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
"""What questions that ask for nothing count in the fit, all together; the others count 1."""

_RIDGE = 1e-3
_UNFITTED = Attention(**dict.fromkeys(FEATURES, 0.0))


@dataclass(frozen=True)
class Case:
    """A question put in a scenario: ``features`` of its topics, and the fact asked for, if one is.

    Where none is, of the facts only: it may well ask for one of the scenario's answers.
    """

    features: Array
    asked: int | None
    kept_aside: bool


def fit_listener(catalogue: Catalogue, reader: Reader, out: Path, say: Say) -> None:
    """Fit on the questions about one half of the scenarios and say how it does on the other.

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
    """Return the scenario without its examples of questions."""
    texts = {
        str(language): scenario.text(language).model_copy(update={"questions": {}})
        for language in LANGUAGES
    }
    return scenario.model_copy(update=texts)


def _fitted(listener: Listener, scenarios: Mapping[str, Scenario], say: Say) -> Attention:
    cases = [*_asking(scenarios, listener), *_asking_nothing(scenarios, listener)]
    chosen = [case for case in cases if not case.kept_aside]
    found = minimize(_loss, np.zeros(len(FEATURES)), args=(chosen,), method="BFGS").x
    fitted = Attention(**dict(zip(FEATURES, np.round(found, 3).tolist(), strict=True)))
    for name, part in (("fitted on", chosen), ("kept aside", [c for c in cases if c.kept_aside])):
        say(f"{name}: {_told(part, fitted.row)}")
    return fitted


def _asking(scenarios: Mapping[str, Scenario], listener: Listener) -> Iterator[Case]:
    for question in questions():
        scenario = scenarios[question.scenario]
        features = _features(listener, question.text, scenario, question.language)
        asked = [fact.id for fact in scenario.facts].index(question.fact)
        yield Case(features, asked, question.kept_aside)


def _asking_nothing(scenarios: Mapping[str, Scenario], listener: Listener) -> Iterator[Case]:
    halves = {question.scenario: question.kept_aside for question in questions()}
    for (name, aside), (number, other) in product(halves.items(), enumerate(others())):
        if aside == bool(number % 2):
            scenario = scenarios[name]
            features = _features(listener, other.text, scenario, other.language)
            yield Case(features[: len(scenario.facts)], None, aside)


def _features(listener: Listener, text: str, scenario: Scenario, language: Language) -> Array:
    openly = any(one.cue is Cue.OPEN_QUESTION for one in find_cues(text, "", language))
    return listener.features(question_of(text, openly), scenario, language, openly)


def _loss(row: Array, cases: Sequence[Case]) -> float:
    """Return the mean surprise at which fact is asked for, with 0 for "none" (softmax)."""
    asking = [_surprise(case, row) for case in cases if case.asked is not None]
    nothing = [_surprise(case, row) for case in cases if case.asked is None]
    ridge = _RIDGE * float(row @ row)
    return float(np.mean(asking) + NONE_WEIGHT * np.mean(nothing)) + ridge


def _surprise(case: Case, row: Array) -> float:
    worth = np.append(case.features @ row, 0.0)
    place = len(worth) - 1 if case.asked is None else case.asked
    return float(np.logaddexp.reduce(worth) - worth[place])


def _told(cases: Sequence[Case], row: Array) -> str:
    asking = [(c.features @ row, c.asked) for c in cases if c.asked is not None]
    nothing = [c.features @ row for c in cases if c.asked is None]
    right = [worth.argmax() == asked and worth.max() > 0 for worth, asked in asking]
    nearest = [worth.argmax() == asked for worth, asked in asking]
    silent = [worth.max() <= 0 for worth in nothing]
    return (
        f"{np.mean(right):.1%} of {len(right)} questions get their fact ({np.mean(nearest):.1%} "
        f"nearest to it), {np.mean(silent):.1%} of {len(silent)} others get none"
    )
