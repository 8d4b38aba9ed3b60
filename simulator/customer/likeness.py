"""How alike two texts are: by the letters they share, and token by token in a reader's states."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from simulator.lm.base import Reader

Matrix = NDArray[np.float32]
Letters = frozenset[str]

_LETTERS = 4
_BATCH = 8
_TINY = 1e-3


@dataclass(frozen=True)
class Phrase:
    """A text as it is compared: its letter groups, and its tokens' states, (tokens, hidden).

    The states are those that were read, or once placed in a space, directions of length 1.
    """

    letters: Letters
    states: Matrix


@dataclass(frozen=True)
class Space:
    """What texts of one kind are compared in.

    ``mean`` and ``scale``, shape (hidden,), standardise their states: a few dimensions outweigh all
    others otherwise. ``rare`` says how rare a letter group is among them, ``unknown`` how rare one
    is that none of them has.
    """

    mean: Matrix
    scale: Matrix
    rare: Mapping[str, float]
    unknown: float

    @classmethod
    def of(cls, phrases: Sequence[Phrase], letters: Iterable[Letters]) -> Space:
        """Return the space of ``phrases``; rarity is counted over ``letters``, one set a text."""
        states = np.concatenate([phrase.states for phrase in phrases])
        texts = list(letters)
        often = Counter(group for own in texts for group in own)
        whole = len(texts) + 1
        rare = {group: math.log(whole / count) for group, count in often.items()}
        return cls(states.mean(axis=0), states.std(axis=0) + _TINY, rare, math.log(whole))

    def placed(self, phrase: Phrase) -> Phrase:
        """Return a phrase as it was read with its states standardised, at length 1."""
        standard = (phrase.states - self.mean) / self.scale
        lengths = np.linalg.norm(standard, axis=1, keepdims=True) + _TINY
        return Phrase(phrase.letters, np.asarray(standard / lengths, dtype=np.float32))

    def shared(self, one: Letters, other: Letters) -> float:
        """Return the weight of the letter groups that both have, added up; rare ones weigh more."""
        return sum(self.rare.get(group, 0.0) for group in one & other)

    def overlap(self, one: Letters, other: Letters) -> float:
        """Return the cosine of two texts by their letter groups, rare ones counting more."""
        weigh = {group: self.rare.get(group, self.unknown) ** 2 for group in one | other}
        length = math.sqrt(sum(weigh[g] for g in one) * sum(weigh[g] for g in other))
        return sum(weigh[g] for g in one & other) / length if length else 0.0


def read(reader: Reader, texts: Sequence[str]) -> list[Phrase]:
    """Read texts; those of about one length together, which is several times as fast."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    states: dict[int, Matrix] = {}
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        found = reader.read([(f" {texts[i]}",) for i in batch])
        states |= {i: parts[0].states for i, parts in zip(batch, found, strict=True)}
    return [Phrase(letters(text), states[i]) for i, text in enumerate(texts)]


def covered(one: Phrase, other: Phrase) -> float:
    """Return the mean cosine of each token of ``one`` to the nearest of ``other``; 0 if none.

    Both are placed in the same space.
    """
    if not len(one.states) or not len(other.states):
        return 0.0
    return float((one.states @ other.states.T).max(axis=1).clip(0).mean())


def alike(one: Phrase, other: Phrase) -> float:
    """Return the harmonic mean of how well each phrase covers the other.

    After BERTScore (Zhang et al. 2020, arXiv 1904.09675).
    """
    there, back = covered(one, other), covered(other, one)
    return 2 * there * back / (there + back) if there and back else 0.0


def words(text: str) -> list[str]:
    """Return the words of a text without regard to case."""
    return re.findall(r"[^\W_]+", text.casefold())


def letters(text: str) -> Letters:
    """Return the groups of four letters of each word of a text, shorter words whole."""
    return frozenset(
        word[at : at + _LETTERS]
        for word in words(text)
        for at in range(max(1, len(word) - _LETTERS + 1))
    )


def together(phrases: Iterable[Phrase]) -> Letters:
    """Return the letter groups of several texts."""
    return reduce(frozenset.union, (phrase.letters for phrase in phrases), frozenset())
