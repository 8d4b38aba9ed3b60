"""Fits the customer's adapter from the corpus, start to finish."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

import torch
from peft import PeftModel
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

from simulator import paths
from simulator.memory import peak_memory
from simulator.training import corpus
from simulator.training.adapter import (
    CustomerLoss,
    Fit,
    Recipe,
    held_out_loss,
    with_adapter,
)
from simulator.training.dialogues import Example, example, in_order
from simulator.training.halves import cut_in_two

Say = Callable[[str], None]
HELD_OUT = 12
_LAYER = re.compile(r"\.layers\.(\d+)\.")
BASE = "Qwen/Qwen2.5-Coder-1.5B-Instruct"
_CONFIG = (
    "r",
    "lora_alpha",
    "lora_dropout",
    "target_modules",
    "peft_type",
    "task_type",
    "bias",
)


def fit_customer(
    base: Path, recipe: Recipe, limit: int, out: Path, say: Say, *, trial: bool = False
) -> None:
    """Fit the adapter on the training part and write it to ``out``.

    ``base`` is the folder of the dequantised model; at most ``limit`` dialogues in standard
    language are used, those whose told facts are marked before others. The adapter is chosen by
    the loss on ``HELD_OUT`` further dialogues of the training part; the test part is read once, at
    the end, with and without the adapter, and the two losses go to ``out/figures.json``. A
    ``trial`` compares recipes: it never sees the test part. A fit that was cut off goes on from
    its checkpoint in the cache.
    """
    tokenizer = AutoTokenizer.from_pretrained(base)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    plain = AutoModelForCausalLM.from_pretrained(base, dtype=torch.bfloat16).to(device)
    everything = corpus.read_corpus()
    split = corpus.read_split()
    drawn = in_order(split.train_part(everything), recipe.seed)
    held_out = [example(d, tokenizer) for d in drawn[:HELD_OUT]]
    train = [example(d, tokenizer) for d in drawn[HELD_OUT : HELD_OUT + limit]]
    lower = cut_in_two(plain, recipe.layers, paths.cache() / "training" / "states", base.name)
    loss = CustomerLoss(plain, [example(d, tokenizer) for d in everything], lower)
    # The loss has taken the rows it needs; the whole table would only fill memory.
    plain.set_output_embeddings(torch.nn.Identity())
    model = with_adapter(plain, recipe)
    say(f"{len(train)} dialogues, {sum(len(one.ids) for one in train)} tokens an epoch, {device}")
    folder = paths.cache() / "training" / f"{base.name}-{_name(recipe, limit)}"
    fit = Fit(model, loss, train, held_out, recipe, folder, say)
    fit.run()
    best = load_file(folder / "best" / "adapter_model.safetensors")
    _write(best, folder / "best", out, model_depth(base) - recipe.layers)
    _restore(model, best)
    figures = {
        "recipe": asdict(recipe),
        "dialogues": len(train),
        "tokens_per_second": round(fit.progress.tokens / fit.progress.seconds, 1),
        "minutes": round(fit.progress.seconds / 60, 1),
        "peak_memory_gib": round(peak_memory() / 1024, 1),
        "held_out_loss": _losses(model, loss, held_out),
    }
    if not trial:
        test = split.test_part(everything)
        figures["test_loss"] = {
            language: _losses(
                model, loss, [example(d, tokenizer) for d in test if d.language == language]
            )
            for language in ("de", "en")
        }
    (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    say(json.dumps(figures))


def unread(dialogues: Sequence[corpus.Dialogue], figures: Path) -> list[corpus.Dialogue]:
    """Return those of the training part that the fit of ``figures`` (its JSON) has never seen."""
    told = json.loads(figures.read_text(encoding="utf-8"))
    return in_order(dialogues, told["recipe"]["seed"])[HELD_OUT + told["dialogues"] :]


def _name(recipe: Recipe, limit: int) -> str:
    """Return a name for the checkpoints of a recipe: two recipes never go on from each other."""
    told = json.dumps({**asdict(recipe), "limit": limit}, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def model_depth(base: Path) -> int:
    """Return how many layers the model in ``base`` has."""
    return int(AutoConfig.from_pretrained(base).num_hidden_layers)


def _losses(model: PeftModel, loss: CustomerLoss, examples: Sequence[Example]) -> dict[str, float]:
    fitted = held_out_loss(model, loss, examples)
    with model.disable_adapter():
        plain = held_out_loss(model, loss, examples)
    return {
        "with": round(fitted, 4),
        "without": round(plain, 4),
        "ratio": round(fitted / plain, 4),
    }


def _restore(model: PeftModel, adapter: dict[str, torch.Tensor]) -> None:
    named = dict(model.named_parameters())
    with torch.no_grad():
        for name, value in adapter.items():
            named[name.replace(".weight", ".default.weight")].copy_(value)


def _write(adapter: dict[str, torch.Tensor], fitted: Path, out: Path, depth: int) -> None:
    """Write the adapter as one for the whole model, whose ``depth`` lower layers were cut off."""
    out.mkdir(parents=True, exist_ok=True)
    whole = {_LAYER.sub(partial(_moved, depth), n): v for n, v in adapter.items()}
    halved = {name: value.to(torch.bfloat16) for name, value in whole.items()}
    save_file(halved, out / "adapter_model.safetensors")
    config = json.loads((fitted / "adapter_config.json").read_text(encoding="utf-8"))
    kept = {name: config[name] for name in _CONFIG}
    kept["layers_to_transform"] = sorted({int(_LAYER.findall(name)[0]) for name in whole})
    kept["base_model_name_or_path"] = BASE
    (out / "adapter_config.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _moved(depth: int, found: re.Match[str]) -> str:
    return f".layers.{int(found[1]) + depth}."
