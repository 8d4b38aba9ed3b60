"""Candidates in the making: which token comes next, and when a text is done."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import torch
from tokenizers import Tokenizer

from simulator.lm.base import Request, Weight

_LIKELIEST = 256
"""Only so many tokens compete for a draw: to sort a whole vocabulary takes as long as a layer."""


def draw(
    logits: torch.Tensor, request: Request, random: torch.Generator
) -> tuple[list[int], list[float]]:
    """Draw a token for each row of ``logits``, shape (rows, vocabulary).

    Returns the tokens and their log probabilities under the model itself (at temperature 1), so
    that candidates compare whatever the temperature. Nucleus sampling after Holtzman et al. 2020.
    """
    best, order = logits.topk(min(_LIKELIEST, logits.shape[-1]))
    heated = torch.softmax(best / max(request.temperature, 1e-4), -1)
    heated[heated.cumsum(-1) - heated >= request.top_p] = 0
    place = torch.multinomial(heated, 1, generator=random)
    exact = best.gather(-1, place)[:, 0] - logits.logsumexp(-1)
    return order.gather(-1, place)[:, 0].tolist(), exact.tolist()


@dataclass
class Draft:
    """One candidate while it grows.

    ``told`` is how much of its text has been given out; ``states`` is the sum of the middle states
    of its tokens that have been read, shape (hidden,).
    """

    index: int
    tokens: list[int] = field(default_factory=list)
    text: str = ""
    told: int = 0
    log_probability: float = 0.0
    states: torch.Tensor | float = 0.0
    read: int = 0
    done: bool = False
    finished: bool = False

    def add(
        self, token: int, log_probability: float, tokenizer: Tokenizer, request: Request
    ) -> None:
        """Append a token and see whether the text is done."""
        self.tokens.append(token)
        self.log_probability += log_probability
        self.text = tokenizer.decode(self.tokens, skip_special_tokens=True)
        ends = [place for stop in request.stop if (place := self.text.find(stop)) >= 0]
        pause = _pause(self.text, request)
        if ends and (pause is None or min(ends) <= pause):
            self.text, self.done, self.finished = self.text[: min(ends)], True, True
        elif pause is not None:
            self.text, self.done = self.text[:pause], True
        elif len(self.tokens) >= request.max_tokens:
            self.done = True

    def hear(self, state: torch.Tensor) -> None:
        """Take in the middle state of the last token, shape (hidden,)."""
        self.states = self.states + state
        self.read += 1

    def end(self) -> None:
        """The model itself has ended the text."""
        self.done = self.finished = True

    def news(self) -> str:
        """Return what has not been given out yet; half a letter waits for its other half."""
        ready = self.text if self.done else self.text.rstrip("\ufffd")
        fresh = ready[self.told :]
        self.told = max(self.told, len(ready))
        return fresh

    def weight(self, hidden: int) -> Weight:
        """Return what the model makes of the text; ``hidden`` is the width of its states."""
        state = torch.zeros(hidden) + self.states / max(1, self.read)
        return Weight(self.log_probability / max(1, len(self.tokens)), state.numpy())


def _pause(text: str, request: Request) -> int | None:
    """Return where the opening clause ends: after a mark that is followed by white space."""
    if not request.pause_at:
        return None
    for mark in re.finditer(rf"[{re.escape(request.pause_at)}](?=\s)", text):
        if len(text[: mark.end()].split()) >= request.pause_after:
            return mark.end()
    return None
