"""From the states of a reply's tokens to a label's probabilities and a value of 0 to 100.

Each dimension looks at the tokens with an attention of its own (attention pooling after Lin et al.
2017, arXiv 1703.03130) and answers two questions, "more than 0?" and "more than 1?" (ordinal
regression after Frank and Hall 2001, doi 10.1007/3-540-44795-4_13).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from simulator import paths
from simulator.domain.score import Dimension
from simulator.errors import ModelError
from simulator.scoring.encoder import Vector

THIRD = 100 / 3
"""Width of the band of values in which a label is read."""

FARTHEST = 6.0
"""Standard deviations beyond which a state is cut off."""

FILE = "heads.safetensors"
_DIMENSIONS = tuple(Dimension)

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Rating:
    """A value (0 to 100) and the probability of the label it reads as."""

    value: float
    confidence: float


@dataclass(frozen=True)
class Heads:
    """The three heads; dimensions in the order of :class:`Dimension`.

    ``mean`` and ``scale`` (hidden,) standardise states, ``project`` (width, hidden) and
    ``project_bias`` (width,) make them short. ``attend`` (3, width) weighs the tokens of each
    dimension; ``answer`` (3, 2, 2·width + cues) and ``answer_bias`` (3, 2) are the two questions,
    asked of the weighed mean, the plain mean and the cue counts. ``temperature`` (3,) calibrates.
    ``fingerprint`` is the hash of the file they came from.
    """

    mean: Array
    scale: Array
    project: Array
    project_bias: Array
    attend: Array
    answer: Array
    answer_bias: Array
    temperature: Array
    fingerprint: str = ""

    def probabilities(self, states: Array, counts: Vector) -> NDArray[np.float64]:
        """Return the probabilities of the labels 0, 1 and 2 per dimension, shape (3, 3).

        ``states`` has shape (tokens, hidden), at least one token; ``counts`` shape (cues,).
        """
        near = np.clip((states - self.mean) / self.scale, -FARTHEST, FARTHEST)
        short = np.maximum(near @ self.project.T + self.project_bias, 0)
        weighed = _softmax(short @ self.attend.T).T @ short
        plain = np.broadcast_to(short.mean(axis=0), weighed.shape)
        told = np.broadcast_to(counts / 2, (len(weighed), len(counts)))
        seen = np.concatenate([weighed, plain, told], axis=1)
        logits = np.einsum("dqf,df->dq", self.answer, seen) + self.answer_bias
        above = 1 / (1 + np.exp(-logits.astype(np.float64) / self.temperature[:, None]))
        labels = np.stack([1 - above[:, 0], above[:, 0] - above[:, 1], above[:, 1]], axis=1)
        labels = np.maximum(labels, 0)
        return np.asarray(labels / labels.sum(axis=1, keepdims=True))

    def rate(self, states: Array, counts: Vector) -> dict[Dimension, Rating]:
        """Rate a reply on each dimension; shapes as in :meth:`probabilities`."""
        found = self.probabilities(states, counts)
        return {dimension: rating(found[i]) for i, dimension in enumerate(_DIMENSIONS)}

    def save(self, folder: Path) -> None:
        """Write ``heads.safetensors`` into ``folder``."""
        named = {name: np.ascontiguousarray(getattr(self, name), np.float32) for name in _TENSORS}
        (folder / FILE).write_bytes(save(named))


_TENSORS = tuple(one.name for one in fields(Heads) if one.name != "fingerprint")


def rating(probabilities: NDArray[np.float64]) -> Rating:
    """Return the expected label as a value from 0 to 100, to the tenth.

    Read in thirds this agrees with the corpus labels better than the most probable label does
    (models/scorer/README.md).
    """
    value = round(50 * float(probabilities @ np.arange(3)), 1)
    return Rating(value, float(probabilities[label_of(value)]))


def label_of(value: float) -> int:
    """Return the label (0 to 2) that a value from 0 to 100 reads as."""
    return min(int(value / THIRD), 2)


def load_heads(folder: Path | None = None) -> Heads:
    """Load ``heads.safetensors`` of ``folder`` (the shipped models/scorer).

    Raises ModelError if the file is missing or broken.
    """
    file = (folder or paths.shipped("models") / "scorer") / FILE
    try:
        data = file.read_bytes()
        tensors = load(data)
        found = {name: tensors[name] for name in _TENSORS}
    except FileNotFoundError as error:
        raise ModelError("heads_missing", file=file) from error
    except (SafetensorError, KeyError) as error:
        raise ModelError("heads_broken", file=file) from error
    return Heads(**found, fingerprint=hashlib.sha256(data).hexdigest()[:16])


def _softmax(logits: Array) -> Array:
    """Return weights over the first axis, shape as ``logits``."""
    odds = np.exp(logits - logits.max(axis=0))
    return np.asarray(odds / odds.sum(axis=0), dtype=np.float32)
