"""Measures the scorer: on the corpus's test part, and beside labels that people gave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulator.domain.language import LANGUAGES, Language
from simulator.domain.score import Dimension, TurnScores
from simulator.evaluation.labelled import Labelled, kept_aside, labelled_rows
from simulator.scoring.agreement import (
    Measure,
    auc,
    bootstrap,
    calibration_error,
    pearson,
    quadratic_kappa,
    spearman,
)
from simulator.scoring.heard import Said
from simulator.scoring.scorer import Scorer
from simulator.training.corpus import RatedReply, rated_replies, test_part

Name = Literal["kappa", "spearman", "auc", "ece", "partial"]


@dataclass(frozen=True)
class Measured:
    """One figure with its bootstrap 95 % interval.

    ``score`` names what predicted ("listening", or "length": the number of characters alone),
    ``target`` what it was held against.
    """

    data: str
    language: str
    score: str
    target: str
    measure: Name
    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Question:
    """What a data set can say: does ``score`` follow ``target``, over the rows that have one?"""

    score: str
    target: str
    measure: Literal["spearman", "auc"]
    truth: Callable[[Labelled], float | None]


MEASURES: dict[Name, Measure] = {"spearman": spearman, "auc": auc}


def corpus_figures(scorer: Scorer, folder: Path | None = None) -> list[Measured]:
    """Return kappa per language and dimension on the corpus's test part, and what goes with it.

    Beside it stand the expected calibration error of the confidence and the partial correlation
    of the value with the length of the reply given the label. Replies abstained from count as
    wrong by the farthest label. Raises UsageError if the corpus is missing.
    """
    replies = rated_replies(test_part(folder))
    scores = scorer.score_all([reply.said for reply in replies], with_examples=False)
    rated = list(zip(replies, scores, strict=True))
    figures: list[Measured] = []
    for language in LANGUAGES:
        own = [one for one in rated if one[0].dialogue.language == language]
        for dimension in Dimension:
            cases = [_case(reply, score, dimension) for reply, score in own]
            figures += [
                _measured(cases, language, dimension, name) for name in ("kappa", "ece", "partial")
            ]
    return figures


@dataclass(frozen=True)
class Rated:
    """A reply's label and what the scorer made of it; ``value`` is None where it abstained."""

    group: str
    label: int
    value: float | None
    read_as: int
    confidence: float
    length: float


def _case(reply: RatedReply, scores: TurnScores, dimension: Dimension) -> Rated:
    label, score = reply.line.label(dimension), scores.of(dimension)
    farthest = 0 if label == 2 else 2
    read_as = farthest if score.label is None else score.label
    length = float(np.log(len(reply.line.text)))
    return Rated(reply.dialogue.id, label, score.value, read_as, score.confidence, length)


def _measured(
    cases: Sequence[Rated],
    language: Language,
    dimension: Dimension,
    name: Literal["kappa", "ece", "partial"],
) -> Measured:
    groups = [case.group for case in cases]
    if name == "kappa":
        labels, read_as = [case.label for case in cases], [case.read_as for case in cases]
        figure = bootstrap(quadratic_kappa, labels, read_as, groups)
    elif name == "ece":
        right = [case.label == case.read_as for case in cases]
        figure = bootstrap(calibration_error, [case.confidence for case in cases], right, groups)
    else:
        scored = [(case, case.value) for case in cases if case.value is not None]
        values = _beside_label([value for _, value in scored], [case for case, _ in scored])
        lengths = _beside_label([case.length for case, _ in scored], [case for case, _ in scored])
        figure = bootstrap(pearson, values, lengths, [case.group for case, _ in scored])
    target = {"kappa": "label", "ece": "being right", "partial": "length, given the label"}[name]
    return Measured("corpus test part", language, dimension, target, name, **asdict(figure))


def _beside_label(values: Sequence[float], cases: Sequence[Rated]) -> NDArray[np.float64]:
    """Return by how much each value differs from the mean of its label."""
    found = np.asarray(values, dtype=np.float64)
    labels = np.asarray([case.label for case in cases])
    for label in set(labels.tolist()):
        found[labels == label] -= found[labels == label].mean()
    return found


def abstained_share(scorer: Scorer, folder: Path | None = None) -> float:
    """Return the share (0 to 1) of replies of the test part that are abstained from."""
    scores = scorer.score_all(
        [one.said for one in rated_replies(test_part(folder))], with_examples=False
    )
    return float(np.mean([one.mean is None for one in scores]))


def data_figures(scorer: Scorer, file: Path, limit: int | None = None) -> list[Measured]:
    """Return what the scores say about the labels of ``file``, each beside the length alone.

    Measured on the half of its groups that nothing was chosen by.

    ``limit`` takes that many rows, evenly spread. Raises UsageError for a file that is not known.
    """
    rows = tuple(row for row in labelled_rows(file) if kept_aside(row))
    if limit is not None and limit < len(rows):
        rows = tuple(rows[i] for i in np.linspace(0, len(rows) - 1, limit).astype(int))
    scores = scorer.score_all(
        [Said(row.reply, row.context or "", row.lang) for row in rows], with_examples=False
    )
    return [
        figure
        for question in questions(rows[0])
        for figure in _answered(question, rows, scores, file.stem)
    ]


def told(figure: Measured) -> str:
    """Return a figure as a line of text."""
    return (
        f"{figure.data:<18} {figure.language}  {figure.score:<14} ~ {figure.target:<22} "
        f"{figure.measure:<8} {figure.value:+.3f}  [{figure.low:+.3f}, {figure.high:+.3f}]  "
        f"n={figure.n}"
    )


def questions(row: Labelled) -> tuple[Question, ...]:
    """Return what a data set can be asked, recognised by the labels of a row."""
    return next(asked for known, asked in _QUESTIONS.items() if known in row.labels)


@dataclass(frozen=True)
class Case:
    """A row with what it was labelled and what it scored."""

    row: Labelled
    truth: float
    value: float


def _answered(
    question: Question, rows: Sequence[Labelled], scores: Sequence[TurnScores], data: str
) -> list[Measured]:
    cases = [
        Case(row, truth, value)
        for row, score in zip(rows, scores, strict=True)
        if (truth := question.truth(row)) is not None
        and (value := _value(score, question.score)) is not None
    ]
    figures = []
    for language in sorted({case.row.lang for case in cases}):
        own = [case for case in cases if case.row.lang == language]
        groups = [case.row.group for case in own]
        truths = [case.truth for case in own]
        predictors = {
            question.score: [case.value for case in own],
            "length": [float(len(case.row.reply)) for case in own],
        }
        for name, predictor in predictors.items():
            figure = bootstrap(MEASURES[question.measure], predictor, truths, groups)
            figures.append(
                Measured(data, language, name, question.target, question.measure, **asdict(figure))
            )
    return figures


def _value(scores: TurnScores, name: str) -> float | None:
    return scores.mean if name == "mean" else scores.of(Dimension(name)).value


def _sum(*names: str) -> Callable[[Labelled], float]:
    return lambda row: sum(row.number(name) for name in names)


def _not(name: str) -> Callable[[Labelled], float]:
    return lambda row: float(not row.number(name))


def _listens(row: Labelled) -> float | None:
    behaviour = row.labels["behaviour"]
    return None if behaviour == "other" else float(behaviour in {"reflection", "question"})


def _reflects(row: Labelled) -> float | None:
    behaviour = row.labels["behaviour"]
    return float(behaviour == "reflection") if behaviour in _REFLECTION_OR_INPUT else None


_REFLECTION_OR_INPUT = frozenset({"reflection", "therapist_input"})

_QUESTIONS: dict[str, tuple[Question, ...]] = {
    "er": (
        Question("empathy", "reaction+interpretation", "spearman", _sum("er", "ip")),
        Question("listening", "interpretation+explor.", "spearman", _sum("ip", "ex")),
    ),
    "behaviour": (
        Question("listening", "reflection, question", "auc", _listens),
        Question("listening", "reflection, not input", "auc", _reflects),
    ),
    "receptive": (
        Question("de_escalation", "receptive", "spearman", _sum("receptive")),
        Question("listening", "receptive", "spearman", _sum("receptive")),
    ),
    "attack": (
        Question("de_escalation", "no attack", "auc", _not("attack")),
        Question("de_escalation", "resolves", "auc", _sum("resolve")),
    ),
    "toxic": (Question("de_escalation", "not toxic", "auc", _not("toxic")),),
    "iq": (Question("mean", "interaction quality", "spearman", _sum("iq")),),
}
"""Data sets by a label only they have."""
