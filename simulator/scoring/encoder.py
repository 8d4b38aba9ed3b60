"""Turns a reply in its context into the numbers that the heads read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.domain.cue import Cue
from simulator.domain.score import Evidence
from simulator.lm.base import Reader

Vector = NDArray[np.float32]

LONGEST_CONTEXT = 1500
"""Characters of the customer's last turn that are read: its end."""

_CUES = tuple(Cue)
_MOST = 2


def prefix(context: str) -> str:
    """Return what stands before the reply when the model reads it."""
    heard = context.strip()[-LONGEST_CONTEXT:]
    return f"Customer: {heard}\nAgent:" if heard else "Agent:"


def read(model: Reader, reply: str, context: str) -> Vector:
    """Return the mean hidden state, shape (hidden,), of ``reply`` to ``context``."""
    return np.asarray(model.encode(prefix(context), " " + reply.strip()), dtype=np.float32)


def situation(model: Reader, context: str) -> Vector:
    """Return the mean hidden state, shape (hidden,), of the customer's words alone."""
    heard = context.strip()[-LONGEST_CONTEXT:]
    return np.asarray(model.encode("", f"Customer: {heard}"), dtype=np.float32)


def counts(evidence: Sequence[Evidence]) -> Vector:
    """Return how often each cue was found, at most twice; shape (number of cues,)."""
    found = [one.cue for one in evidence]
    return np.asarray([min(found.count(cue), _MOST) for cue in _CUES], dtype=np.float32)


def features(state: Vector, evidence: Sequence[Evidence]) -> Vector:
    """Return what the heads read: the hidden state and behind it the cue counts."""
    return np.concatenate([state, counts(evidence)])
