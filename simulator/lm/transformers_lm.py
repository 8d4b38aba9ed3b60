"""A prepared causal model of transformers on the CPU."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

from simulator.lm import quantised
from simulator.lm.attention import Past, tree_masks
from simulator.lm.base import Cancelled, Chunk, Request, Weight, never
from simulator.lm.chat import Wording
from simulator.lm.prepare import loading
from simulator.lm.sampling import Draft, draw

_PASTS = 2
"""Texts whose states are kept: the call, and one beside it."""
_BLOCK = 32
"""Tokens of a prompt that are read together, after the first one.

Activations are rounded by the largest of all that are read together. The blocks begin at the same
places whatever was read before, so a prompt always has the same states and a seed the same words.
The first token has far larger activations than any other: read alone, it spoils no other's scale.
"""


class TransformersLM:
    """A speaking model; see :class:`simulator.lm.base.LanguageModel`.

    What has been read of a prompt is kept, so that the next prompt that begins the same way is
    read only from the block where it differs. Not for two threads at once.
    """

    def __init__(self, folder: Path) -> None:
        with loading(folder) as described:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._wording = Wording(self._tokenizer, described.bos, described.chat)
            self._model = quantised.load(folder)
        self.name = described.title
        self.fingerprint = f"{described.sha256[:16]}+{described.adapter[:16]}"
        self._end = frozenset(described.end)
        self._depth = int(self._model.config.num_hidden_layers)
        self._hidden = int(self._model.config.hidden_size)
        self._middle = torch.zeros(0, self._hidden)
        layers = self._model.base_model.layers
        layers[(self._depth + 1) // 2 - 1].register_forward_hook(self._overhear)
        self._pasts = [Past(self._depth)]

    def generate(self, request: Request, cancelled: Cancelled = never) -> Iterator[Chunk]:
        """Yield the candidates piece by piece as they are made."""
        random = torch.Generator().manual_seed(request.seed)
        past, logits = self._read(self._wording.prompt(request.prompt))
        start = len(past.tokens)
        drafts = [Draft(index) for index in range(request.candidates)]
        owners: list[int] = []
        rows = logits.expand(len(drafts), -1)
        alive = drafts
        try:
            while alive and not cancelled():
                tokens, likelihoods = draw(rows, request, random)
                for one, token, likely in zip(alive, tokens, likelihoods, strict=True):
                    if token in self._end:
                        one.end()
                    else:
                        one.add(token, likely, self._tokenizer, request)
                    weight = one.weight(self._hidden) if one.done else None
                    yield Chunk(one.index, one.news(), one.done, one.finished, weight)
                alive = [one for one in alive if not one.done]
                if alive:
                    fresh = [one.index for one in alive]
                    rows = self._grow(past, [one.tokens[-1] for one in alive], owners, fresh)
                    for one, state in zip(alive, self._middle, strict=True):
                        one.hear(state)
        finally:
            past.keep(start)

    def weigh(self, prompt: str, continuations: Sequence[str]) -> list[Weight]:
        """Weigh each continuation of ``prompt``; one without words is infinitely unlikely."""
        texts = [self._wording.continuation(text) for text in continuations]
        past, logits = self._read(self._wording.prompt(prompt))
        start = len(past.tokens)
        # The last token of a text needs no successor, so it is not read.
        read = [token for text in texts for token in text[:-1]]
        owners = [place for place, text in enumerate(texts) for _ in text[:-1]]
        rows = self._grow(past, read, [], owners) if read else logits[:0]
        states = self._middle if read else torch.zeros(0, self._hidden)
        past.keep(start)
        found, place = [], 0
        for text in texts:
            own = slice(place, place := place + max(0, len(text) - 1))
            found.append(self._weight(text, torch.cat([logits, rows[own]]), states[own]))
        return found

    def _weight(self, text: list[int], rows: torch.Tensor, states: torch.Tensor) -> Weight:
        """Weigh ``text`` by the logits before each token and the states of all but the last."""
        mean = states.mean(0) if len(states) else torch.zeros(self._hidden)
        if not text:
            return Weight(float("-inf"), mean.numpy())
        chosen = torch.log_softmax(rows, -1).gather(1, torch.tensor(text)[:, None])
        return Weight(float(chosen.mean()), mean.numpy())

    def _read(self, ids: list[int]) -> tuple[Past, torch.Tensor]:
        """Bring a kept text to exactly ``ids``; return it and the logits, shape (1, vocabulary)."""
        past = max(self._pasts, key=lambda one: one.shared(ids))
        head = self._wording.head
        if max(0, past.shared(ids) - head) * 2 < len(past.tokens) - head:
            # Another text: it takes the place of the one that has not been read for longest.
            past = Past(self._depth) if len(self._pasts) < _PASTS else self._pasts[-1]
        self._pasts = [past, *(one for one in self._pasts if one is not past)][:_PASTS]
        if past.tokens == ids and past.logits is not None:
            return past, past.logits
        past.keep(_whole_blocks(min(past.shared(ids), len(ids) - 1)))
        while len(past.tokens) < len(ids):
            begin = len(past.tokens)
            block = ids[begin : begin + _BLOCK] if begin else ids[:1]
            states = self._forward(past, block, [-1] * len(block), [])
            past.tokens.extend(block)
        past.logits = self._logits(states[-1:])
        return past, past.logits

    def _grow(
        self, past: Past, tokens: list[int], owners: list[int], fresh: list[int]
    ) -> torch.Tensor:
        """Read ``tokens`` on the branches ``fresh``; return their logits, shape (new, vocabulary).

        ``owners`` are the branches of the tokens read since the common past; it grows.
        """
        before = list(owners)
        owners.extend(fresh)
        return self._logits(self._forward(past, tokens, fresh, before))

    def _forward(
        self, past: Past, tokens: list[int], owners: list[int], before: list[int]
    ) -> torch.Tensor:
        """Return the last states, shape (new, hidden)."""
        every = torch.tensor([-1] * len(past.tokens) + before + owners)
        positions = _positions(every)
        new = len(tokens)
        with torch.inference_mode():
            embedded = self._model.get_input_embeddings()(torch.tensor([tokens])).float()
            states: torch.Tensor = self._model.base_model(
                inputs_embeds=embedded,
                attention_mask=tree_masks(self._model.config, every, positions, new),
                position_ids=positions[None, -new:],
                past_key_values=past.cache,
                use_cache=True,
            ).last_hidden_state[0]
        return states

    def _overhear(self, _layer: nn.Module, _arguments: object, states: torch.Tensor) -> None:
        """Keep what the middle layer made of the tokens just read, shape (new, hidden)."""
        self._middle = states[0]

    def _logits(self, states: torch.Tensor) -> torch.Tensor:
        with torch.inference_mode():
            logits: torch.Tensor = self._model.get_output_embeddings()(states)
        return logits


def _whole_blocks(length: int) -> int:
    """Return how many of the first ``length`` tokens lie in whole blocks."""
    return 1 + (length - 1) // _BLOCK * _BLOCK if length else 0


def _positions(owners: torch.Tensor) -> torch.Tensor:
    """Return each token's place in its own branch: the common past, then its own words."""
    common = int((owners == -1).sum())
    positions = torch.arange(len(owners))
    for branch in sorted(set(owners.tolist())):
        if branch >= 0:
            mine = owners == branch
            positions[mine] = common + torch.arange(int(mine.sum()))
    return positions
