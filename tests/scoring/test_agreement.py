"""The measures are those of the textbooks."""

import math

import pytest
from sklearn.metrics import cohen_kappa_score, roc_auc_score

from simulator.scoring.agreement import (
    auc,
    bootstrap,
    calibration_error,
    pearson,
    quadratic_kappa,
    spearman,
)

ONE = [0, 1, 2, 2, 1, 0, 2, 1, 0, 0]
OTHER = [0, 1, 2, 1, 1, 0, 2, 2, 1, 0]


def test_kappa():
    expected = cohen_kappa_score(ONE, OTHER, weights="quadratic")
    assert quadratic_kappa(ONE, OTHER) == pytest.approx(expected)
    assert quadratic_kappa(ONE, ONE) == 1
    assert math.isnan(quadratic_kappa([1, 1], [1, 1]))


def test_auc_counts_ties_as_half():
    truth = [1, 0, 1, 1, 0, 0, 1, 0, 0, 1]
    assert auc(OTHER, truth) == pytest.approx(roc_auc_score(truth, OTHER))


def test_spearman_is_about_order_only():
    assert spearman([1, 2, 3, 4], [1, 4, 9, 16]) == pytest.approx(1)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert math.isnan(spearman([1, 1, 1], [1, 2, 3]))


def test_the_interval_holds_the_value_and_is_the_same_each_time():
    groups = list("aabbccddee")
    figure = bootstrap(quadratic_kappa, ONE, OTHER, groups)
    assert figure.low <= figure.value <= figure.high
    assert figure.n == len(ONE)
    assert figure == bootstrap(quadratic_kappa, ONE, OTHER, groups)


def test_calibration_error_is_the_gap_between_being_sure_and_being_right():
    assert calibration_error([0.95] * 4, [1, 1, 1, 1]) == pytest.approx(0.05)
    assert calibration_error([0.95] * 4, [1, 1, 0, 0]) == pytest.approx(0.45)
    assert calibration_error([0.55, 0.95], [0, 1]) == pytest.approx(0.3)


def test_pearson_is_the_linear_correlation():
    assert pearson([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    assert pearson([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
