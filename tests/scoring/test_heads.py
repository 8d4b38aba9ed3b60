"""Values read as the labels the heads mean."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.score import Dimension, DimensionScore
from simulator.errors import ModelError
from simulator.scoring.heads import label_of, load_heads, rating
from tests.scoring.reading import HIDDEN, heads


@pytest.mark.parametrize(
    ("probabilities", "value", "confidence"),
    [
        ((1, 0, 0), 0, 1),
        ((0, 1, 0), 50, 1),
        ((0, 0, 1), 100, 1),
        ((0.6, 0.4, 0), 20, 0.6),
        ((0, 0.3, 0.7), 85, 0.7),
        ((0.5, 0, 0.5), 50, 0),
    ],
)
def test_the_value_is_the_expected_label(probabilities, value, confidence):
    found = rating(np.asarray(probabilities, dtype=np.float64))
    assert (found.value, found.confidence) == (value, confidence)


@pytest.mark.parametrize(
    ("value", "label"), [(0, 0), (33.3, 0), (33.4, 1), (66.6, 1), (66.7, 2), (100, 2)]
)
def test_thirds(value, label):
    assert label_of(value) == label
    assert DimensionScore(value=value).label == label


@given(st.lists(st.floats(0.001, 1), min_size=3, max_size=3))
def test_any_probabilities_give_a_value_in_range(odds):
    probabilities = np.asarray(odds) / sum(odds)
    found = rating(probabilities)
    assert 0 <= found.value <= 100
    assert found.confidence == probabilities[label_of(found.value)]


def test_probabilities_sum_to_one():
    features = np.linspace(-50, 50, len(heads().mean)).astype(np.float32)
    for dimension in Dimension:
        assert heads().probabilities(features, dimension).sum() == pytest.approx(1)


def test_heads_are_the_same_after_saving(tmp_path):
    made = heads(weight=0.7, strong=0.2)
    made.save(tmp_path / "heads.safetensors")
    read = load_heads(tmp_path)
    features = np.zeros(len(made.mean), dtype=np.float32)
    features[:HIDDEN] = np.arange(HIDDEN)
    assert read.fingerprint
    for dimension in Dimension:
        assert read.rate(features, dimension) == made.rate(features, dimension)


def test_missing_and_broken_heads_are_named(tmp_path):
    with pytest.raises(ModelError) as missing:
        load_heads(tmp_path)
    assert missing.value.key == "heads_missing"
    (tmp_path / "heads.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError) as broken:
        load_heads(tmp_path)
    assert broken.value.key == "heads_broken"


def test_the_shipped_heads_load():
    assert load_heads().weights.keys() == set(Dimension)
