"""Chooses among candidates, the model's and the authored ones, by the same measure.

A candidate is worth how much likelier its opening is *with* the conversation than with nothing
but its own label (pointwise mutual information, after Li et al. 2016, arXiv 1510.03055), plus how
likely it is at all, plus what an authored line has on its side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.domain.act import Act
from simulator.domain.conversation import Source
from simulator.lm.base import LanguageModel

CONTEXT = 0.5
"""How much of an opening's likelihood without the call is taken off (stated); with 1 the measure
would be the mutual information alone."""

_FINALISTS = 4
"""Only so many are read a second time: each costs the trainee a moment of waiting."""

_MARKS = ".!?…,;:–"
_LEAST_WORDS, _MOST_WORDS = 3, 8


@dataclass(frozen=True)
class Candidate:
    """Something the customer could say: an opening clause of the model's, or a whole line.

    ``likelihood`` is the mean log probability per token of a generated opening after the prompt,
    known from drawing it.
    """

    text: str
    source: Source
    advantage: float = 0.0
    likelihood: float | None = None


def agreement(text: str, act: Act, fact: str) -> float:
    """Return what a generated opening has on its side, in nats a token (stated).

    A planned ``fact`` should show in its words, a planned question should ask, and a whole
    sentence cannot go wrong any more.
    """
    whole = 0.3 if text[-1:] in ".!?…" else -0.3
    if fact:
        return whole + (0.3 if _stems(text) & _stems(fact) else -1.0)
    return whole + (0.3 if act is Act.QUESTION and text.endswith("?") else 0.0)


def best(
    model: LanguageModel, prompt: str, label: str, candidates: Sequence[Candidate]
) -> Candidate:
    """Return the candidate of the highest worth; raises ValueError if there is none.

    ``prompt`` ends where the customer begins to speak, ``label`` is only its last line.
    """
    if len(candidates) == 1:
        return candidates[0]
    openings = [f" {opening(candidate.text)}" for candidate in candidates]
    unread = [o for o, c in zip(openings, candidates, strict=True) if c.likelihood is None]
    read = iter(model.log_likelihood(prompt, unread) if unread else ())
    with_call = [next(read) if c.likelihood is None else c.likelihood for c in candidates]
    order = sorted(
        range(len(candidates)), key=lambda place: -(with_call[place] + candidates[place].advantage)
    )
    finalists = order[:_FINALISTS]
    without = model.log_likelihood(label, [openings[place] for place in finalists])
    worth = {
        place: with_call[place] - CONTEXT * alone + candidates[place].advantage
        for place, alone in zip(finalists, without, strict=True)
    }
    return candidates[max(finalists, key=worth.__getitem__)]


def opening(text: str) -> str:
    """Return the opening of a line: up to its first mark after three words, or eight words."""
    words = text.split()[:_MOST_WORDS]
    marked = (n for n, word in enumerate(words, 1) if n >= _LEAST_WORDS and word[-1] in _MARKS)
    return " ".join(words[: next(marked, len(words))])


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(word[:5] for word in words if len(word) > 4 or word.isdigit())
