"""Strong replies from other calls, found by what the customer had said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save

from simulator import paths
from simulator.domain.act import Act
from simulator.domain.language import Language
from simulator.domain.score import Alternative
from simulator.errors import ModelError
from simulator.scoring.encoder import Vector

_TINY = 1e-6


@dataclass(frozen=True)
class Example:
    """A strong reply of the corpus in its language; what it answers did ``act``."""

    language: Language
    act: Act
    alternative: Alternative


@dataclass(frozen=True)
class Examples:
    """Strong replies and where the words that they answer lie.

    ``mean`` and ``scale`` standardise hidden states, each of shape (hidden,); ``directions`` are
    the standardised ones at length 1, shape (examples, hidden), rounded to half precision.
    """

    examples: tuple[Example, ...]
    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    directions: NDArray[np.float32]

    @classmethod
    def of(cls, examples: tuple[Example, ...], states: NDArray[np.float32]) -> Examples:
        """Gather examples with the states of their contexts, shape (examples, hidden)."""
        mean, scale = states.mean(axis=0), states.std(axis=0) + _TINY
        directions = [_direction((state - mean) / scale) for state in states]
        return cls(examples, mean, scale, _rounded(np.stack(directions)))

    def nearest(
        self,
        state: Vector,
        language: Language,
        not_to: Sequence[str],
        act: Act | None = None,
    ) -> Alternative | None:
        """Return the example whose customer is nearest by cosine to ``state``.

        Where an ``act`` is given, one that answers the same act goes before all others.
        Examples that answer one of the texts ``not_to`` or are one of them are from this very
        call and left out. None if nothing is left.
        """
        known = set(not_to)
        nearness = self.directions @ _direction((state - self.mean) / self.scale)
        same_act = np.asarray([example.act is act for example in self.examples])
        for index in np.lexsort((-nearness, ~same_act)):
            example = self.examples[index]
            found: Alternative = example.alternative
            if example.language == language and not known & {found.text, found.context}:
                return found
        return None

    def save(self, folder: Path) -> None:
        """Write ``examples.safetensors`` and ``examples.jsonl`` into ``folder``."""
        directions = self.directions.astype(np.float16)
        whole = save({"mean": self.mean, "scale": self.scale, "directions": directions})
        (folder / "examples.safetensors").write_bytes(whole)
        lines = [
            json.dumps(
                {"language": one.language, "act": one.act, **one.alternative.model_dump()},
                ensure_ascii=False,
            )
            for one in self.examples
        ]
        (folder / "examples.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _rounded(directions: NDArray[np.float32]) -> NDArray[np.float32]:
    return directions.astype(np.float16).astype(np.float32)


def _direction(state: Vector) -> Vector:
    length = float(np.linalg.norm(state))
    return np.asarray(state / length if length > 0 else state, dtype=np.float32)


def load_examples(folder: Path | None = None) -> Examples:
    """Load the examples of ``folder`` (the shipped models/scorer).

    Raises ModelError if a file is missing or broken.
    """
    where = folder or paths.shipped("models") / "scorer"
    try:
        tensors = load_file(where / "examples.safetensors")
        mean, scale, directions = (tensors[name] for name in ("mean", "scale", "directions"))
        lines = (where / "examples.jsonl").read_text(encoding="utf-8").splitlines()
        examples = tuple(_example(line) for line in lines)
    except FileNotFoundError as error:
        raise ModelError("heads_missing", file=error.filename or where) from error
    except (SafetensorError, KeyError, ValueError) as error:
        raise ModelError("heads_broken", file=where / "examples.jsonl") from error
    if len(examples) != len(directions):
        raise ModelError("heads_broken", file=where / "examples.jsonl")
    return Examples(examples, mean, scale, directions.astype(np.float32))


def _example(line: str) -> Example:
    fields = json.loads(line)
    language, act = fields.pop("language"), Act(fields.pop("act"))
    return Example(language, act, Alternative.model_validate(fields))
