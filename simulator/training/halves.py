"""The model cut in two: frozen lower layers, read once, and the upper ones that are fitted.

What the lower layers make of an example never changes while the adapter above them is fitted. It
is kept on disk, so that each pass, each variant and each fit that goes on after a break pays only
for the layers it fits.
"""

from __future__ import annotations

import hashlib
from copy import deepcopy
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import PretrainedConfig, PreTrainedModel

from simulator.lm import quantised
from simulator.training.dialogues import Example


class Lower:
    """Reads examples with the frozen layers; keeps what came out in ``folder``."""

    def __init__(self, inner: PreTrainedModel, folder: Path, name: str) -> None:
        self._inner, self._folder, self._name = inner, folder, name
        self._device = next(inner.parameters()).device

    def __call__(self, one: Example) -> torch.Tensor:
        """Return the states of an example's tokens, shape (1, tokens, width), bfloat16."""
        file = self._folder / f"{self._key(one)}.safetensors"
        if not file.is_file():
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(".new")
            save_file({"states": self._read(one)}, fresh)
            fresh.replace(file)
        return load_file(file)["states"].to(self._device)

    def _read(self, one: Example) -> torch.Tensor:
        ids = torch.tensor([one.ids], device=self._device)
        embedded = self._inner.get_input_embeddings()(ids)
        # In their own precision, also where the layers above are multiplied in a lower one.
        with torch.no_grad(), torch.autocast(self._device.type, enabled=False):
            states: torch.Tensor = self._inner(inputs_embeds=embedded).last_hidden_state
        return states.to(torch.bfloat16).cpu()

    def _key(self, one: Example) -> str:
        told = f"{self._name} {' '.join(map(str, one.ids))}"
        return hashlib.sha256(told.encode()).hexdigest()[:24]


def cut_in_two(model: PreTrainedModel, upper: int, folder: Path, name: str) -> Lower:
    """Take all but the ``upper`` last layers out of ``model`` and return them, ready to read.

    On a processor they are rounded to 8 bits, as they will run in a call. ``name`` tells models
    apart in ``folder``. ``model`` is left with its upper layers, and takes ``inputs_embeds``.
    """
    inner = model.base_model
    depth = int(inner.config.num_hidden_layers) - upper
    layers = list(inner.layers)
    with torch.device("meta"):
        lower = type(inner)(_config(inner.config, slice(depth)))
    lower.embed_tokens, lower.rotary_emb = inner.embed_tokens, inner.rotary_emb
    lower.layers, lower.norm = nn.ModuleList(layers[:depth]), nn.Identity()
    lower = deepcopy(lower).eval()
    if next(inner.parameters()).device.type == "cpu":
        quantised.round_linears(lower)
    inner.layers = nn.ModuleList(layers[depth:])
    inner.config = model.config = _config(inner.config, slice(depth, None))
    return Lower(lower, folder, f"{name} {depth}")


def _config(config: PretrainedConfig, part: slice) -> PretrainedConfig:
    own = deepcopy(config)
    own.num_hidden_layers = len(range(config.num_hidden_layers)[part])
    own.use_cache = False
    if getattr(config, "layer_types", None):
        own.layer_types = config.layer_types[part]
    return own
