"""Fits the customer's adapter from the corpus, start to finish."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from peft import PeftModel
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

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
from simulator.training.dialogues import Example, example, standard_language

Say = Callable[[str], None]
HELD_OUT = 6
BASE = "Qwen/Qwen2.5-Coder-1.5B-Instruct"
_CONFIG = (
    "r",
    "lora_alpha",
    "lora_dropout",
    "target_modules",
    "layers_to_transform",
    "peft_type",
    "task_type",
    "bias",
)


def fit_customer(base: Path, recipe: Recipe, limit: int, out: Path, say: Say) -> None:
    """Fit the adapter on the training part and write it to ``out``.

    ``base`` is the folder of the dequantised model; at most ``limit`` dialogues in standard
    language are used. The adapter is chosen by the loss on ``HELD_OUT`` further dialogues of the
    training part; the test part is read once, at the end, with and without the adapter, and the
    two losses go to ``out/figures.json``. A fit that was cut off goes on from its checkpoint in
    the cache.
    """
    tokenizer = AutoTokenizer.from_pretrained(base)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    plain = AutoModelForCausalLM.from_pretrained(base, dtype=torch.bfloat16).to(device)
    everything = corpus.read_corpus()
    split = corpus.read_split()
    standard = [d for d in split.train_part(everything) if standard_language(d)]
    drawn = random.Random(recipe.seed).sample(standard, len(standard))
    held_out = [example(d, tokenizer) for d in drawn[:HELD_OUT]]
    train = [example(d, tokenizer) for d in drawn[HELD_OUT : HELD_OUT + limit]]
    loss = CustomerLoss(plain, [example(d, tokenizer) for d in everything])
    # The loss has taken the rows it needs; the whole table would only fill memory.
    plain.set_output_embeddings(torch.nn.Identity())
    model = with_adapter(plain, recipe)
    say(f"{len(train)} dialogues, {sum(len(one.ids) for one in train)} tokens an epoch, {device}")
    folder = paths.cache() / "training" / "customer"
    fit = Fit(model, loss, train, held_out, recipe, folder, say)
    fit.run()
    best = load_file(folder / "best" / "adapter_model.safetensors")
    _write(best, folder / "best", out)
    test = {
        language: [
            example(d, tokenizer) for d in split.test_part(everything) if d.language == language
        ]
        for language in ("de", "en")
    }
    _restore(model, best)
    figures = {
        "recipe": asdict(recipe),
        "dialogues": len(train),
        "tokens_per_second": round(fit.progress.tokens / fit.progress.seconds, 1),
        "minutes": round(fit.progress.seconds / 60, 1),
        "peak_memory_gib": round(peak_memory() / 1024, 1),
        "held_out_loss": round(fit.progress.best_loss, 4),
        "test_loss": _test_losses(model, loss, test),
    }
    (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    say(json.dumps(figures))


def _test_losses(
    model: PeftModel, loss: CustomerLoss, test: dict[str, list[Example]]
) -> dict[str, dict[str, float]]:
    return {
        language: {
            "with": round(held_out_loss(model, loss, examples), 4),
            "without": round(_unadapted(model, loss, examples), 4),
        }
        for language, examples in test.items()
    }


def _unadapted(model: PeftModel, loss: CustomerLoss, examples: Sequence[Example]) -> float:
    with model.disable_adapter():
        return held_out_loss(model, loss, examples)


def _restore(model: PeftModel, adapter: dict[str, torch.Tensor]) -> None:
    named = dict(model.named_parameters())
    with torch.no_grad():
        for name, value in adapter.items():
            named[name.replace(".weight", ".default.weight")].copy_(value)


def _write(adapter: dict[str, torch.Tensor], fitted: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    halved = {name: value.to(torch.bfloat16) for name, value in adapter.items()}
    save_file(halved, out / "adapter_model.safetensors")
    config = json.loads((fitted / "adapter_config.json").read_text(encoding="utf-8"))
    kept = {name: config[name] for name in _CONFIG}
    kept["base_model_name_or_path"] = BASE
    (out / "adapter_config.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
