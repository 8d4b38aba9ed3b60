"""The scorer's eyes: half of a small language model, read for its hidden states."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Encoding, Tokenizer
from transformers import AutoModel
from transformers.utils import logging

from simulator.lm.base import Reading
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
        self.name = described.title
        self.fingerprint = described.sha256[:16]
        self._bos = [] if described.bos is None else [described.bos]
        # The states are read before the final normalisation, as in the middle of the whole model.
        self._model.norm = torch.nn.Identity()

    def read(self, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """Read the second of each pair of texts after the first, all at once.

        Texts read together are padded to the longest: give those of similar length.
        """
        before = [self._bos + self._ids(prefix).ids for prefix, _ in texts]
        own = [self._ids(text) for _, text in texts]
        ids = [b + o.ids[:LONGEST] for b, o in zip(before, own, strict=True)]
        longest = max(map(len, ids), default=0)
        if not longest:
            return [self._nothing() for _ in texts]
        tokens = torch.tensor([one + [0] * (longest - len(one)) for one in ids])
        there = torch.tensor([[1] * len(one) + [0] * (longest - len(one)) for one in ids])
        with torch.inference_mode():
            embedded = self._model.get_input_embeddings()(tokens)
            states = self._model(
                inputs_embeds=embedded, attention_mask=there, use_cache=False
            ).last_hidden_state.float()
        return [
            Reading(
                states[row, len(before[row]) : len(ids[row])].numpy(),
                np.asarray(own[row].offsets[:LONGEST], np.int64).reshape(-1, 2),
            )
            for row in range(len(texts))
        ]

    def _ids(self, text: str) -> Encoding:
        return self._tokenizer.encode(text, add_special_tokens=False)

    def _nothing(self) -> Reading:
        hidden = int(self._model.config.hidden_size)
        return Reading(np.zeros((0, hidden), np.float32), np.zeros((0, 2), np.int64))
