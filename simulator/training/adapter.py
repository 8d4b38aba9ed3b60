"""Fits the customer's adapter: LoRA on the upper half of the model, loss on customer turns only.

The layers below are frozen and read once per example (:mod:`simulator.training.halves`); logits
are made only where the loss falls, products in bfloat16, the adapter itself in float32. Low-rank
adaptation after Hu et al. 2021 (arXiv 2106.09685).
"""

from __future__ import annotations

import math
import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from peft.helpers import disable_input_dtype_casting
from torch.nn import functional
from transformers import PreTrainedModel

from simulator.training.dialogues import IGNORED, Example

CHECKPOINT_SECONDS = 600.0

LINEARS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
"""The linear maps of a layer: all of them are adapted."""


@dataclass(frozen=True)
class Recipe:
    """What was chosen for the fit; all of it stands in the adapter's card."""

    rank: int = 16
    layers: int = 14
    epochs: int = 1
    learning_rate: float = 2e-4
    batch: int = 2
    seed: int = 20261122


@dataclass
class Progress:
    """How far a fit has come; saved with every checkpoint."""

    step: int = 0
    best_loss: float = math.inf
    tokens: int = 0
    seconds: float = 0.0


def with_adapter(model: PreTrainedModel, recipe: Recipe) -> PeftModel:
    """Put a fresh adapter on all layers of ``model``, which has been cut in two before.

    No dropout: drawing it took half the time of a fit of one pass, which does not overfit.
    """
    config = LoraConfig(
        r=recipe.rank,
        lora_alpha=2 * recipe.rank,
        lora_dropout=0.0,
        target_modules=LINEARS,
        task_type="CAUSAL_LM",
    )
    return get_peft_model(model, config)


class CustomerLoss:
    """Mean cross-entropy per customer token, over the tokens the examples use.

    ``vocabulary`` holds the ids, shape (kept,), that compete in the softmax: the same for the
    model with and without adapter, so that the two losses compare. ``lower`` gives an example's
    states below the fitted layers.
    """

    def __init__(
        self,
        model: PreTrainedModel,
        examples: Sequence[Example],
        lower: Callable[[Example], torch.Tensor],
    ) -> None:
        self._lower = lower
        used = {token for one in examples for token in one.ids}
        self.vocabulary = torch.tensor(sorted(used))
        self._place = {int(token): place for place, token in enumerate(self.vocabulary)}
        device = next(model.parameters()).device
        self._device = device
        output = model.get_output_embeddings().weight.detach()
        self._output = output[self.vocabulary.to(device)].clone()

    def __call__(self, model: torch.nn.Module, one: Example) -> tuple[torch.Tensor, int]:
        """Return the summed loss of an example and how many tokens it fell on."""
        hidden = model(inputs_embeds=self._lower(one)).last_hidden_state[0, :-1]
        where = [i for i, label in enumerate(one.labels[1:]) if label != IGNORED]
        wanted = [self._place[one.labels[i + 1]] for i in where]
        logits = (hidden[where] @ self._output.T).float()
        target = torch.tensor(wanted, device=self._device)
        return functional.cross_entropy(logits, target, reduction="sum"), len(where)


@contextmanager
def lean(model: PeftModel) -> Iterator[None]:
    """Multiply in bfloat16 without turning every activation to float32 and back."""
    device = next(model.parameters()).device.type
    with disable_input_dtype_casting(model), torch.autocast(device, torch.bfloat16):
        yield


def held_out_loss(model: PeftModel, loss: CustomerLoss, examples: Sequence[Example]) -> float:
    """Return the mean loss per customer token over ``examples``."""
    total, count = 0.0, 0
    inner = model.get_base_model().model
    model.eval()
    with torch.no_grad(), lean(model):
        for one in examples:
            value, tokens = loss(inner, one)
            total, count = total + float(value), count + tokens
    return total / count


class Fit:
    """A fit that can be cut off at any time and goes on from its last checkpoint."""

    def __init__(
        self,
        model: PeftModel,
        loss: CustomerLoss,
        train: Sequence[Example],
        held_out: Sequence[Example],
        recipe: Recipe,
        folder: Path,
        say: Callable[[str], None],
    ) -> None:
        self.model, self.loss, self.recipe, self.folder = model, loss, recipe, folder
        self._train, self._held_out, self._say = train, held_out, say
        self._fitted = [p for p in model.parameters() if p.requires_grad]
        self._optimizer = torch.optim.AdamW(self._fitted, lr=recipe.learning_rate)
        self.progress = Progress()

    @property
    def steps(self) -> int:
        """Updates in the whole fit."""
        return self.recipe.epochs * math.ceil(len(self._train) / self.recipe.batch)

    def run(self) -> None:
        """Fit to the end; the best adapter by held-out loss lies in ``folder/best``."""
        self._resume()
        inner = self.model.get_base_model().model
        saved = began = time.monotonic()
        before = self.progress.seconds
        check = max(1, self.steps // 3)
        while self.progress.step < self.steps:
            self._update(inner, self._batch(self.progress.step))
            self.progress.step += 1
            self.progress.seconds = before + time.monotonic() - began
            if self.progress.step % check == 0 or self.progress.step == self.steps:
                self._judge()
            if time.monotonic() - saved > CHECKPOINT_SECONDS:
                self._save()
                saved = time.monotonic()
        self._save()

    def _batch(self, step: int) -> list[Example]:
        size = self.recipe.batch
        per_epoch = math.ceil(len(self._train) / size)
        epoch, place = divmod(step, per_epoch)
        order = random.Random(self.recipe.seed + epoch).sample(
            range(len(self._train)), len(self._train)
        )
        return [self._train[i] for i in order[place * size : (place + 1) * size]]

    def _update(self, inner: torch.nn.Module, batch: list[Example]) -> None:
        self.model.train()
        for group in self._optimizer.param_groups:
            group["lr"] = self._learning_rate()
        count = sum(label != IGNORED for one in batch for label in one.labels[1:])
        total = 0.0
        for one in batch:
            with lean(self.model):
                value, _ = self.loss(inner, one)
            torch.autograd.backward(value / count)
            total += float(value.detach())
            self.progress.tokens += len(one.ids)
        torch.nn.utils.clip_grad_norm_(self._fitted, 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        speed = self.progress.tokens / self.progress.seconds if self.progress.seconds else 0.0
        self._say(
            f"step {self.progress.step + 1}/{self.steps}  loss {total / count:.3f}  "
            f"{speed:.0f} tokens/s"
        )

    def _learning_rate(self) -> float:
        warmup = max(1, self.steps // 20)
        if self.progress.step < warmup:
            return self.recipe.learning_rate * (self.progress.step + 1) / warmup
        share = (self.progress.step - warmup) / max(1, self.steps - warmup)
        return self.recipe.learning_rate * (0.05 + 0.95 * (1 + math.cos(math.pi * share)) / 2)

    def _judge(self) -> None:
        loss = held_out_loss(self.model, self.loss, self._held_out)
        self._say(f"held-out loss {loss:.4f} after step {self.progress.step}")
        if loss < self.progress.best_loss:
            self.progress.best_loss = loss
            self.model.save_pretrained(self.folder / "best")

    def _save(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        state = {
            "progress": vars(self.progress),
            "optimizer": self._optimizer.state_dict(),
            "adapter": {n: p for n, p in self.model.named_parameters() if p.requires_grad},
        }
        fresh = self.folder / "checkpoint.new"
        torch.save(state, fresh)
        fresh.replace(self.folder / "checkpoint.pt")

    def _resume(self) -> None:
        file = self.folder / "checkpoint.pt"
        if not file.is_file():
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        state = torch.load(file, weights_only=True)
        self.progress = Progress(**state["progress"])
        self._optimizer.load_state_dict(state["optimizer"])
        named = dict(self.model.named_parameters())
        with torch.no_grad():
            for name, value in state["adapter"].items():
                named[name].copy_(value)
        self._say(f"going on from step {self.progress.step}")
