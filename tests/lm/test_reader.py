"""The lower half of a small model gives a state for each token."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

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
    expected = states[1 + len(before) :].numpy()
    [[_, found]] = HalfModel(prepared).read([("Kunde: Na endlich.\nSie:", " Das ist ärgerlich!")])
    # Read in half precision.
    np.testing.assert_allclose(found.states, expected, rtol=0, atol=0.05 * np.abs(expected).max())


def test_tokens_know_their_characters(prepared: Path) -> None:
    text = " Das ist ärgerlich!"
    [[_, found]] = HalfModel(prepared).read([("Kunde:", text)])
    assert len(found.spans) == len(found.states)
    assert found.spans[0][0] == 0
    assert found.spans[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(found.spans.tolist()))


def test_what_stands_before_counts(prepared: Path) -> None:
    reader = HalfModel(prepared)
    first, other = state(reader, "Na endlich.", " Gut."), state(reader, "Danke!", " Gut.")
    assert first.shape[1] == 32
    assert first.dtype == np.float32
    assert not np.allclose(first, other)
    np.testing.assert_array_equal(first, state(reader, "Na endlich.", " Gut."))


def test_texts_read_together_are_read_as_alone(prepared: Path) -> None:
    reader = HalfModel(prepared)
    texts = [("Na endlich.", " Gut."), ("Danke!", " Das ist ärgerlich, drei Wochen!"), ("", "")]
    for text, (_, together) in zip(texts, reader.read(texts), strict=True):
        alone = state(reader, *text)
        assert together.states.shape == alone.shape
        np.testing.assert_allclose(
            together.states, alone, rtol=0, atol=0.05 * np.abs(alone).max(initial=1)
        )


def test_a_part_is_read_as_if_nothing_came_after_it(prepared: Path) -> None:
    reader = HalfModel(prepared)
    [[first, _]] = reader.read([("Na endlich.", " Gut.")])
    [[alone]] = reader.read([("Na endlich.",)])
    np.testing.assert_allclose(
        first.states, alone.states, rtol=0, atol=0.05 * np.abs(alone.states).max()
    )
    np.testing.assert_array_equal(first.spans, alone.spans)


def test_a_very_long_text_is_read_up_to_the_limit(prepared: Path) -> None:
    tokenizer = Tokenizer.from_file(str(prepared / "tokenizer.json"))
    words = " Das ist ärgerlich!" * 300
    longest = tokenizer.encode(words, add_special_tokens=False).ids[:LONGEST]
    reader = HalfModel(prepared)
    shown = tokenizer.decode(longest)
    assert len(state(reader, "", words)) == LONGEST
    np.testing.assert_array_equal(state(reader, "", words), state(reader, "", shown))


def test_an_empty_text_has_no_tokens(prepared: Path) -> None:
    assert state(HalfModel(prepared), "Na endlich.", "").shape == (0, 32)


def state(reader: HalfModel, prefix: str, text: str) -> NDArray[np.float32]:
    """Return the states of one text."""
    return reader.read([(prefix, text)])[0][1].states
