"""How much each sign counts that a question asks for something; fitted (``models/listener``)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from simulator import paths
from simulator.errors import ModelError

FILE = "listener.json"


class Attention(BaseModel):
    """How much each feature counts for a topic; it is asked for if they come to more than 0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shared: float
    aligned: float
    open_question: float
    fact: float
    example_tokens: float
    example_letters: float
    common_tokens: float
    common_letters: float
    constant: float

    @property
    def row(self) -> NDArray[np.float64]:
        """The coefficients in the order of ``FEATURES``."""
        return np.array([getattr(self, name) for name in FEATURES])


FEATURES = tuple(Attention.model_fields)
"""What speaks for a topic: letters and tokens found in its tellings, whether the question is an
open one, whether the topic is a fact, how like the question is to the nearest example and to the
nearest common question, and 1."""


class Attentions(BaseModel):
    """What lies in ``listener.json``.

    ``exampled`` is for scenarios that give examples of questions for every fact, ``bare`` for all
    others.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    exampled: Attention
    bare: Attention

    @classmethod
    def load(cls, folder: Path | None = None) -> Attentions:
        """Read ``listener.json`` of ``folder`` (the shipped one); raises ModelError."""
        file = (folder or paths.shipped("models") / "listener") / FILE
        try:
            return cls.model_validate_json(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError("fitted_unreadable", path=file) from error
