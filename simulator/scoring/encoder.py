"""Turns a reply in its context into the numbers that the heads read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.domain.cue import Cue
from simulator.domain.score import Evidence
from simulator.lm.base import Reader, Reading

Vector = NDArray[np.float32]

LONGEST_CONTEXT = 1500
"""Characters of the customer's last turn that are read: its end."""

BATCH = 32
"""Replies that are read at once."""

_CUES = tuple(Cue)
_MOST = 2


_AGENT = "Agent:"


@dataclass(frozen=True)
class Read:
    """A reply as the model reads it in its context.

    ``situation`` is the mean hidden state, shape (hidden,), of the customer's words before it; None
    if there are none.
    """

    reply: Reading
    situation: Vector | None


def prefix(context: str) -> str:
    """Return what stands before the reply when the model reads it."""
    return f"{situated(context)}\n{_AGENT}" if context.strip() else _AGENT


def read(model: Reader, replies: Sequence[tuple[str, str]]) -> list[Read]:
    """Read pairs of a reply and its context; spans are characters of the reply as it came.

    Those of about one length are read together, ``BATCH`` at once: that is several times as fast.
    """
    order = sorted(range(len(replies)), key=lambda i: sum(map(len, replies[i])))
    found: dict[int, Read] = {}
    for start in range(0, len(order), BATCH):
        batch = [(i, *replies[i]) for i in order[start : start + BATCH]]
        texts = model.read([_parts(reply, context) for _, reply, context in batch])
        for (i, reply, _), parts in zip(batch, texts, strict=True):
            found[i] = _moved(parts, reply)
    return [found[i] for i in range(len(replies))]


def situation(model: Reader, context: str) -> Vector:
    """Return the mean hidden state, shape (hidden,), of the customer's words alone."""
    [[found]] = model.read([(situated(context),)])
    return _mean(found)


def situated(context: str) -> str:
    """Return how the customer's words are read."""
    return f"Customer: {context.strip()[-LONGEST_CONTEXT:]}"


def _parts(reply: str, context: str) -> tuple[str, ...]:
    said = f" {reply.strip()}"
    # The states of the customer's words are the same whatever follows them.
    return (situated(context), f"\n{_AGENT}", said) if context.strip() else (_AGENT, said)


def _moved(parts: Sequence[Reading], reply: str) -> Read:
    *before, own = parts
    # The reader sees a space in front, and not what stood before the first word.
    shift = len(reply) - len(reply.lstrip()) - 1
    heard = _mean(before[0]) if len(before) > 1 else None
    return Read(Reading(own.states, np.maximum(own.spans + shift, 0)), heard)


def _mean(reading: Reading) -> Vector:
    return np.asarray(reading.states.mean(axis=0), dtype=np.float32)


def counts(evidence: Sequence[Evidence]) -> Vector:
    """Return how often each cue was found, at most twice; shape (number of cues,)."""
    found = [one.cue for one in evidence]
    return np.asarray([min(found.count(cue), _MOST) for cue in _CUES], dtype=np.float32)
