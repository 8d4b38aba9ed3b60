"""The fit itself, on a random model of three small layers."""

import pytest
import torch

from simulator.lm.conversion import merge_adapter
from simulator.training.adapter import CustomerLoss, Fit, Recipe, held_out_loss, with_adapter
from simulator.training.corpus import train_part
from simulator.training.customer import _write
from simulator.training.dialogues import Example, example
from simulator.training.halves import cut_in_two
from tests.lm.tiny import byte_level, qwen, wrapped

RECIPE = Recipe(rank=2, layers=2, epochs=2, learning_rate=0.02, batch=2)


@pytest.fixture(scope="module")
def examples():
    tokenizer = wrapped(byte_level())
    whole = [example(dialogue, tokenizer) for dialogue in train_part()[:6]]
    return [Example(one.ids[:900], one.labels[:900]) for one in whole]


def fit(examples, folder, recipe=RECIPE):
    torch.manual_seed(0)
    plain = qwen(700)
    lower = cut_in_two(plain, recipe.layers, folder / "states", "tiny")
    loss = CustomerLoss(plain, examples, lower)
    made = Fit(with_adapter(plain, recipe), loss, examples[:4], examples[4:], recipe, folder, print)
    # Dropout draws anew after a break; without it the two courses are the same.
    for module in made.model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    return made


class PowerCutError(Exception):
    pass


def alike(one, other):
    return float(torch.nn.functional.cosine_similarity(one, other, dim=-1).mean())


def test_the_held_out_loss_falls_and_the_best_is_kept(examples, tmp_path):
    made = fit(examples, tmp_path)
    before = held_out_loss(made.model, made.loss, examples[4:])
    made.run()
    assert made.progress.best_loss < before
    assert (tmp_path / "best" / "adapter_model.safetensors").is_file()


def test_only_the_upper_layers_are_adapted(examples, tmp_path):
    names = [n for n, p in fit(examples, tmp_path).model.named_parameters() if p.requires_grad]
    assert names
    assert {name.split(".layers.")[1].split(".")[0] for name in names} == {"0", "1"}


def test_a_fit_cut_off_goes_on_to_the_same_end(examples, tmp_path):
    whole = fit(examples, tmp_path / "whole")
    whole.run()

    cut = fit(examples, tmp_path / "cut")
    said = iter(range(2))

    def say(text):
        if text.startswith("held-out") and next(said, None) is None:
            cut._save()
            raise PowerCutError

    cut._say = say
    with pytest.raises(PowerCutError):
        cut.run()
    again = fit(examples, tmp_path / "cut")
    again.run()

    assert again.progress.step == whole.progress.step == whole.steps
    for one, other in zip(whole._fitted, again._fitted, strict=True):
        assert torch.allclose(one, other, atol=1e-5)


def test_the_written_adapter_merges_into_the_weights_it_was_fitted_on(examples, tmp_path):
    made = fit(examples, tmp_path)
    made.run()
    adapter = {
        name.replace(".default", ""): p.detach()
        for name, p in made.model.named_parameters()
        if p.requires_grad
    }
    _write(adapter, tmp_path / "best", tmp_path / "out", 1)
    ids = torch.tensor([examples[0].ids[:40]])
    made.model.eval()
    torch.manual_seed(0)
    merged = qwen(700).eval()
    merge_adapter(merged, tmp_path / "out")
    inner = made.model.get_base_model().model
    with torch.no_grad():
        states = made.loss._lower(Example(examples[0].ids[:40], examples[0].labels[:40]))
        fitted = inner(inputs_embeds=states.float()).last_hidden_state
        whole = merged.base_model(input_ids=ids).last_hidden_state
        without = qwen(700).eval().base_model(input_ids=ids).last_hidden_state
    # 8 bits below the cut; what the adapter does is far more than that
    assert alike(fitted, whole) > 0.995
    assert alike(fitted, without) < 0.98
