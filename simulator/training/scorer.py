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
from simulator.training.single_turns import SingleTurn, single_turn

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


@dataclass(frozen=True)
class Lessons:
    """What heads are fitted on: features, shape (turns, features), and the turns they are of."""

    matrix: Matrix
    turns: Sequence[SingleTurn]

    def and_also(self, others: Lessons) -> Lessons:
        """Return these lessons and then the others."""
        matrix = np.concatenate([self.matrix, others.matrix])
        return Lessons(matrix, [*self.turns, *others.turns])


def fit(
    model: Reader,
    say: Say,
    corpus: Path | None = None,
    into: Path | None = None,
    also: Sequence[SingleTurn] = (),
) -> tuple[Row, ...]:
    """Fit the heads on the train part of ``corpus`` and write them ``into`` a folder.

    ``into`` defaults to the shipped models/scorer. ``also`` are turns that coaches labelled, learnt
    from beside the corpus. ``say`` gets each line of the table: quadratic weighted kappa per
    dimension and language, cross-validated by dialogue on the train part, then once on the test
    part; both measured on the corpus alone. Raises UsageError if the corpus is missing or broken.
    """
    dialogues, split = read_corpus(corpus), read_split(corpus)
    train = rated_replies(split.train_part(dialogues))
    test = rated_replies(split.test_part(dialogues))
    seen, unseen = _features(model, train), _features(model, test)
    coached = Lessons(_uncached(model, also, seen.shape[1]), also)
    rows = list(_cross_validated(seen, train, coached))
    heads = fit_heads(Lessons(seen, _singles(train)).and_also(coached))
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


def fit_heads(lessons: Lessons) -> Heads:
    """Fit a head per dimension on those of the turns that have a label of it."""
    scaler = StandardScaler().fit(lessons.matrix)
    scale = np.asarray(scaler.scale_, dtype=np.float32)
    mean = np.asarray(scaler.mean_, dtype=np.float32)
    standardised = (lessons.matrix - mean) / scale
    weights: dict[Dimension, Matrix] = {}
    biases: dict[Dimension, Matrix] = {}
    for dimension in Dimension:
        regression = LogisticRegression(
            C=STRENGTH, class_weight="balanced", max_iter=1000, tol=1e-4
        )
        having = [i for i, turn in enumerate(lessons.turns) if dimension in turn.labels]
        labels = [lessons.turns[i].labels[dimension] for i in having]
        regression.fit(standardised[having], np.asarray(labels, dtype=np.int64))
        weights[dimension] = np.asarray(regression.coef_, dtype=np.float32)
        biases[dimension] = np.asarray(regression.intercept_, dtype=np.float32)
    return Heads(mean, scale, weights, biases)


def gather(model: Reader, replies: Sequence[RatedReply]) -> Examples:
    """Gather the strong, short answers among ``replies`` as examples to show.

    Only the corpus is asked: what trainees said in their own calls is shown to nobody else.
    """
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


def _cross_validated(
    matrix: Matrix, replies: Sequence[RatedReply], coached: Lessons
) -> Iterator[Row]:
    groups = [reply.dialogue.id for reply in replies]
    turns = _singles(replies)
    values = {dimension: np.zeros(len(replies)) for dimension in Dimension}
    for fitted, held in GroupKFold(FOLDS, shuffle=True, random_state=0).split(
        matrix, groups=groups
    ):
        lessons = Lessons(matrix[fitted], [turns[i] for i in fitted])
        heads = fit_heads(lessons.and_also(coached))
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


def _singles(replies: Sequence[RatedReply]) -> list[SingleTurn]:
    return [single_turn(reply) for reply in replies]


def _features(model: Reader, replies: Sequence[RatedReply]) -> Matrix:
    """Return the features of ``replies``, shape (replies, features)."""
    turns = _singles(replies)
    states = _states(model, turns)
    return np.stack([features(state, _cues(t)) for state, t in zip(states, turns, strict=True)])


def _uncached(model: Reader, turns: Sequence[SingleTurn], size: int) -> Matrix:
    """Return the features of ``turns``, shape (turns, ``size``).

    They are never kept: of a trainee's words nothing may stay in the cache when the call is gone.
    """
    rows = [features(read(model, turn.reply, turn.context), _cues(turn)) for turn in turns]
    return np.asarray(rows, dtype=np.float32).reshape(len(rows), size)


def _cues(turn: SingleTurn) -> tuple[Evidence, ...]:
    return find_cues(turn.reply, turn.context, turn.language, turn.earlier)


def _states(model: Reader, turns: Sequence[SingleTurn]) -> Matrix:
    """Return the hidden states of ``turns``, kept in the cache under what they depend on."""
    key = hashlib.sha256(model.fingerprint.encode())
    for turn in turns:
        key.update(f"\0{prefix(turn.context)}\0{turn.reply}".encode())
    file = paths.cache() / "training" / f"states-{key.hexdigest()[:16]}.npy"
    if file.is_file():
        return np.asarray(np.load(file), dtype=np.float32)
    states = np.stack([read(model, turn.reply, turn.context) for turn in turns])
    file.parent.mkdir(parents=True, exist_ok=True)
    np.save(file, states)
    return states
