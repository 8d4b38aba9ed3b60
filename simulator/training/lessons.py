"""Turns made ready for the fit of the scorer: read once by the layers that are not fitted."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import AutoModel, AutoTokenizer, PreTrainedModel

from simulator.domain.score import Dimension
from simulator.scoring.cues import find_cues
from simulator.scoring.encoder import counts, prefix
from simulator.training.single_turns import SingleTurn

UNLABELLED = -1
_LONGEST_BEFORE = 120
_LONGEST_REPLY = 160


@dataclass(frozen=True)
class Lesson:
    """A turn ready to learn from: the states below the fitted layers, shape (tokens, hidden).

    The reply begins at token ``begins``; ``labels`` has shape (3,), ``UNLABELLED`` where there is
    none; ``counts`` are of the cues; ``weight`` is its own, before that of its label.
    """

    states: torch.Tensor
    begins: int
    counts: NDArray[np.float32]
    labels: tuple[int, ...]
    weight: float


class Lower:
    """Reads turns with the layers that are not fitted."""

    def __init__(self, base: Path, layers: int) -> None:
        self._tokenizer = AutoTokenizer.from_pretrained(base)
        self._model = part_of(base, slice(layers), torch.bfloat16).eval()

    def lessons(self, turns: Sequence[SingleTurn], weight: float = 1.0) -> list[Lesson]:
        """Return a lesson for each turn that has tokens."""
        return [self._lesson(turn, weight) for turn in turns if self._ids(f" {turn.reply.strip()}")]

    def unlabelled(self, texts: Sequence[str]) -> list[Lesson]:
        """Return texts that stand alone, without labels."""
        none = (UNLABELLED,) * len(Dimension)
        return [Lesson(*self._below("", text), counts(()), none, 0.0) for text in texts]

    def _lesson(self, turn: SingleTurn, weight: float) -> Lesson:
        states, begins = self._below(prefix(turn.context), f" {turn.reply.strip()}")
        evidence = find_cues(turn.reply, turn.context, turn.language, turn.earlier)
        labels = tuple(turn.labels.get(dimension, UNLABELLED) for dimension in Dimension)
        return Lesson(states, begins, counts(evidence), labels, weight)

    def _below(self, before: str, text: str) -> tuple[torch.Tensor, int]:
        """Return the states of both, shape (tokens, hidden), and the token where text begins."""
        heard = [self._tokenizer.bos_token_id, *self._ids(before)[-_LONGEST_BEFORE:]]
        ids = torch.tensor([[*heard, *self._ids(text)[:_LONGEST_REPLY]]])
        with torch.inference_mode():
            embedded = self._model.get_input_embeddings()(ids)
            states = self._model(inputs_embeds=embedded, use_cache=False).last_hidden_state[0]
        return states.clone(), len(heard)

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer(text, add_special_tokens=False).input_ids
        return ids


def part_of(base: Path, part: slice, dtype: torch.dtype) -> PreTrainedModel:
    """Return the model in ``base`` with ``part`` of its layers, without the last normalisation.

    It takes ``inputs_embeds``.
    """
    model: PreTrainedModel = AutoModel.from_pretrained(base, dtype=dtype)
    model.layers = nn.ModuleList(list(model.layers)[part])
    model.config = deepcopy(model.config)
    model.config.num_hidden_layers = len(model.layers)
    if getattr(model.config, "layer_types", None):
        model.config.layer_types = model.config.layer_types[part]
    model.norm = nn.Identity()
    return model
