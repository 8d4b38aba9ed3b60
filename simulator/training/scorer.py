"""Fits the scorer's heads and gathers its examples from the corpus."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from simulator import paths
from simulator.domain.language import LANGUAGES, Language
from simulator.domain.score import Alternative, Dimension, Evidence
from simulator.lm.base import Reader
from simulator.scoring.agreement import Figure, bootstrap, quadratic_kappa
from simulator.scoring.cues import find_cues
from simulator.scoring.encoder import features, prefix, read, situation
from simulator.scoring.examples import Example, Examples
from simulator.scoring.heads import Heads, label_of
from simulator.training.corpus import RatedReply, rated_replies, read_corpus, read_split

Matrix = NDArray[np.float32]
Say = Callable[[str], None]

STRENGTH = 0.005
"""Inverse strength of the ridge on the heads (scikit-learn's C), chosen by cross-validation."""

FOLDS = 5
_LONGEST_EXAMPLE = 350
_STRONG = 5


@dataclass(frozen=True)
class Row:
    """One line of a table of figures."""

    part: str
    language: Language
    dimension: Dimension
    kappa: Figure


def fit(
    model: Reader,
    say: Say,
    corpus: Path | None = None,
    into: Path | None = None,
) -> tuple[Row, ...]:
    """Fit the heads on the train part of ``corpus`` and write them ``into`` a folder.

    ``into`` defaults to the shipped models/scorer. ``say`` gets each line of the table: quadratic
    weighted kappa per dimension and language, cross-validated by dialogue on the train part, then
    once on the test part. Raises UsageError if the corpus is missing or broken.
    """
    dialogues, split = read_corpus(corpus), read_split(corpus)
    train = rated_replies(split.train_part(dialogues))
    test = rated_replies(split.test_part(dialogues))
    seen, unseen = _features(model, train), _features(model, test)
    rows = list(_cross_validated(seen, train))
    heads = fit_heads(seen, train)
    rows += _figures("test", _rated(heads, unseen), test)
    for row in rows:
        say(told(row))
    folder = into or paths.shipped("models") / "scorer"
    folder.mkdir(parents=True, exist_ok=True)
    heads.save(folder / "heads.safetensors")
    gather(model, train).save(folder)
    return tuple(rows)


def told(row: Row) -> str:
    """Return a row of the table as a line of text."""
    k = row.kappa
    return (
        f"{row.part:<6} {row.language}  {row.dimension:<14} "
        f"kappa {k.value:.3f}  [{k.low:.3f}, {k.high:.3f}]  n={k.n}"
    )


def fit_heads(matrix: Matrix, replies: Sequence[RatedReply]) -> Heads:
    """Fit a head per dimension on ``matrix``, shape (replies, features)."""
    scaler = StandardScaler().fit(matrix)
    scale = np.asarray(scaler.scale_, dtype=np.float32)
    mean = np.asarray(scaler.mean_, dtype=np.float32)
    weights: dict[Dimension, Matrix] = {}
    biases: dict[Dimension, Matrix] = {}
    for dimension in Dimension:
        regression = LogisticRegression(
            C=STRENGTH, class_weight="balanced", max_iter=1000, tol=1e-4
        )
        regression.fit((matrix - mean) / scale, _labels(replies, dimension))
        weights[dimension] = np.asarray(regression.coef_, dtype=np.float32)
        biases[dimension] = np.asarray(regression.intercept_, dtype=np.float32)
    return Heads(mean, scale, weights, biases)


def gather(model: Reader, replies: Sequence[RatedReply]) -> Examples:
    """Gather the strong, short answers among ``replies`` as examples to show."""
    chosen = [reply for reply in replies if _exemplary(reply)]
    states = np.stack([situation(model, reply.context) for reply in chosen])
    return Examples.of(tuple(_example(reply) for reply in chosen), states)


def _example(reply: RatedReply) -> Example:
    shown = Alternative(text=reply.line.text, context=reply.context, dialogue=reply.dialogue.id)
    return Example(reply.dialogue.language, shown)


def _exemplary(reply: RatedReply) -> bool:
    labels = [reply.line.label(dimension) for dimension in Dimension]
    strong = sum(labels) >= _STRONG and 0 not in labels
    return strong and bool(reply.context) and len(reply.line.text) <= _LONGEST_EXAMPLE


def _cross_validated(matrix: Matrix, replies: Sequence[RatedReply]) -> Iterator[Row]:
    groups = [reply.dialogue.id for reply in replies]
    values = {dimension: np.zeros(len(replies)) for dimension in Dimension}
    for fitted, held in GroupKFold(FOLDS, shuffle=True, random_state=0).split(
        matrix, groups=groups
    ):
        heads = fit_heads(matrix[fitted], [replies[i] for i in fitted])
        for dimension, rated in _rated(heads, matrix[held]).items():
            values[dimension][held] = rated
    yield from _figures("folds", values, replies)


def _rated(heads: Heads, matrix: Matrix) -> dict[Dimension, NDArray[np.float64]]:
    return {
        dimension: np.asarray([heads.rate(row, dimension).value for row in matrix])
        for dimension in Dimension
    }


def _figures(
    part: str, values: dict[Dimension, NDArray[np.float64]], replies: Sequence[RatedReply]
) -> Iterator[Row]:
    for language in LANGUAGES:
        chosen = [i for i, reply in enumerate(replies) if reply.dialogue.language == language]
        groups = [replies[i].dialogue.id for i in chosen]
        for dimension in Dimension:
            truth = _labels([replies[i] for i in chosen], dimension)
            read_as = [label_of(float(values[dimension][i])) for i in chosen]
            kappa = bootstrap(quadratic_kappa, truth, read_as, groups)
            yield Row(part, language, dimension, kappa)


def _labels(replies: Sequence[RatedReply], dimension: Dimension) -> NDArray[np.int64]:
    return np.asarray([reply.line.label(dimension) for reply in replies], dtype=np.int64)


def _features(model: Reader, replies: Sequence[RatedReply]) -> Matrix:
    """Return the features of ``replies``, shape (replies, features)."""
    states = _states(model, replies)
    return np.stack([features(state, _cues(r)) for state, r in zip(states, replies, strict=True)])


def _cues(reply: RatedReply) -> tuple[Evidence, ...]:
    return find_cues(reply.line.text, reply.context, reply.dialogue.language, reply.earlier)


def _states(model: Reader, replies: Sequence[RatedReply]) -> Matrix:
    """Return the hidden states of ``replies``, kept in the cache under what they depend on."""
    key = hashlib.sha256(model.fingerprint.encode())
    for reply in replies:
        key.update(f"\0{prefix(reply.context)}\0{reply.line.text}".encode())
    file = paths.cache() / "training" / f"states-{key.hexdigest()[:16]}.npy"
    if file.is_file():
        return np.asarray(np.load(file), dtype=np.float32)
    states = np.stack([read(model, reply.line.text, reply.context) for reply in replies])
    file.parent.mkdir(parents=True, exist_ok=True)
    np.save(file, states)
    return states
