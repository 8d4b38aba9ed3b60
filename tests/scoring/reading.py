"""A language model for tests: the same text always reads as the same numbers."""

import hashlib

import numpy as np

from simulator.domain.cue import Cue
from simulator.domain.language import LANGUAGES
from simulator.domain.score import Alternative, Dimension
from simulator.scoring.examples import Example, Examples
from simulator.scoring.heads import Heads

HIDDEN = 8


class HashReader:
    """Reads a text as numbers drawn from its hash."""

    name = "hash"
    fingerprint = "hash"

    def encode(self, prefix, text):
        digest = hashlib.sha256(f"{prefix}\0{text}".encode()).digest()
        return np.frombuffer(digest[:HIDDEN], dtype=np.uint8).astype(np.float32) / 128 - 1


def heads(weight=0.3, strong=0.0):
    """Return heads that lean on the first hidden numbers; ``strong`` lifts the label 2."""
    size = HIDDEN + len(Cue)
    weights = np.zeros((3, size), dtype=np.float32)
    weights[0, 0], weights[1, 1], weights[2, 2] = weight, weight, weight
    bias = np.asarray([0, 0, strong], dtype=np.float32)
    return Heads(
        mean=np.zeros(size, dtype=np.float32),
        scale=np.ones(size, dtype=np.float32),
        weights=dict.fromkeys(Dimension, weights),
        biases=dict.fromkeys(Dimension, bias),
    )


def examples():
    """Return two examples per language."""
    told = tuple(
        Example(
            language,
            Alternative(text=f"strong {i}", context=f"said {i}", dialogue=f"{language}-{i}"),
        )
        for language in LANGUAGES
        for i in range(2)
    )
    reader = HashReader()
    states = np.stack([reader.encode(one.language, one.alternative.text) for one in told])
    return Examples.of(told, states)
