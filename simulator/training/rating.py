"""Fits the scorer: an adapter on the reader's upper layers together with the heads above them.

Low-rank adaptation after Hu et al. 2021 (arXiv 2106.09685) of layers 4 to 8 of the small model;
the four below stay as they are and are read once. Products in bfloat16, what is fitted in float32.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from peft import LoraConfig, PeftModel, get_peft_model
from peft.helpers import disable_input_dtype_casting
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional
from transformers import PreTrainedModel

from simulator.domain.score import Dimension
from simulator.lm.conversion import READER_LAYERS
from simulator.training.adapter import LINEARS
from simulator.training.lessons import UNLABELLED, Lesson, part_of
from simulator.training.pooling import Pool

BASE = "google/gemma-3-270m-it"
_SAMPLE = 320
_TINY = 1e-3


@dataclass(frozen=True)
class Recipe:
    """What was chosen for the fit; all of it stands in the scorer's card.

    ``lower`` layers are not fitted; ``apart`` weighs turns from other kinds of talk against those
    of the dialogues.
    """

    lower: int = 4
    rank: int = 16
    width: int = 64
    passes: float = 1.5
    learning_rate: float = 6e-4
    head_rate: float = 2e-3
    batch: int = 16
    dropout: float = 0.1
    apart: float = 2.0
    seed: int = 0


class RatingModel:
    """The fitted layers and the heads."""

    def __init__(self, base: Path, recipe: Recipe) -> None:
        torch.manual_seed(recipe.seed)
        upper = part_of(base, slice(recipe.lower, READER_LAYERS), torch.float32)
        self._recipe = recipe
        self.model = _adapted(upper, recipe.rank)
        self.pool = Pool(int(upper.config.hidden_size), recipe.width, recipe.dropout)

    def fit(self, lessons: Sequence[Lesson], say: Callable[[str], None]) -> None:
        """Fit on ``lessons``; each label of a dimension weighs as much as another."""
        self._standardise(lessons)
        adapter = [p for p in self.model.parameters() if p.requires_grad]
        recipe, weights = self._recipe, label_weights(lessons)
        optimizer = torch.optim.AdamW(
            [
                {"params": adapter, "lr": recipe.learning_rate, "weight_decay": 0.01},
                {"params": self.pool.parameters(), "lr": recipe.head_rate, "weight_decay": 0.05},
            ]
        )
        batches = self._batches(lessons)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: _share_of_rate(step, len(batches))
        )
        self.model.train()
        self.pool.train()
        recent = 0.0
        for step, batch in enumerate(batches, start=1):
            loss = _loss(self._logits(batch, lessons), batch, lessons, weights)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(adapter, 1.0)
            optimizer.step()
            schedule.step()
            recent += float(loss.detach()) / 50
            if step % 50 == 0:
                say(f"step {step}/{len(batches)}  loss {recent:.3f}")
                recent = 0.0

    def logits(self, lessons: Sequence[Lesson]) -> NDArray[np.float64]:
        """Return the two logits of each lesson and dimension, shape (lessons, 3, 2)."""
        self.model.eval()
        self.pool.eval()
        found = np.zeros((len(lessons), len(Dimension), 2))
        order = sorted(range(len(lessons)), key=lambda i: len(lessons[i].states))
        with torch.no_grad():
            for batch in _cut(order, self._recipe.batch):
                found[batch] = self._logits(batch, lessons).numpy()
        return found

    def means(self, lessons: Sequence[Lesson]) -> NDArray[np.float32]:
        """Return the mean state of each text as the fitted reader has it, (lessons, hidden)."""
        self.model.eval()
        found = []
        with torch.no_grad():
            for one in range(len(lessons)):
                states, there, _ = self._states([one], lessons)
                found.append(states[there > 0].mean(0).numpy())
        return np.stack(found)

    def save_adapter(self, folder: Path) -> None:
        """Write the adapter as one for the whole model, in half precision."""
        tensors = {
            _whole(name, self._recipe.lower): parameter.detach().to(torch.bfloat16).contiguous()
            for name, parameter in self.model.named_parameters()
            if parameter.requires_grad
        }
        save_file(tensors, folder / "adapter_model.safetensors")
        config = {"r": self._recipe.rank, "lora_alpha": 2 * self._recipe.rank, "peft_type": "LORA"}
        config["base_model_name_or_path"] = BASE
        (folder / "adapter_config.json").write_text(json.dumps(config, indent=1) + "\n", "utf-8")

    def _standardise(self, lessons: Sequence[Lesson]) -> None:
        drawn = random.Random(self._recipe.seed).sample(
            range(len(lessons)), min(_SAMPLE, len(lessons))
        )
        with torch.no_grad():
            read = []
            for batch in _cut(drawn, self._recipe.batch):
                states, there, _ = self._states(batch, lessons)
                read.append(states[there > 0])
            whole = torch.cat(read)
            self.pool.mean.copy_(whole.mean(0))
            self.pool.scale.copy_(whole.std(0) + _TINY)

    def _batches(self, lessons: Sequence[Lesson]) -> list[list[int]]:
        """Return the places of lessons of about one length, in another order each pass."""
        chance = random.Random(self._recipe.seed)
        whole: list[list[int]] = []
        for _ in range(math.ceil(self._recipe.passes)):
            lengths = [len(one.states) + chance.gauss(0, 8) for one in lessons]
            order = sorted(range(len(lessons)), key=lengths.__getitem__)
            batches = list(_cut(order, self._recipe.batch))
            chance.shuffle(batches)
            whole += batches
        return whole[: round(self._recipe.passes * len(lessons) / self._recipe.batch)]

    def _logits(self, batch: list[int], lessons: Sequence[Lesson]) -> torch.Tensor:
        states, there, told = self._states(batch, lessons)
        found: torch.Tensor = self.pool(states, there, told)
        return found

    def _states(
        self, batch: list[int], lessons: Sequence[Lesson]
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        chosen = [lessons[i] for i in batch]
        below = nn.utils.rnn.pad_sequence([one.states for one in chosen], batch_first=True)
        place = torch.arange(below.shape[1])
        read = torch.stack([(place < len(one.states)).long() for one in chosen])
        own = torch.stack([(place >= one.begins) & (place < len(one.states)) for one in chosen])
        inner = self.model.get_base_model()
        with disable_input_dtype_casting(self.model), torch.autocast("cpu", torch.bfloat16):
            states = inner(
                inputs_embeds=below.float(), attention_mask=read, use_cache=False
            ).last_hidden_state
        told = torch.from_numpy(np.stack([one.counts for one in chosen]) / 2)
        return states.float(), own.float(), told


def _adapted(model: PreTrainedModel, rank: int) -> PeftModel:
    config = LoraConfig(
        r=rank,
        lora_alpha=2 * rank,
        target_modules=LINEARS,
    )
    return get_peft_model(model, config)


def _loss(
    logits: torch.Tensor, batch: list[int], lessons: Sequence[Lesson], weights: torch.Tensor
) -> torch.Tensor:
    labels = torch.tensor([lessons[i].labels for i in batch])
    above = torch.stack([labels > 0, labels > 1], -1).float()
    each = functional.binary_cross_entropy_with_logits(logits, above, reduction="none").mean(-1)
    own = weights[batch]
    return (each * own).sum() / own.sum().clamp(min=_TINY)


def label_weights(lessons: Sequence[Lesson]) -> torch.Tensor:
    """Return how much each label counts, shape (lessons, 3); 0 where there is none."""
    labels = np.asarray([one.labels for one in lessons])
    own = np.asarray([one.weight for one in lessons])
    found = np.zeros(labels.shape, np.float32)
    for column in range(labels.shape[1]):
        known = labels[:, column] != UNLABELLED
        many = np.bincount(labels[known, column], minlength=3)
        found[known, column] = own[known] * known.sum() / 3 / many[labels[known, column]]
    return torch.from_numpy(found)


def _share_of_rate(step: int, steps: int) -> float:
    """Return the share of the highest learning rate: a short way up, a long one down."""
    return min(1.0, (step + 1) / 60) * (
        0.05 + 0.95 * (1 + math.cos(math.pi * min(step / steps, 1.0))) / 2
    )


def _cut(order: Sequence[int], size: int) -> Iterator[list[int]]:
    for place in range(0, len(order), size):
        yield list(order[place : place + size])


def _whole(name: str, lower: int) -> str:
    """Return the name of a fitted weight in the whole model of :func:`merge_adapter`."""
    head, _, tail = name.partition(".layers.")
    layer, _, rest = tail.partition(".")
    inner = f"{head.removeprefix('base_model.model')}.layers.{int(layer) + lower}.{rest}"
    return "base_model.model.model" + inner.replace(".default.weight", ".weight")
