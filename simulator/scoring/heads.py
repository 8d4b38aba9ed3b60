"""The three heads: from features to a label's probabilities and a value of 0 to 100."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Rating:
    """A value (0 to 100) and the probability of the label it reads as."""

    value: float
    confidence: float


@dataclass(frozen=True)
class Heads:
    """A multinomial logistic regression per dimension on standardised features.

    ``mean`` and ``scale`` have shape (features,), each weight (3, features), each bias (3,).
    ``fingerprint`` is the hash of the file they came from.
    """

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    weights: dict[Dimension, NDArray[np.float32]]
    biases: dict[Dimension, NDArray[np.float32]]
    fingerprint: str = ""

    def standardised(self, features: Vector) -> Vector:
        """Return features of shape (…, features) at mean 0 and variance 1 of the corpus."""
        return np.asarray((features - self.mean) / self.scale, dtype=np.float32)

    def probabilities(self, features: Vector, dimension: Dimension) -> NDArray[np.float64]:
        """Return the probabilities of the labels 0, 1 and 2, shape (3,)."""
        scaled = self.standardised(features)
        logits = (self.weights[dimension] @ scaled + self.biases[dimension]).astype(np.float64)
        odds = np.exp(logits - logits.max())
        return np.asarray(odds / odds.sum())

    def rate(self, features: Vector, dimension: Dimension) -> Rating:
        """Rate ``features`` (shape (features,)) on one dimension."""
        return rating(self.probabilities(features, dimension))

    def save(self, file: Path) -> None:
        """Write the heads as safetensors."""
        tensors = {"mean": self.mean, "scale": self.scale}
        for dimension in Dimension:
            tensors[f"{dimension}.weight"] = self.weights[dimension]
            tensors[f"{dimension}.bias"] = self.biases[dimension]
        whole = {name: np.ascontiguousarray(t, np.float32) for name, t in tensors.items()}
        file.write_bytes(save(whole))


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
    file = (folder or paths.shipped("models") / "scorer") / "heads.safetensors"
    try:
        data = file.read_bytes()
        tensors = load(data)
        return Heads(
            mean=tensors["mean"],
            scale=tensors["scale"],
            weights={d: tensors[f"{d}.weight"] for d in Dimension},
            biases={d: tensors[f"{d}.bias"] for d in Dimension},
            fingerprint=hashlib.sha256(data).hexdigest()[:16],
        )
    except FileNotFoundError as error:
        raise ModelError("heads_missing", file=file) from error
    except (SafetensorError, KeyError) as error:
        raise ModelError("heads_broken", file=file) from error
