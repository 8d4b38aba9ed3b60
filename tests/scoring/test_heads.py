"""Values read as the labels the heads mean."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.score import Dimension, DimensionScore
from simulator.errors import ModelError
from simulator.scoring.encoder import counts
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
    states = np.linspace(-50, 50, 3 * HIDDEN).astype(np.float32).reshape(3, HIDDEN)
    found = heads().probabilities(states, counts(()))
    assert found.shape == (3, 3)
    assert found.sum(axis=1) == pytest.approx(1)


def test_a_dimension_looks_where_it_attends():
    shy, loud = np.zeros(HIDDEN, np.float32), np.zeros(HIDDEN, np.float32)
    loud[0] = loud[2] = 5.0
    attend = np.zeros((3, 2 * HIDDEN), np.float32)
    attend[0, 2] = 9.0
    answer = np.zeros_like(heads().answer)
    answer[:, :, 0] = 1.0
    found = replace(heads(), attend=attend, answer=answer).probabilities(
        np.stack([shy, loud]), counts(())
    )
    assert found[0, 2] > found[1, 2]


def test_a_higher_temperature_is_less_sure():
    states = np.ones((1, HIDDEN), np.float32)
    sure = heads(weight=3.0).probabilities(states, counts(()))
    unsure = replace(heads(weight=3.0), temperature=np.full(3, 4.0, np.float32))
    assert unsure.probabilities(states, counts(())).max() < sure.max()


def test_heads_are_the_same_after_saving(tmp_path):
    made = heads(weight=0.7, strong=0.2)
    made.save(tmp_path)
    read = load_heads(tmp_path)
    states = np.arange(HIDDEN, dtype=np.float32)[None]
    assert read.fingerprint
    assert read.rate(states, counts(())) == made.rate(states, counts(()))


def test_missing_and_broken_heads_are_named(tmp_path):
    with pytest.raises(ModelError) as missing:
        load_heads(tmp_path)
    assert missing.value.key == "heads_missing"
    (tmp_path / "heads.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError) as broken:
        load_heads(tmp_path)
    assert broken.value.key == "heads_broken"


def test_the_shipped_heads_load():
    assert len(load_heads().answer) == len(Dimension)
