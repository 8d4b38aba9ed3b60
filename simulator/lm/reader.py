"""The scorer's eyes: half of a small language model, read for its hidden states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer
from transformers import AutoModel
from transformers.utils import logging

from simulator.lm.base import Reading
from simulator.lm.prepare import loading

LONGEST = 600
"""Tokens of a part of a text that are read; what comes after them changes no score."""


class HalfModel:
    """The lower layers of a prepared reader; see :class:`simulator.lm.base.Reader`."""

    def __init__(self, folder: Path) -> None:
        logging.disable_progress_bar()
        with loading(folder) as described:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._model = AutoModel.from_pretrained(folder, dtype=torch.bfloat16).eval()
        self.name = described.title
        self.fingerprint = described.sha256[:16]
        self._bos = [] if described.bos is None else [described.bos]
        # The states are read before the final normalisation, as in the middle of the whole model.
        self._model.norm = torch.nn.Identity()

    def read(self, texts: Sequence[Sequence[str]]) -> list[list[Reading]]:
        """Read the parts of each text one after the other, all texts at once; a reading a part.

        Texts read together are padded to the longest: give those of similar length.
        """
        parts = [[self._encoded(part) for part in text] for text in texts]
        ids = [sum((part.ids[:LONGEST] for part in text), self._bos) for text in parts]
        longest = max(map(len, ids), default=0)
        if not longest:
            return [[self._nothing() for _ in text] for text in texts]
        tokens = torch.tensor([one + [0] * (longest - len(one)) for one in ids])
        there = torch.tensor([[1] * len(one) + [0] * (longest - len(one)) for one in ids])
        with torch.inference_mode():
            embedded = self._model.get_input_embeddings()(tokens)
            states = self._model(
                inputs_embeds=embedded, attention_mask=there, use_cache=False
            ).last_hidden_state.float()
        return [
            list(self._readings(row.numpy(), text)) for row, text in zip(states, parts, strict=True)
        ]

    def _readings(
        self, states: NDArray[np.float32], parts: Sequence[Encoding]
    ) -> Iterator[Reading]:
        start = len(self._bos)
        for part in parts:
            spans = np.asarray(part.offsets[:LONGEST], np.int64).reshape(-1, 2)
            yield Reading(states[start : start + len(spans)], spans)
            start += len(spans)

    def _encoded(self, text: str) -> Encoding:
        return self._tokenizer.encode(text, add_special_tokens=False)

    def _nothing(self) -> Reading:
        hidden = int(self._model.config.hidden_size)
        return Reading(np.zeros((0, hidden), np.float32), np.zeros((0, 2), np.int64))
