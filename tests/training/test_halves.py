"""The model cut in two says what the whole one says."""

import copy

import torch

from simulator.training.dialogues import Example
from simulator.training.halves import cut_in_two
from tests.lm.tiny import qwen

IDS = tuple(range(5, 25))


def test_both_halves_together_come_close_to_the_whole(tmp_path):
    torch.manual_seed(0)
    whole = qwen(700)
    plain = copy.deepcopy(whole)
    lower = cut_in_two(plain, 1, tmp_path, "tiny")
    with torch.no_grad():
        expected = whole.base_model(input_ids=torch.tensor([IDS])).last_hidden_state
        states = lower(Example(IDS, IDS)).float()
        got = plain.base_model(inputs_embeds=states).last_hidden_state
    # 8 bits below, bfloat16 between
    assert torch.nn.functional.cosine_similarity(expected, got, dim=-1).min() > 0.99


def test_what_was_read_is_kept_for_the_next_fit(tmp_path):
    lower = cut_in_two(qwen(700), 1, tmp_path, "tiny")
    first = lower(Example(IDS, IDS))
    lower._inner = None
    assert torch.equal(lower(Example(IDS, IDS)), first)
    assert len(list(tmp_path.glob("*.safetensors"))) == 1


def test_layers_are_shared_out(tmp_path):
    plain = qwen(700)
    depth = plain.config.num_hidden_layers
    lower = cut_in_two(plain, 1, tmp_path, "tiny")
    assert len(plain.base_model.layers) == 1
    assert len(lower._inner.layers) == depth - 1
