"""The steps of preparing that work on the weights themselves."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    GgufConfig,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)
from transformers.utils import logging

from simulator.errors import ModelError
from simulator.lm import quantised
from simulator.lm.chat import Frame
from simulator.lm.vocabulary import cut

READER_LAYERS = 8
"""Layers of the scorer's model that are read; later ones say less about a reply (card)."""

_ADAPTED = re.compile(r"base_model\.model\.(?P<module>.+)\.lora_A\.weight")


@dataclass(frozen=True)
class Special:
    """The ids, after the cut, of the token that begins a text (if any) and of those that end it."""

    bos: int | None
    end: tuple[int, ...]


def dequantised(origin: Path, title: str) -> tuple[PreTrainedModel, PreTrainedTokenizerFast]:
    """Read a GGUF file or a model folder into bfloat16.

    Raises ModelError if transformers can make no causal model of it.
    """
    logging.disable_progress_bar()
    try:
        if origin.is_dir():
            model = AutoModelForCausalLM.from_pretrained(origin, dtype=torch.bfloat16)
            return model, AutoTokenizer.from_pretrained(origin)
        model = AutoModelForCausalLM.from_pretrained(
            origin.parent,
            gguf_file=origin.name,
            quantization_config=GgufConfig(dequantize=True),
            dtype=torch.bfloat16,
        )
        return model, AutoTokenizer.from_pretrained(origin.parent, gguf_file=origin.name)
    # transformers raises whatever its readers raise: the file is a stranger's.
    except Exception as error:
        raise ModelError("unreadable_model", name=title, reason=_first_line(error)) from error


def merge_adapter(model: PreTrainedModel, folder: Path) -> None:
    """Add a low-rank adapter to the weights it was fitted on (``W + scale · B · A``)."""
    config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    scale = config["lora_alpha"] / config["r"]
    tensors = load_file(folder / "adapter_model.safetensors")
    for key, down in tensors.items():
        if not (match := _ADAPTED.fullmatch(key)):
            continue
        up = tensors[key.replace("lora_A", "lora_B")]
        weight = model.get_submodule(match["module"]).weight.data
        weight += (scale * up.float() @ down.float()).to(weight.dtype)


def cut_and_save(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    use: str,
    out: Path,
    chat: Frame | None = None,
) -> Special:
    """Write the tokenizer and the weights in the form that ``use`` loads.

    The markers of ``chat`` stay in the vocabulary.

    Raises ModelError if the model is built in a way that cannot be cut or rounded.
    """
    try:
        return _cut_and_saved(model, tokenizer, use, out, chat)
    except OSError:
        raise  # the disk's fault, not the model's
    except Exception as error:
        title = type(model).__name__
        raise ModelError("unreadable_model", name=title, reason=_first_line(error)) from error


def _cut_and_saved(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    use: str,
    out: Path,
    chat: Frame | None,
) -> Special:
    end = model.generation_config.eos_token_id if model.generation_config else None
    ends = [end] if isinstance(end, int) else list(end or [tokenizer.eos_token_id])
    if chat:
        # Who answers in turns may end one with another token than a text.
        ends = [*dict.fromkeys([*ends, tokenizer.eos_token_id])]
    begins = tokenizer("a").input_ids[0] == tokenizer.bos_token_id is not None
    single = (*ends, tokenizer.bos_token_id, tokenizer.unk_token_id)
    special = [i for i in (*single, *_markers(tokenizer, chat)) if i is not None]
    whole = json.loads(tokenizer.backend_tokenizer.to_str())
    rows = model.get_input_embeddings().num_embeddings
    # Tokenizers may have more tokens than the model has ever learned.
    whole["added_tokens"] = [token for token in whole["added_tokens"] if token["id"] < rows]
    file, kept = cut(whole, frozenset(tokenizer.convert_ids_to_tokens(special)))
    (out / "tokenizer.json").write_text(json.dumps(file, ensure_ascii=False), encoding="utf-8")
    if use == "reader":
        _save_reader(model, kept, out)
    else:
        quantised.save(model, kept, out)
    place = {old: new for new, old in enumerate(kept)}
    bos = place.get(tokenizer.bos_token_id) if begins else None
    return Special(bos, tuple(place[i] for i in ends if i in place))


def _markers(tokenizer: PreTrainedTokenizerFast, chat: Frame | None) -> set[int]:
    """Return the tokens of ``chat`` that are no words."""
    if chat is None:
        return set()
    ids = tokenizer(chat.before + chat.after, add_special_tokens=False).input_ids
    return set(ids) & set(tokenizer.added_tokens_decoder)


def _save_reader(model: PreTrainedModel, kept: list[int], out: Path) -> None:
    model.config.num_hidden_layers = READER_LAYERS
    if getattr(model.config, "layer_types", None):
        model.config.layer_types = model.config.layer_types[:READER_LAYERS]
    inner = model.base_model
    del inner.layers[READER_LAYERS:]
    rows = inner.get_input_embeddings().weight.detach()[torch.tensor(kept)]
    inner.resize_token_embeddings(len(kept), mean_resizing=False)
    inner.get_input_embeddings().weight.data.copy_(rows)
    inner.config.vocab_size = len(kept)
    inner.save_pretrained(out)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
