"""Which of the things that a customer could tell the agent has just asked for.

A question asks for the fact whose tellings, the fact itself and the lines written for it, are
nearest to it: by the letters they share, where few other lines do, and by how well each token of
the question finds one like it in the telling (after BERTScore, Zhang et al. 2020, arXiv
1904.09675). There is no list of question words. How much of both it takes was fitted
(``models/listener``).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from simulator import paths
from simulator.domain.language import Language
from simulator.domain.scenario import Scenario
from simulator.errors import ModelError
from simulator.lm.base import Reader

FILE = "listener.json"
FEATURES = 4
"""Shared letters, alignment, whether the question is an open one, and 1."""

Matrix = NDArray[np.float32]

_LETTERS = 4
_QUESTION = re.compile(r"[^.!?…]*\?")
_TINY = 1e-3


class Attention(BaseModel):
    """What a fact must have on its side to count as asked for: more than 0 in all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shared: float
    aligned: float
    open_question: float
    constant: float

    @property
    def row(self) -> NDArray[np.float64]:
        """The coefficients in the order of the features, shape (4,)."""
        return np.array([self.shared, self.aligned, self.open_question, self.constant])

    @classmethod
    def load(cls, folder: Path | None = None) -> Attention:
        """Read ``listener.json`` of ``folder`` (the shipped one); raises ModelError."""
        file = (folder or paths.shipped("models") / "listener") / FILE
        try:
            return cls.model_validate_json(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError("fitted_unreadable", path=file) from error


@dataclass(frozen=True)
class Tellings:
    """How the facts of a scenario can be told, as far as it was read.

    ``letters`` are the letter groups of each fact, ``rare`` how rare each group is among all lines;
    ``directions`` has for each fact the token states of its tellings, shape (tokens, hidden),
    standardised by ``mean`` and ``scale`` and at length 1.
    """

    letters: tuple[frozenset[str], ...]
    rare: dict[str, float]
    directions: tuple[tuple[Matrix, ...], ...]
    mean: Matrix
    scale: Matrix


@dataclass(frozen=True)
class Listener:
    """Hears what is asked for; remembers how each scenario's facts can be told."""

    reader: Reader
    attention: Attention
    _known: dict[tuple[str, ...], Tellings] = field(default_factory=dict)

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
        worth = self.features(asked, scenario, language, open_question) @ self.attention.row
        of = {fact.id: float(w) for fact, w in zip(scenario.facts, worth, strict=True)}
        best = max(ids, key=of.__getitem__)
        return best if of[best] > 0 else None

    def features(
        self, asked: str, scenario: Scenario, language: Language, open_question: bool
    ) -> NDArray[np.float64]:
        """Return what speaks for each fact, shape (facts, ``FEATURES``)."""
        known = self._tellings(scenario, language)
        letters, words = _letters(asked), max(1, len(_words(asked)))
        shared = [sum(known.rare[each] for each in letters & own) / words for own in known.letters]
        aligned = np.asarray(self._aligned(asked, known))
        return np.stack(
            [
                np.asarray(shared),
                aligned - aligned.mean(),
                np.full(len(shared), float(open_question)),
                np.ones(len(shared)),
            ],
            axis=1,
        )

    def _aligned(self, asked: str, known: Tellings) -> list[float]:
        """Return for each fact, over its tellings, the mean cosine of each token to the nearest."""
        [[read]] = self.reader.read([(f" {asked}",)])
        if not len(read.states):
            return [0.0] * len(known.letters)
        own = _directions(read.states, known.mean, known.scale)
        return [
            float(np.mean([(own @ other.T).max(axis=1).clip(0).mean() for other in tellings]))
            for tellings in known.directions
        ]

    def _tellings(self, scenario: Scenario, language: Language) -> Tellings:
        lines = scenario.text(language).lines
        told = [
            [fact.text(language), *(line.text for line in lines if line.fact == fact.id)]
            for fact in scenario.facts
        ]
        key = (language, *(text for texts in told for text in texts))
        if key not in self._known:
            self._known[key] = self._read(told, [line.text for line in lines])
        return self._known[key]

    def _read(self, told: Sequence[Sequence[str]], lines: Sequence[str]) -> Tellings:
        letters = tuple(frozenset().union(*map(_letters, texts)) for texts in told)
        often = Counter(each for own in (*letters, *map(_letters, lines)) for each in own)
        whole = len(letters) + len(lines) + 1
        # One after the other: padded to the longest, short tellings would cost as much as that.
        states = [[self.reader.read([(f" {t}",)])[0][0].states for t in texts] for texts in told]
        every = np.concatenate([each for fact in states for each in fact])
        mean, scale = every.mean(axis=0), every.std(axis=0) + _TINY
        return Tellings(
            letters,
            {each: math.log(whole / count) for each, count in often.items()},
            tuple(
                tuple(_directions(each, mean, scale) for each in fact if len(each))
                for fact in states
            ),
            mean,
            scale,
        )


def question_of(reply: str, open_question: bool) -> str:
    """Return the questions of ``reply``, the whole of it if it asks without a mark, else ""."""
    asked = " ".join(" ".join(_QUESTION.findall(reply)).split())
    return asked or (reply if open_question else "")


def _directions(states: Matrix, mean: Matrix, scale: Matrix) -> Matrix:
    standard = (states - mean) / scale
    lengths = np.linalg.norm(standard, axis=1, keepdims=True) + _TINY
    return np.asarray(standard / lengths, dtype=np.float32)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _letters(text: str) -> frozenset[str]:
    """Return the groups of ``_LETTERS`` letters of each word, shorter words whole."""
    return frozenset(
        word[at : at + _LETTERS]
        for word in _words(text)
        for at in range(max(1, len(word) - _LETTERS + 1))
    )
