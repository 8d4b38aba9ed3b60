"""The heads of the scorer while they are fitted."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from simulator.domain.cue import Cue
from simulator.domain.score import Dimension
from simulator.scoring.heads import FARTHEST, Heads


class Pool(nn.Module):
    """:class:`Heads` while they are fitted."""

    def __init__(self, hidden: int, width: int, dropout: float) -> None:
        super().__init__()
        self.mean = nn.Parameter(torch.zeros(hidden), requires_grad=False)
        self.scale = nn.Parameter(torch.ones(hidden), requires_grad=False)
        self.project = nn.Linear(hidden, width)
        self.attend = nn.Linear(width, len(Dimension), bias=False)
        self.drop = nn.Dropout(dropout)
        seen = 2 * width + len(Cue)
        self.answers = nn.ModuleList(nn.Linear(seen, 2) for _ in Dimension)

    def forward(
        self, states: torch.Tensor, there: torch.Tensor, told: torch.Tensor
    ) -> torch.Tensor:
        """Return the two logits of each dimension, shape (turns, 3, 2).

        ``states`` has shape (turns, tokens, hidden), ``there`` (turns, tokens) marks the reply,
        ``told`` (turns, cues) are half the counts.
        """
        near = ((states - self.mean) / self.scale).clamp(-FARTHEST, FARTHEST)
        short = torch.relu(self.project(near))
        attended = self.attend(short).masked_fill(there[..., None] == 0, -math.inf).softmax(1)
        weighed = torch.einsum("nld,nlh->ndh", attended, short)
        plain = (short * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        rows = [
            answer(torch.cat([self.drop(torch.cat([weighed[:, i], plain], 1)), told], 1))
            for i, answer in enumerate(self.answers)
        ]
        return torch.stack(rows, 1)

    def heads(self, temperature: Sequence[float]) -> Heads:
        """Return what ships."""
        answers = [answer for answer in self.answers if isinstance(answer, nn.Linear)]
        return Heads(
            mean=_numbers(self.mean),
            scale=_numbers(self.scale),
            project=_numbers(self.project.weight),
            project_bias=_numbers(self.project.bias),
            attend=_numbers(self.attend.weight),
            answer=np.stack([_numbers(one.weight) for one in answers]),
            answer_bias=np.stack([_numbers(one.bias) for one in answers]),
            temperature=np.asarray(temperature, dtype=np.float32),
        )


def _numbers(tensor: torch.Tensor) -> NDArray[np.float32]:
    return np.asarray(tensor.detach().numpy(), dtype=np.float32)
