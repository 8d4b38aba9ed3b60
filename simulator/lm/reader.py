"""The scorer's eyes: half of a small language model, read for its hidden states."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import AutoModel

from simulator.errors import ModelError
from simulator.lm.prepare import manifest

LONGEST = 600
"""Tokens of a text that are read; what comes after them changes no score."""


class HalfModel:
    """The lower layers of a prepared reader; see :class:`simulator.lm.base.Reader`."""

    def __init__(self, folder: Path) -> None:
        described = manifest(folder)
        if described is None:
            raise ModelError("not_prepared", path=folder)
        self.name = described.title
        self.fingerprint = described.sha256[:16]
        self._bos = [] if described.bos is None else [described.bos]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._model = AutoModel.from_pretrained(folder, dtype=torch.float32).eval()
        # The states are read before the final normalisation, as in the middle of the whole model.
        self._model.norm = torch.nn.Identity()

    def encode(self, prefix: str, text: str) -> NDArray[np.float32]:
        """Return the mean state, shape (hidden,), of the tokens of ``text`` after ``prefix``."""
        before = self._bos + self._tokenizer.encode(prefix, add_special_tokens=False).ids
        own = self._tokenizer.encode(text, add_special_tokens=False).ids[:LONGEST]
        with torch.inference_mode():
            states = self._model(torch.tensor([before + own]), use_cache=False)
            read = states.last_hidden_state[0, len(before) :]
            mean: NDArray[np.float32] = read.mean(0).numpy()
        return mean
