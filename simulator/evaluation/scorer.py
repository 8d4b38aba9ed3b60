"""Measures the scorer: on the corpus's test part, and beside labels that people gave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from simulator.domain.language import LANGUAGES, Language
from simulator.domain.score import Dimension, TurnScores
from simulator.evaluation.labelled import Labelled, labelled_rows
from simulator.scoring.agreement import Measure, auc, bootstrap, quadratic_kappa, spearman
from simulator.scoring.scorer import Scorer
from simulator.training.corpus import RatedReply, rated_replies, test_part

Name = Literal["kappa", "spearman", "auc"]


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


MEASURES: dict[Name, Measure] = {
    "kappa": quadratic_kappa,
    "spearman": spearman,
    "auc": auc,
}


def corpus_figures(scorer: Scorer, folder: Path | None = None) -> list[Measured]:
    """Return kappa per language and dimension on the corpus's test part.

    Replies the scorer abstains from are left out. Raises UsageError if the corpus is missing.
    """
    rated = [(reply, _scored(scorer, reply)) for reply in rated_replies(test_part(folder))]
    return [
        _kappa([one for one in rated if one[0].dialogue.language == language], language, dimension)
        for language in LANGUAGES
        for dimension in Dimension
    ]


def _kappa(
    rated: Sequence[tuple[RatedReply, TurnScores]], language: Language, dimension: Dimension
) -> Measured:
    pairs = [
        (reply.line.label(dimension), label, reply.dialogue.id)
        for reply, scores in rated
        if (label := scores.of(dimension).label) is not None
    ]
    truth, predicted, groups = zip(*pairs, strict=True)
    figure = bootstrap(quadratic_kappa, truth, predicted, groups)
    return Measured("corpus test part", language, dimension, "label", "kappa", **asdict(figure))


def data_figures(scorer: Scorer, file: Path, limit: int | None = None) -> list[Measured]:
    """Return what the scores say about the labels of ``file``, each beside the length alone.

    ``limit`` takes that many rows, evenly spread. Raises UsageError for a file that is not known.
    """
    rows = labelled_rows(file)
    if limit is not None and limit < len(rows):
        rows = tuple(rows[i] for i in np.linspace(0, len(rows) - 1, limit).astype(int))
    scores = [scorer.score(row.reply, row.context or "", row.lang) for row in rows]
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


def _scored(scorer: Scorer, reply: RatedReply) -> TurnScores:
    return scorer.score(reply.line.text, reply.context, reply.dialogue.language, reply.earlier)


def _sum(*names: str) -> Callable[[Labelled], float]:
    return lambda row: sum(row.number(name) for name in names)


def _not(name: str) -> Callable[[Labelled], float]:
    return lambda row: float(not row.number(name))


def _listens(row: Labelled) -> float | None:
    behaviour = row.labels["behaviour"]
    return None if behaviour == "other" else float(behaviour in {"reflection", "question"})


def _reflects(row: Labelled) -> float:
    return float(row.labels["behaviour"] == "reflection")


_QUESTIONS: dict[str, tuple[Question, ...]] = {
    "er": (
        Question("empathy", "reaction+interpretation", "spearman", _sum("er", "ip")),
        Question("listening", "interpretation+explor.", "spearman", _sum("ip", "ex")),
    ),
    "behaviour": (
        Question("listening", "reflection, question", "auc", _listens),
        Question("listening", "reflection", "auc", _reflects),
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
