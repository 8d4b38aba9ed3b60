"""The cut keeps German and English as they were, and still reads everything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Encoding, Tokenizer

from simulator.lm.vocabulary import cut
from tests.lm import tiny

MADE = {"byte_level": tiny.byte_level(), "byte_fallback": tiny.byte_fallback()}
SPECIAL = frozenset({tiny.END, "<bos>", "<unk>"})


def smaller(name: str) -> tuple[Tokenizer, list[int]]:
    file, ids = cut(json.loads(MADE[name].to_str()), SPECIAL)
    return Tokenizer.from_str(json.dumps(file)), ids


def encoded(tokenizer: Tokenizer, text: str) -> Encoding:
    return tokenizer.encode(text, add_special_tokens=False)


CUT = {name: smaller(name) for name in MADE}
pytestmark = pytest.mark.parametrize("name", sorted(MADE))


@pytest.mark.parametrize("text", [tiny.GERMAN, tiny.ENGLISH, "„Na endlich“ – sagt sie…"])
def test_german_and_english_fall_into_the_same_pieces(name: str, text: str) -> None:
    assert encoded(CUT[name][0], text).tokens == encoded(MADE[name], text).tokens


@given(text=st.text("aeinrst ÄÖüß.,!?„“–…29€Привет_(", max_size=40))
def test_whatever_is_kept_is_never_split_otherwise(name: str, text: str) -> None:
    before, after = encoded(MADE[name], text).tokens, encoded(CUT[name][0], text).tokens
    kept = CUT[name][0].get_vocab()
    if all(piece in kept for piece in before):
        assert after == before
    assert CUT[name][0].decode(encoded(CUT[name][0], text).ids) == MADE[name].decode(
        encoded(MADE[name], text).ids
    )


def test_each_new_id_stands_for_the_old_token(name: str) -> None:
    made, ids = CUT[name]
    vocabulary = made.get_vocab()
    assert sorted(vocabulary.values()) == list(range(len(ids)))
    assert {token: ids[new] for token, new in vocabulary.items()} == {
        token: old for token, old in MADE[name].get_vocab().items() if token in vocabulary
    }


def test_the_halves_of_a_kept_piece_are_kept(name: str) -> None:
    file, _ = cut(json.loads(MADE[name].to_str()), SPECIAL)
    kept = file["model"]["vocab"]
    before = json.loads(MADE[name].to_str())["model"]["merges"]
    for left, right in before:
        if left + right in kept:
            assert left in kept
            assert right in kept
            assert [left, right] in file["model"]["merges"]


@pytest.mark.parametrize("text", ["Привет, мир!", "日本語", "🙂👩‍👩‍👧", "שלום", "getValue(my_var)"])
def test_other_scripts_fall_into_bytes_and_come_back(name: str, text: str) -> None:
    made, _ = CUT[name]
    assert made.decode(made.encode(text).ids) == text


def test_other_scripts_code_and_unused_special_tokens_are_gone(name: str) -> None:
    made, ids = CUT[name]
    tokens = made.get_vocab()
    assert len(ids) < len(MADE[name].get_vocab())
    assert "<tool>" not in tokens
    assert tiny.END in tokens
    assert any("getValue" in token for token in MADE[name].get_vocab())
    assert not any("getValue" in token for token in tokens)
    assert not {"Привет,", "▁мир!", "ÐŁÑĢ"} & tokens.keys()


def test_a_tokenizer_of_another_kind_comes_back_as_it_is(name: str) -> None:
    file = json.loads(MADE[name].to_str())
    file["model"] = {"type": "WordLevel", "vocab": {"a": 0, "b": 1}, "unk_token": "a"}
    file["added_tokens"] = [{"content": tiny.END, "id": 2}]
    assert cut(file, SPECIAL) == (file, [0, 1, 2])
