"""Chooses among candidates, the model's and the authored ones, by the same measure.

A candidate is worth what the fitted judge makes of it, which looks at how it sits in the
conversation: the model's states, and how much likelier it is *with* the conversation than with
nothing but its own label (pointwise mutual information, after Li et al. 2016, arXiv 1510.03055).
What was planned, and what an authored line has on its side, are added. Where an authored line is
the best, one of them is drawn, each in proportion to exp(worth / TASTE): who plays a case again
should not hear the same words.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.customer.judge import Judge
from simulator.domain.act import Act
from simulator.domain.conversation import Source
from simulator.lm.base import LanguageModel, Weight

TASTE = 0.5
"""Temperature of the draw among authored lines; near 0 the best is always said (stated)."""

_MARKS = ".!?…,;:–"
_LEAST_WORDS, _MOST_WORDS = 5, 12


@dataclass(frozen=True)
class Candidate:
    """Something the customer could say; ``weight`` is known of a line the model has drawn."""

    text: str
    source: Source
    advantage: float = 0.0
    weight: Weight | None = None


def agreement(text: str, act: Act, fact: str) -> float:
    """Return what a generated line has on its side (stated).

    A planned ``fact`` should show in its words, and a planned question should ask.
    """
    if fact:
        return 0.3 if _stems(text) & _stems(fact) else -1.0
    return 0.3 if act is Act.QUESTION and text.endswith("?") else 0.0


def best(
    model: LanguageModel,
    judge: Judge,
    prompt: str,
    label: str,
    candidates: Sequence[Candidate],
    chance: random.Random,
) -> Candidate:
    """Return the candidate of the highest worth; if that is authored, draw among the authored ones.

    ``prompt`` ends where the customer begins to speak, ``label`` is only its last line. Raises
    ValueError without candidates.
    """
    if len(candidates) == 1:
        return candidates[0]
    worth = worths(model, judge, prompt, label, candidates)
    highest = max(worth)
    if candidates[worth.index(highest)].source == "model":
        return candidates[worth.index(highest)]
    authored = [(c, w) for c, w in zip(candidates, worth, strict=True) if c.source == "authored"]
    odds = [math.exp((w - highest) / TASTE) for _, w in authored]
    return chance.choices([c for c, _ in authored], odds)[0]


def worths(
    model: LanguageModel,
    judge: Judge,
    prompt: str,
    label: str,
    candidates: Sequence[Candidate],
) -> list[float]:
    """Return what each candidate is worth, its advantage included; prompts as in :func:`best`."""
    heard = [f" {c.text if c.weight else opening(c.text)}" for c in candidates]
    unread = [text for text, c in zip(heard, candidates, strict=True) if c.weight is None]
    read = iter(model.weigh(prompt, unread) if unread else ())
    with_call = [candidate.weight or next(read) for candidate in candidates]
    alone = model.weigh(label, heard) if judge.alone else with_call
    return [
        judge.worth(weight, without) + candidate.advantage
        for candidate, weight, without in zip(candidates, with_call, alone, strict=True)
    ]


def opening(text: str) -> str:
    """Return the opening of a line: up to its first mark after five words, or twelve words."""
    words = text.split()[:_MOST_WORDS]
    marked = (n for n, word in enumerate(words, 1) if n >= _LEAST_WORDS and word[-1] in _MARKS)
    return " ".join(words[: next(marked, len(words))])


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(word[:5] for word in words if len(word) > 4 or word.isdigit())
