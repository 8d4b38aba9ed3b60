"""Who sees whom, what is remembered, and that grouping changes no result."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional
from transformers import Gemma3TextConfig, Qwen2Config

from simulator.lm.attention import Past, RoomyLayer, grouped_attention, tree_masks


def states(length: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(1, 2, length, 4, generator=torch.Generator().manual_seed(seed))


def test_a_layer_returns_all_it_was_given_however_much() -> None:
    layer, given = RoomyLayer(), []
    for seed, length in enumerate((1, 500, 30, 1, 700)):
        given.append(states(length, seed))
        keys, values = layer.update(given[-1], -given[-1])
        assert torch.equal(keys, torch.cat(given, 2))
        assert torch.equal(values, -torch.cat(given, 2))
    assert layer.get_seq_length() == 1232
    assert layer.get_mask_sizes(3) == (1235, 0)


def test_a_layer_does_not_copy_the_call_at_every_word() -> None:
    layer = RoomyLayer()
    layer.update(states(10), states(10))
    room = layer.keys.data_ptr()
    for _ in range(100):
        layer.update(states(1), states(1))
    assert layer.keys.data_ptr() == room


def test_a_layer_forgets_the_end_and_goes_on() -> None:
    layer, first, other = RoomyLayer(), states(8, 1), states(2, 2)
    layer.update(first, first)
    layer.keep(5)
    layer.keep(7)
    keys, _ = layer.update(other, other)
    assert torch.equal(keys, torch.cat([first[:, :, :5], other], 2))


@pytest.mark.parametrize(
    ("read", "asked", "shared"),
    [
        ([], [1, 2], 0),
        ([1, 2, 3], [1, 2, 3, 4], 3),
        ([1, 2, 3, 4], [1, 2], 2),
        ([1, 2, 3], [1, 5, 3], 1),
        ([1], [2], 0),
    ],
)
def test_how_much_two_texts_share(read: list[int], asked: list[int], shared: int) -> None:
    past = Past(2)
    past.tokens = read
    assert past.shared(asked) == shared


def test_the_past_forgets_tokens_and_states_together() -> None:
    past = Past(2)
    past.tokens = [1, 2, 3]
    for layer in range(2):
        past.cache.update(states(3), states(3), layer)
    past.keep(1)
    assert past.tokens == [1]
    assert past.cache.get_seq_length() == 1


def test_branches_see_the_past_and_themselves() -> None:
    owners = torch.tensor([-1, -1, 0, 1, 0, 1])
    positions = torch.tensor([0, 1, 2, 2, 3, 3])
    mask = tree_masks(Qwen2Config(layer_types=None), owners, positions, 2)
    shown = mask if isinstance(mask, torch.Tensor) else mask["full_attention"]
    assert shown.shape == (1, 1, 2, 6)
    assert shown[0, 0].int().tolist() == [[1, 1, 1, 0, 1, 0], [1, 1, 0, 1, 0, 1]]


def test_nobody_sees_what_comes_later() -> None:
    owners, positions = torch.full((4,), -1), torch.arange(4)
    mask = tree_masks(Qwen2Config(), owners, positions, 4)
    shown = mask if isinstance(mask, torch.Tensor) else mask["full_attention"]
    assert torch.equal(shown[0, 0], torch.ones(4, 4).tril().bool())


def test_sliding_layers_see_only_the_nearest_of_their_own_branch() -> None:
    config = Gemma3TextConfig(
        num_hidden_layers=2, layer_types=["sliding_attention", "full_attention"], sliding_window=2
    )
    owners = torch.tensor([-1, -1, -1, 0, 1])
    positions = torch.tensor([0, 1, 2, 3, 3])
    masks = tree_masks(config, owners, positions, 2)
    assert isinstance(masks, dict)
    assert masks["full_attention"][0, 0].int().tolist() == [[1, 1, 1, 1, 0], [1, 1, 1, 0, 1]]
    assert masks["sliding_attention"][0, 0].int().tolist() == [[0, 0, 1, 1, 0], [0, 0, 1, 0, 1]]


@pytest.mark.parametrize("groups", [1, 2, 6])
def test_grouped_attention_is_attention_with_repeated_keys(groups: int) -> None:
    random = torch.Generator().manual_seed(4)
    query = torch.randn(1, 6, 3, 8, generator=random)
    key = torch.randn(1, groups, 7, 8, generator=random)
    value = torch.randn(1, groups, 7, 8, generator=random)
    mask = torch.rand(1, 1, 3, 7, generator=random) < 0.6
    mask[..., 0] = True
    found, weights = grouped_attention(torch.nn.Module(), query, key, value, mask, scaling=0.3)
    expected = functional.scaled_dot_product_attention(
        query,
        key.repeat_interleave(6 // groups, 1),
        value.repeat_interleave(6 // groups, 1),
        attn_mask=mask,
        scale=0.3,
    )
    assert weights is None
    torch.testing.assert_close(found, expected.transpose(1, 2), atol=1e-5, rtol=1e-5)
