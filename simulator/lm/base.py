"""What the house asks of a language model: go on with a text, judge a text, read a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Cancelled = Callable[[], bool]
"""Asked between two tokens; True ends the work at once."""


def never() -> bool:
    """Return False: nobody cancels."""
    return False


@dataclass(frozen=True)
class Request:
    """Go on from ``prompt`` with ``candidates`` texts at once.

    Each candidate ends at the first of the ``stop`` texts (which is not part of it), or after
    ``max_tokens`` tokens. With ``pause_at`` a candidate of at least ``pause_after`` words also ends
    right after the first of those characters (which is part of it): an opening clause. ``seed``
    decides every draw.
    """

    prompt: str
    candidates: int = 1
    max_tokens: int = 60
    temperature: float = 0.6
    top_p: float = 0.9
    stop: tuple[str, ...] = ("\n",)
    pause_at: str = ""
    pause_after: int = 3
    seed: int = 0


@dataclass(frozen=True)
class Weight:
    """What a model makes of a text after a prompt.

    ``log_probability`` is the mean of the natural logarithm over its tokens, ``state`` the mean
    state in the middle of the model, shape (hidden,), over all but the last of them.
    """

    log_probability: float
    state: NDArray[np.float32]


@dataclass(frozen=True)
class Chunk:
    """A piece of candidate ``index`` (from 0).

    ``done`` marks its last piece, which has the ``weight`` of the whole; ``finished`` says that it
    ended at a stop text and not at a limit.
    """

    index: int
    text: str
    done: bool = False
    finished: bool = False
    weight: Weight | None = None


@dataclass(frozen=True)
class Reading:
    """What a model makes of the tokens of a part of a text, after the parts before it.

    ``states`` has shape (tokens, hidden); ``spans`` are the characters of the part each token
    stands for, shape (tokens, 2).
    """

    states: NDArray[np.float32]
    spans: NDArray[np.int64]


class Reader(Protocol):
    """A model that reads: what the scorer needs."""

    name: str
    fingerprint: str
    """Hash of the weights: the same text has the same states only with the same one."""

    def read(self, texts: Sequence[Sequence[str]]) -> list[list[Reading]]:
        """Read the parts of each text one after the other, all texts at once; a reading a part."""
        ...


class LanguageModel(Protocol):
    """A causal language model on this machine: what the customer needs."""

    name: str
    fingerprint: str
    """Hash of the weights: the same prompt gets the same answer only with the same one."""

    def generate(self, request: Request, cancelled: Cancelled = never) -> Iterator[Chunk]:
        """Yield the candidates piece by piece as they are made."""
        ...

    def weigh(self, prompt: str, continuations: Sequence[str]) -> list[Weight]:
        """Weigh each continuation of ``prompt``; one without words is infinitely unlikely."""
        ...
