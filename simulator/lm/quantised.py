"""The prepared form of a speaking model: 8-bit linear layers, made once, loaded fast.

Weights are rounded to 8 bits per output channel, activations per call while running (PyTorch's
dynamic quantisation, FBGEMM). Everything else stays as it was.
"""

from __future__ import annotations

import json
import re
import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import nn
from transformers import AutoConfig, AutoModelForCausalLM, PretrainedConfig, PreTrainedModel
from transformers.initialization import no_init_weights

from simulator.lm.attention import NAME as TREE_ATTENTION
from simulator.memory import give_back

_ROUNDED, _SCALE = ".rounded", ".scale"

# Torch is pinned; the warning speaks to developers, not to who takes a call. It is silenced
# once for all: layers are made in several threads, which would undo each other's filters.
warnings.filterwarnings("ignore", "torch.quantize_per_tensor", UserWarning)


class RoundedLinear(nn.Module):
    """A linear layer with 8-bit weights, shape (out, in), and one scale per output channel."""

    def __init__(
        self, rounded: torch.Tensor, scale: torch.Tensor, bias: torch.Tensor | None
    ) -> None:
        super().__init__()
        zeros = torch.zeros(len(scale), dtype=torch.long)
        weight = torch._make_per_channel_quantized_tensor(rounded, scale.double(), zeros, 0)
        self._packed = torch.ops.quantized.linear_prepack(
            weight, None if bias is None else bias.float()
        )
        # Without VNNI, sums of full 8-bit products overflow 16 bits.
        self._reduce = not torch.cpu._is_vnni_supported()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Map (…, in) to (…, out), both float32."""
        mapped: torch.Tensor = torch.ops.quantized.linear_dynamic(x, self._packed, self._reduce)
        return mapped


def save(model: PreTrainedModel, kept: list[int], folder: Path) -> None:
    """Write ``model`` with rounded linear layers and only the ``kept`` rows of its vocabulary."""
    rows = torch.tensor(kept)
    tensors: dict[str, torch.Tensor] = {}
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear):
            weight = module.weight.detach()
            if module is model.get_output_embeddings():
                weight = weight[rows]
            tensors.update(_rounded(name, weight, module.bias))
        elif isinstance(module, nn.Embedding):
            tensors[f"{name}.weight"] = module.weight.detach()[rows].to(torch.bfloat16)
        else:
            for own, parameter in module.named_parameters(name, recurse=False):
                tensors[own] = parameter.detach().float()
    _write(tensors, folder)
    config = model.config.to_dict()
    config["vocab_size"] = len(kept)
    config["tie_word_embeddings"] = False
    for unused in ("pad_token_id", "bos_token_id", "eos_token_id", "quantization_config"):
        config.pop(unused, None)
    (folder / "config.json").write_text(json.dumps(config, indent=1), encoding="utf-8")


def load(folder: Path) -> PreTrainedModel:
    """Load what :func:`save` wrote, as a model that takes ``inputs_embeds`` in float32.

    Raises ValueError if a part of it is missing.
    """
    config: PretrainedConfig = AutoConfig.from_pretrained(folder)
    config._attn_implementation = TREE_ATTENTION
    with no_init_weights():
        model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    missing = {name for name, _ in model.named_parameters()}
    # Packing a layer keeps one core busy; there are at least two.
    with ThreadPoolExecutor(2) as pool:
        for names in pool.map(partial(_take, model), sorted(folder.glob("*.safetensors"))):
            missing -= names
            give_back()
    if missing:
        raise ValueError(f"missing: {', '.join(sorted(missing))}")
    return model.eval()


def round_linears(model: nn.Module) -> None:
    """Put an 8-bit layer in the place of every linear layer of ``model``, in memory.

    What is left is turned to float32, which is what the 8-bit layers take and give.
    """
    linears = [(n, m) for n, m in model.named_modules() if isinstance(m, nn.Linear)]
    for name, linear in linears:
        tensors = _rounded(name, linear.weight.detach(), linear.bias)
        weight, scale = tensors[name + _ROUNDED], tensors[name + _SCALE]
        _place(model, name, RoundedLinear(weight, scale, tensors.get(f"{name}.bias")))
    model.float()


def _write(tensors: dict[str, torch.Tensor], folder: Path) -> None:
    """Write a file for each layer, and for each module that is in none."""
    files: dict[str, dict[str, torch.Tensor]] = {}
    for name, tensor in tensors.items():
        layer = re.match(r".*\.layers\.\d+", name)
        group = layer.group() if layer else name.rpartition(".")[0]
        files.setdefault(group, {})[name] = tensor.contiguous()
    for group, content in files.items():
        save_file(content, folder / f"{group}.safetensors")


def _take(model: PreTrainedModel, file: Path) -> set[str]:
    """Put the tensors of one file in their places; return the names of the weights they are.

    Small tensors are copied: one that still lay in the file would keep all of it mapped, and a
    mapped file counts as memory.
    """
    with safe_open(file, framework="pt") as opened:
        tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
    linears = [name.removesuffix(_ROUNDED) for name in tensors if name.endswith(_ROUNDED)]
    for name in linears:
        bias = tensors.get(f"{name}.bias")
        own = None if bias is None else bias.clone()
        linear = RoundedLinear(tensors[name + _ROUNDED], tensors[name + _SCALE], own)
        _place(model, name, linear)
    taken = {f"{name}{end}" for name in linears for end in (_ROUNDED, _SCALE, ".bias")}
    for name, tensor in tensors.items():
        if name not in taken:
            _fill(model, name, tensor.clone() if linears else tensor)
    return {name.replace(_ROUNDED, ".weight") for name in tensors}


def _rounded(name: str, weight: torch.Tensor, bias: torch.Tensor | None) -> dict[str, torch.Tensor]:
    exact = weight.float()
    scale = exact.abs().amax(1).clamp(min=1e-8) / 127
    tensors = {
        name + _ROUNDED: (exact / scale[:, None]).round().to(torch.int8),
        name + _SCALE: scale,
    }
    if bias is not None:
        tensors[f"{name}.bias"] = bias.detach().float()
    return tensors


def _place(model: nn.Module, name: str, module: nn.Module) -> None:
    parent, _, own = name.rpartition(".")
    setattr(model.get_submodule(parent), own, module)


def _fill(model: nn.Module, key: str, tensor: torch.Tensor) -> None:
    parent, _, own = key.rpartition(".")
    setattr(model.get_submodule(parent), own, nn.Parameter(tensor, requires_grad=False))
