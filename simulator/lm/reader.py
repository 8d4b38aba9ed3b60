"""The scorer's eyes: half of a small language model, read for its hidden states."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import AutoModel
from transformers.utils import logging

from simulator.lm.prepare import loading

LONGEST = 600
"""Tokens of a text that are read; what comes after them changes no score."""


class HalfModel:
    """The lower layers of a prepared reader; see :class:`simulator.lm.base.Reader`."""

    def __init__(self, folder: Path) -> None:
        logging.disable_progress_bar()
        with loading(folder) as described:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._model = AutoModel.from_pretrained(folder, dtype=torch.bfloat16).eval()
        # Layers compute in float32; the rows of the vocabulary, most of the memory, stay halved.
        self._model.layers.float()
        self.name = described.title
        self.fingerprint = described.sha256[:16]
        self._bos = [] if described.bos is None else [described.bos]
        # The states are read before the final normalisation, as in the middle of the whole model.
        self._model.norm = torch.nn.Identity()

    def encode(self, prefix: str, text: str) -> NDArray[np.float32]:
        """Return the mean state, shape (hidden,), of the tokens of ``text`` after ``prefix``.

        A text without any is all zeros.
        """
        before = self._bos + self._tokenizer.encode(prefix, add_special_tokens=False).ids
        own = self._tokenizer.encode(text, add_special_tokens=False).ids[:LONGEST]
        if not own:
            return np.zeros(int(self._model.config.hidden_size), np.float32)
        with torch.inference_mode():
            embedded = self._model.get_input_embeddings()(torch.tensor([before + own])).float()
            states = self._model(inputs_embeds=embedded, use_cache=False)
            read = states.last_hidden_state[0, len(before) :]
            mean: NDArray[np.float32] = read.mean(0).numpy()
        return mean
