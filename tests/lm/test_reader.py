"""The lower half of a small model gives one vector a text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from simulator.errors import ModelError
from simulator.lm.conversion import READER_LAYERS
from simulator.lm.reader import LONGEST, HalfModel
from tests.lm import tiny


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tokenizer = tiny.wrapped(tiny.byte_fallback(), bos="<bos>")
    model = tiny.gemma(len(tokenizer), layers=READER_LAYERS + 4).to(torch.bfloat16)
    return tiny.prepared(model, tokenizer, "reader", tmp_path_factory.mktemp("m") / "tiny")


def test_the_states_are_those_in_the_middle_of_the_whole_model(prepared: Path) -> None:
    tokenizer = tiny.wrapped(tiny.byte_fallback(), bos="<bos>")
    whole = tiny.gemma(len(tokenizer), layers=READER_LAYERS + 4).to(torch.bfloat16).float()
    before = tokenizer("Kunde: Na endlich.\nSie:", add_special_tokens=False).input_ids
    own = tokenizer(" Das ist ärgerlich!", add_special_tokens=False).input_ids
    with torch.inference_mode():
        states = whole(
            torch.tensor([[tokenizer.bos_token_id, *before, *own]]), output_hidden_states=True
        ).hidden_states[READER_LAYERS][0]
    expected = states[1 + len(before) :].mean(0).numpy()
    found = HalfModel(prepared).encode("Kunde: Na endlich.\nSie:", " Das ist ärgerlich!")
    # The rows of the vocabulary are scaled in half precision.
    np.testing.assert_allclose(found, expected, rtol=0, atol=0.02 * np.abs(expected).max())


def test_what_stands_before_counts(prepared: Path) -> None:
    reader = HalfModel(prepared)
    first, other = reader.encode("Na endlich.", " Gut."), reader.encode("Danke!", " Gut.")
    assert first.shape == (32,)
    assert first.dtype == np.float32
    assert not np.allclose(first, other)
    np.testing.assert_array_equal(first, reader.encode("Na endlich.", " Gut."))


def test_a_very_long_text_is_read_up_to_the_limit(prepared: Path) -> None:
    tokenizer = Tokenizer.from_file(str(prepared / "tokenizer.json"))
    words = " Das ist ärgerlich!" * 300
    longest = tokenizer.encode(words, add_special_tokens=False).ids[:LONGEST]
    reader = HalfModel(prepared)
    shown = tokenizer.decode(longest)
    np.testing.assert_allclose(
        reader.encode("", words), reader.encode("", shown), rtol=1e-3, atol=1e-3
    )


def test_an_empty_text_is_a_vector_of_numbers(prepared: Path) -> None:
    assert np.isfinite(HalfModel(prepared).encode("Na endlich.", "")).all()


def test_a_folder_without_a_prepared_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not_prepared"):
        HalfModel(tmp_path)
