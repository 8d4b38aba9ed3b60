"""Attention for several candidates that share one past, and the cache it reads.

Candidates are drawn as branches of a tree over one sequence: each sees the common prompt and its
own words only. The past is kept once, whatever the number of candidates, and read once a step
(the idea of tree attention: Miao et al. 2023, SpecInfer, arXiv 2305.09781).
"""

from __future__ import annotations

import torch
from torch.nn import functional
from transformers import AttentionInterface, PretrainedConfig
from transformers.cache_utils import Cache, CacheLayerMixin

NAME = "hoerer_tree"
_GROWTH = 512


def grouped_attention(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor,
    scaling: float | None = None,
    **_unused: object,
) -> tuple[torch.Tensor, None]:
    """Attend without repeating keys and values for the query heads that share them.

    ``query`` (1, heads, new, size), ``key`` and ``value`` (1, groups, all, size),
    ``attention_mask`` (1, 1, new, all) of bool. Returns (1, new, heads, size).
    """
    heads, new, size = query.shape[1:]
    groups = key.shape[1]
    folded = query.reshape(1, groups, heads // groups * new, size)
    mask = attention_mask.expand(1, heads // groups, new, -1).reshape(1, 1, -1, key.shape[2])
    mixed = functional.scaled_dot_product_attention(
        folded, key, value, attn_mask=mask, scale=scaling
    )
    return mixed.reshape(1, heads, new, size).transpose(1, 2), None


AttentionInterface.register(NAME, grouped_attention)


class RoomyLayer(CacheLayerMixin):  # type: ignore[misc]
    """Keys and values of one layer in a buffer that grows in blocks.

    Joining tensors anew at every word would copy the whole call each time.
    """

    is_sliding = False
    is_croppable = True

    def __init__(self) -> None:
        super().__init__()
        self.length = 0

    def lazy_initialization(self, key_states: torch.Tensor, value_states: torch.Tensor) -> None:
        """Make an empty buffer shaped like the first states."""
        self.keys = key_states.new_empty((*key_states.shape[:2], 0, key_states.shape[3]))
        self.values = value_states.new_empty((*value_states.shape[:2], 0, value_states.shape[3]))
        self.is_initialized = True

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *_: object, **__: object
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Append states, shape (1, groups, new, size); return all of them."""
        if not self.is_initialized:
            self.lazy_initialization(key_states, value_states)
        end = self.length + key_states.shape[2]
        if end > self.keys.shape[2]:
            self._grow(end)
        self.keys[:, :, self.length : end] = key_states
        self.values[:, :, self.length : end] = value_states
        self.length = end
        return self.keys[:, :, :end], self.values[:, :, :end]

    def _grow(self, least: int) -> None:
        room = (least // _GROWTH + 1) * _GROWTH
        shape = (*self.keys.shape[:2], room, self.keys.shape[3])
        keys, values = self.keys.new_empty(shape), self.values.new_empty(shape)
        keys[:, :, : self.length] = self.keys[:, :, : self.length]
        values[:, :, : self.length] = self.values[:, :, : self.length]
        self.keys, self.values = keys, values

    def get_mask_sizes(self, query_length: int) -> tuple[int, int]:
        """Return how many states there will be, and the offset of the first."""
        return self.length + query_length, 0

    def get_seq_length(self) -> int:
        """Return how many states there are."""
        return self.length

    def get_max_length(self) -> int:
        """Return -1: no limit."""
        return -1

    def keep(self, length: int) -> None:
        """Forget all states after the first ``length``."""
        self.length = min(self.length, length)


class Past:
    """What the model has read: its tokens, and their states layer by layer.

    ``logits``, shape (1, vocabulary), say what comes after the last token.
    """

    def __init__(self, layers: int) -> None:
        self.tokens: list[int] = []
        self.logits: torch.Tensor | None = None
        self._layers = [RoomyLayer() for _ in range(layers)]
        self.cache = Cache(layers=self._layers)

    def shared(self, tokens: list[int]) -> int:
        """Return how many tokens from the start it has in common with ``tokens``."""
        pairs = zip(self.tokens, tokens, strict=False)
        return next(
            (place for place, (mine, other) in enumerate(pairs) if mine != other),
            min(len(self.tokens), len(tokens)),
        )

    def keep(self, length: int) -> None:
        """Forget everything after the first ``length`` tokens."""
        if length < len(self.tokens):
            self.logits = None
        del self.tokens[length:]
        for layer in self._layers:
            layer.keep(length)


def tree_masks(
    config: PretrainedConfig, owners: torch.Tensor, positions: torch.Tensor, new: int
) -> dict[str, torch.Tensor] | torch.Tensor:
    """Return who sees whom, for the last ``new`` tokens.

    ``owners`` and ``positions``, shape (all,), give the branch of each token (-1 for the common
    past) and its place in its own branch. A token sees the past and the earlier tokens of its own
    branch; sliding layers only the nearest ones.
    """
    mine, place = owners[-new:, None], positions[-new:, None]
    same = (owners[None, :] == -1) | (owners[None, :] == mine)
    visible = same & (positions[None, :] <= place)
    kinds = getattr(config, "layer_types", None)
    if not kinds:
        return visible[None, None]
    window = getattr(config, "sliding_window", None) or len(positions)
    near = visible & (place - positions[None, :] < window)
    return {
        kind: (near if kind == "sliding_attention" else visible)[None, None] for kind in set(kinds)
    }
