"""How far two ratings agree, with the uncertainty of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Measure = Callable[[NDArray[np.float64], NDArray[np.float64]], float]


@dataclass(frozen=True)
class Figure:
    """A measured value with its bootstrap 95 % interval, over ``n`` ratings."""

    value: float
    low: float
    high: float
    n: int


def quadratic_kappa(one: ArrayLike, other: ArrayLike) -> float:
    """Return Cohen's kappa of two ratings with quadratic weights.

    1 is full agreement, 0 what chance would give; NaN where there is nothing to disagree about.
    """
    a, b = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if len(a) == 0:
        return float("nan")
    observed = float(np.mean((a - b) ** 2))
    expected = float(np.mean(a**2) + np.mean(b**2) - 2 * np.mean(a) * np.mean(b))
    return 1 - observed / expected if expected > 0 else float("nan")


def spearman(one: ArrayLike, other: ArrayLike) -> float:
    """Return the rank correlation (-1 to 1), NaN where one side is constant."""
    a, b = _ranks(one), _ranks(other)
    if len(a) < 2 or a.std() == 0 or b.std() == 0:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def auc(scores: ArrayLike, positive: ArrayLike) -> float:
    """Return how probably (0 to 1) a positive case scores above a negative one, ties as half."""
    truth = np.asarray(positive, dtype=bool)
    above, below = int(truth.sum()), int((~truth).sum())
    if above == 0 or below == 0:
        return float("nan")
    return float((_ranks(scores)[truth].sum() - above * (above + 1) / 2) / (above * below))


def pearson(one: ArrayLike, other: ArrayLike) -> float:
    """Return the linear correlation (-1 to 1), NaN where one side is constant."""
    a, b = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if len(a) < 2 or a.std() == 0 or b.std() == 0:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def calibration_error(confidence: ArrayLike, right: ArrayLike) -> float:
    """Return how far confidence (0 to 1) is from being right, over ten bins of equal width.

    The expected calibration error of Naeini et al. 2015 (AAAI).
    """
    sure, truth = np.asarray(confidence, dtype=np.float64), np.asarray(right, dtype=np.float64)
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [
        float((bins == one).mean()) * abs(sure[bins == one].mean() - truth[bins == one].mean())
        for one in set(bins.tolist())
    ]
    return float(sum(gaps)) if gaps else float("nan")


def bootstrap(
    measure: Measure,
    one: ArrayLike,
    other: ArrayLike,
    groups: ArrayLike,
    *,
    draws: int = 500,
    seed: int = 0,
) -> Figure:
    """Measure two ratings and draw whole ``groups`` (dialogues) again for the 95 % interval."""
    a, b = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    _, index = np.unique(np.asarray(groups), return_inverse=True)
    order = np.argsort(index, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(index))[:-1])
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(draws):
        drawn = np.concatenate([members[i] for i in rng.integers(len(members), size=len(members))])
        values.append(measure(a[drawn], b[drawn]))
    known = [value for value in values if not np.isnan(value)] or [float("nan")]
    low, high = np.percentile(known, [2.5, 97.5])
    return Figure(measure(a, b), float(low), float(high), len(a))


def _ranks(values: ArrayLike) -> NDArray[np.float64]:
    """Return ranks from 1, equal values sharing their mean rank."""
    _, index, counts = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
    mean_rank = np.cumsum(counts) - (counts - 1) / 2
    return np.asarray(mean_rank[index], dtype=np.float64)
