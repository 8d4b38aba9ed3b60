"""Turns a reply in its context into the numbers that the heads read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.domain.cue import Cue
from simulator.domain.score import Evidence
from simulator.lm.base import Reader, Reading

Vector = NDArray[np.float32]

LONGEST_CONTEXT = 1500
"""Characters of the customer's last turn that are read: its end."""

_CUES = tuple(Cue)
_MOST = 2


def prefix(context: str) -> str:
    """Return what stands before the reply when the model reads it."""
    heard = context.strip()[-LONGEST_CONTEXT:]
    return f"Customer: {heard}\nAgent:" if heard else "Agent:"


def read(model: Reader, replies: Sequence[tuple[str, str]]) -> list[Reading]:
    """Read pairs of a reply and its context; spans are characters of the reply as it came."""
    read_as = [(prefix(context), f" {reply.strip()}") for reply, context in replies]
    found = model.read(read_as)
    # The reader sees a space in front, and not what stood before the first word.
    shifts = [len(reply) - len(reply.lstrip()) - 1 for reply, _ in replies]
    return [
        Reading(one.states, np.maximum(one.spans + shift, 0))
        for one, shift in zip(found, shifts, strict=True)
    ]


def situation(model: Reader, context: str) -> Vector:
    """Return the mean hidden state, shape (hidden,), of the customer's words alone."""
    [found] = model.read([("", situated(context))])
    return np.asarray(found.states.mean(axis=0), dtype=np.float32)


def situated(context: str) -> str:
    """Return how the customer's words alone are read."""
    return f"Customer: {context.strip()[-LONGEST_CONTEXT:]}"


def counts(evidence: Sequence[Evidence]) -> Vector:
    """Return how often each cue was found, at most twice; shape (number of cues,)."""
    found = [one.cue for one in evidence]
    return np.asarray([min(found.count(cue), _MOST) for cue in _CUES], dtype=np.float32)
