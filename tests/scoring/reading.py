"""A language model for tests: the same text always reads as the same numbers."""

import hashlib

import numpy as np

from simulator.domain.act import Act
from simulator.domain.cue import POSITIVE_CUES, Cue
from simulator.domain.language import LANGUAGES
from simulator.domain.score import Alternative
from simulator.lm.base import Reading
from simulator.scoring.examples import Example, Examples
from simulator.scoring.heads import Heads

HIDDEN = 8
ACTS = (Act.COMPLAIN, Act.DEMAND)


class HashReader:
    """Reads a text as one token of numbers drawn from its hash, or as none."""

    name = "hash"
    fingerprint = "hash"

    def read(self, texts):
        return [
            [self._reading("".join(text[:place]), part) for place, part in enumerate(text)]
            for text in texts
        ]

    def state(self, prefix, text):
        digest = hashlib.sha256(f"{prefix}\0{text}".encode()).digest()
        return np.frombuffer(digest[:HIDDEN], dtype=np.uint8).astype(np.float32) / 128 - 1

    def _reading(self, prefix, text):
        many = int(bool(text.strip()))
        states = np.stack([self.state(prefix, text)] * many or [np.zeros(HIDDEN)])[:many]
        return Reading(states.astype(np.float32), np.asarray([(0, len(text))] * many))


def heads(weight=0.3, strong=0.0):
    """Return heads that lean on the first hidden numbers; ``strong`` lifts the label 2."""
    width = 2 * HIDDEN
    answer = np.zeros((3, 2, 2 * width + len(Cue)), dtype=np.float32)
    for question in (0, 1):
        # what is below zero stands in the second half
        answer[:, question, width + question] = weight
        answer[:, question, width + HIDDEN + question] = -weight
    # A good wording lifts the value a little, a bad one lowers it.
    lift = [0.4 if cue in POSITIVE_CUES else -0.4 for cue in Cue]
    answer[:, :, 2 * width :] = np.asarray(lift, dtype=np.float32)
    return Heads(
        mean=np.zeros(HIDDEN, dtype=np.float32),
        scale=np.ones(HIDDEN, dtype=np.float32),
        project=np.concatenate([np.eye(HIDDEN), -np.eye(HIDDEN)]).astype(np.float32),
        project_bias=np.zeros(width, dtype=np.float32),
        attend=np.zeros((3, width), dtype=np.float32),
        answer=answer,
        answer_bias=np.asarray([[strong, strong]] * 3, dtype=np.float32),
        temperature=np.ones(3, dtype=np.float32),
    )


def examples():
    """Return two examples per language."""
    told = tuple(
        Example(
            language,
            ACTS[i],
            Alternative(text=f"strong {i}", context=f"said {i}", dialogue=f"{language}-{i}"),
        )
        for language in LANGUAGES
        for i in range(2)
    )
    reader = HashReader()
    states = np.stack([reader.state(one.language, one.alternative.text) for one in told])
    return Examples.of(told, states)
