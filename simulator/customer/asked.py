"""Which of the things that a customer could tell the agent has just asked for.

A question asks for the fact that it is nearest to: to the questions that the author wrote as
examples, more than to any that asks for nothing, and to the fact's tellings. Near is what shares
rare letters and whose tokens find some like themselves (``likeness``). There is no list of question
words. How much of each it takes was fitted (``models/listener``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from simulator import paths
from simulator.customer.likeness import (
    Phrase,
    Space,
    alike,
    covered,
    letters,
    read,
    together,
    words,
)
from simulator.domain.language import Language
from simulator.domain.scenario import Scenario
from simulator.errors import ModelError
from simulator.lm.base import Reader

FILE = "listener.json"
Phrases = tuple[Phrase, ...]

# A dot after a figure ends no sentence: "Why not on 24. April?"
_QUESTION = re.compile(r"(?:[^.!?…]|(?<=\d)\.)*\?")


class Attention(BaseModel):
    """How much each feature counts for a fact; it is asked for if they come to more than 0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shared: float
    aligned: float
    open_question: float
    example_tokens: float
    example_letters: float
    nothing_tokens: float
    nothing_letters: float
    constant: float

    @property
    def row(self) -> NDArray[np.float64]:
        """The coefficients in the order of ``FEATURES``."""
        return np.array([getattr(self, name) for name in FEATURES])


FEATURES = tuple(Attention.model_fields)
"""What speaks for a fact: letters and tokens found in its tellings, whether the question is an open
one, how like the nearest example it is and how like the nearest question for nothing, and 1."""


class Attentions(BaseModel):
    """What lies in ``listener.json``.

    ``exampled`` is for scenarios that give examples of questions for every fact, ``bare`` for all
    others.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    exampled: Attention
    bare: Attention

    @classmethod
    def load(cls, folder: Path | None = None) -> Attentions:
        """Read ``listener.json`` of ``folder`` (the shipped one); raises ModelError."""
        file = (folder or paths.shipped("models") / "listener") / FILE
        try:
            return cls.model_validate_json(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError("fitted_unreadable", path=file) from error


@dataclass(frozen=True)
class Known:
    """What a scenario's facts can be recognised by, as far as it was read.

    Of each fact its ``tellings``, placed in the space ``told``, and its ``examples`` of questions,
    placed in ``asking`` as are the questions for ``nothing``.
    """

    told: Space
    asking: Space
    tellings: tuple[Phrases, ...]
    examples: tuple[Phrases, ...]
    nothing: Phrases


@dataclass(frozen=True)
class Listener:
    """Hears what is asked for; remembers what each scenario's facts are recognised by."""

    reader: Reader
    attentions: Attentions
    _known: dict[tuple[object, ...], Known] = field(default_factory=dict)
    _nothing: dict[Language, list[Phrase]] = field(default_factory=dict)

    def asked_for(
        self,
        reply: str,
        scenario: Scenario,
        language: Language,
        ids: Sequence[str],
        open_question: bool = False,
    ) -> str | None:
        """Return which of the facts ``ids`` the reply asks for, None if for none.

        ``open_question`` says that it has one; such a one may do without a question mark.
        """
        asked = question_of(reply, open_question)
        if not asked or not ids:
            return None
        features = self.features(asked, scenario, language, open_question)
        attention = self._attention(scenario, language)
        worth = {
            fact.id: float(each)
            for fact, each in zip(scenario.facts, features @ attention.row, strict=True)
        }
        best = max(ids, key=worth.__getitem__)
        return best if worth[best] > 0 else None

    def _attention(self, scenario: Scenario, language: Language) -> Attention:
        examples = scenario.text(language).questions
        exampled = all(examples.get(fact.id) for fact in scenario.facts)
        return self.attentions.exampled if exampled else self.attentions.bare

    def features(
        self, asked: str, scenario: Scenario, language: Language, open_question: bool
    ) -> NDArray[np.float64]:
        """Return what speaks for each fact, shape (facts, features)."""
        known = self.learn(scenario, language)
        [phrase] = read(self.reader, [asked])
        own, question = known.told.placed(phrase), known.asking.placed(phrase)
        length, count = max(1, len(words(asked))), len(scenario.facts)
        shared = [known.told.shared(own.letters, together(each)) for each in known.tellings]
        aligned = [np.mean([covered(own, each) for each in of_fact]) for of_fact in known.tellings]
        nothing = _nearest(question, known.nothing, known.asking)
        return np.column_stack(
            [
                np.array(shared) / length,
                np.array(aligned) - np.mean(aligned),
                np.full(count, float(open_question)),
                [_nearest(question, each, known.asking) for each in known.examples],
                np.tile(nothing, (count, 1)),
                np.ones(count),
            ]
        )

    def learn(self, scenario: Scenario, language: Language) -> Known:
        """Read what a scenario's facts are recognised by, once; it takes about a second."""
        text = scenario.text(language)
        told = [
            [fact.text(language), *(line.text for line in text.lines if line.fact == fact.id)]
            for fact in scenario.facts
        ]
        examples = [list(text.questions.get(fact.id, ())) for fact in scenario.facts]
        key = (language, tuple(map(tuple, told)), tuple(map(tuple, examples)))
        if key not in self._known:
            lines = [letters(line.text) for line in text.lines]
            self._known[key] = self._read(language, told, examples, lines)
        return self._known[key]

    def _read(
        self,
        language: Language,
        told: Sequence[Sequence[str]],
        examples: Sequence[Sequence[str]],
        lines: Sequence[frozenset[str]],
    ) -> Known:
        phrases = iter(read(self.reader, [text for texts in (*told, *examples) for text in texts]))
        tellings = [[next(phrases) for _ in texts] for texts in told]
        questions = [[next(phrases) for _ in texts] for texts in examples]
        nothing = self._questions_for_nothing(language)
        every = [phrase for each in tellings for phrase in each]
        told_in = Space.of(every, [*map(together, tellings), *lines])
        asking = Space.of(
            nothing, [phrase.letters for each in (*questions, nothing) for phrase in each]
        )
        return Known(
            told=told_in,
            asking=asking,
            tellings=tuple(tuple(map(told_in.placed, each)) for each in tellings),
            examples=tuple(tuple(map(asking.placed, each)) for each in questions),
            nothing=tuple(map(asking.placed, nothing)),
        )

    def _questions_for_nothing(self, language: Language) -> list[Phrase]:
        if language not in self._nothing:
            self._nothing[language] = read(self.reader, questions_for_nothing(language))
        return self._nothing[language]


@cache
def questions_for_nothing(language: Language) -> tuple[str, ...]:
    """Return questions that ask for no fact of any case, in the order of their file."""
    text = files("simulator.customer").joinpath("no_fact.toml").read_text("utf-8")
    return tuple(cast("list[str]", tomllib.loads(text)[language]))


def question_of(reply: str, open_question: bool) -> str:
    """Return the questions of ``reply``, the whole of it if it asks without a mark, else ""."""
    asked = " ".join(" ".join(_QUESTION.findall(reply)).split())
    return asked or (reply if open_question else "")


def _nearest(question: Phrase, others: Phrases, space: Space) -> tuple[float, float]:
    """Return the likeness to the nearest of ``others``, by tokens and by letters; 0 if none."""
    return (
        max((alike(question, other) for other in others), default=0.0),
        max((space.overlap(question.letters, other.letters) for other in others), default=0.0),
    )
