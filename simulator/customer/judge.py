"""How well a line sits in its conversation: fitted on the corpus (``models/judge/README.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from simulator import paths
from simulator.errors import ModelError
from simulator.lm.base import Weight

FILE = "judge.safetensors"


@dataclass(frozen=True)
class Judge:
    """A linear measure of a line: its middle state and its likelihood with and without the call.

    ``state`` has shape (hidden,) of the ``model`` it was fitted for; empty, only likelihoods count.
    """

    model: str
    state: NDArray[np.float32]
    likely: float
    alone: float

    def worth(self, inside: Weight, alone: Weight) -> float:
        """Return what a line is worth after the conversation; only differences mean anything.

        ``inside`` is its weight after the whole prompt, ``alone`` after nothing but its label.
        """
        sits = float(inside.state @ self.state) if len(self.state) else 0.0
        return sits + self.likely * inside.log_probability + self.alone * alone.log_probability


PLAIN = Judge("", np.zeros(0, np.float32), 1.0, -0.5)
"""For models that no judge was fitted for: likelihood, less half of that without the call."""


def load_judge(model: str, folder: Path | None = None) -> Judge:
    """Return the shipped judge if it was fitted for ``model`` (a name), else ``PLAIN``.

    Raises ModelError if it is missing or not what is expected.
    """
    file = (folder or paths.shipped("models") / "judge") / FILE
    try:
        with safe_open(file, framework="numpy") as opened:
            told = opened.metadata() or {}
            fitted = Judge(
                told["model"],
                np.asarray(opened.get_tensor("state"), dtype=np.float32),
                float(told["likely"]),
                float(told["alone"]),
            )
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise ModelError("fitted_unreadable", path=file) from error
    return fitted if fitted.model == model else PLAIN
