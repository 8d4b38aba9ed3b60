"""A language model that plays lines from a file: for demonstrations and tests."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.errors import UsageError
from simulator.lm.base import Cancelled, Chunk, Request, Weight, never

_SIZE = 64


class ScriptedLM:
    """Says its lines one after the other, from the start again when they are used up.

    Which line is said is decided by the request's seed, so that a call can be repeated; hidden
    states are counts of letter pairs.
    """

    def __init__(self, lines: Sequence[str], name: str = "scripted") -> None:
        self.name = name
        self._lines = tuple(line for line in lines if line.strip())
        if not self._lines:
            raise UsageError("empty_script", name=name)
        self.fingerprint = hashlib.sha256("\n".join(self._lines).encode()).hexdigest()[:16]

    @classmethod
    def load(cls, file: Path) -> ScriptedLM:
        """Read a text file, a line each; raises UsageError if it cannot be read or is empty."""
        try:
            return cls(file.read_text(encoding="utf-8").splitlines(), str(file))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError("unreadable_script", path=file) from error

    def generate(self, request: Request, cancelled: Cancelled = never) -> Iterator[Chunk]:
        """Yield the words of a line for each candidate."""
        for index in range(request.candidates):
            line = self._lines[(request.seed + index) % len(self._lines)]
            words = line.split()
            for place, word in enumerate(words):
                if cancelled():
                    return
                last = place == len(words) - 1
                weight = self._weight(line) if last else None
                yield Chunk(index, f" {word}", last, last, weight)

    def weigh(self, prompt: str, continuations: Sequence[str]) -> list[Weight]:
        """Give a line of the script -1, any other text -2."""
        return [self._weight(text.strip()) for text in continuations]

    def _weight(self, text: str) -> Weight:
        return Weight(-1.0 if text in self._lines else -2.0, _pairs(text))


def _pairs(text: str) -> NDArray[np.float32]:
    """Return counts of the letter pairs of ``text``, shape (64,)."""
    counts = np.zeros(_SIZE, np.float32)
    for pair in itertools.pairwise(text):
        counts[sum(map(ord, pair)) % _SIZE] += 1
    return counts
