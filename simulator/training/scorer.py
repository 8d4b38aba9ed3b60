"""Fits the scorer on the corpus and gathers its examples, start to finish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from simulator import paths
from simulator.domain.language import LANGUAGES, Language
from simulator.domain.score import Alternative, Dimension
from simulator.scoring.agreement import Figure, bootstrap, quadratic_kappa
from simulator.scoring.encoder import situated
from simulator.scoring.examples import Example, Examples
from simulator.scoring.heads import label_of
from simulator.training.corpus import (
    RatedReply,
    corpus_folder,
    rated_replies,
    read_corpus,
    read_split,
)
from simulator.training.lessons import UNLABELLED, Lesson, Lower
from simulator.training.rating import RatingModel, Recipe
from simulator.training.single_turns import SingleTurn, read_single_turns, single_turn

Say = Callable[[str], None]

HELD_OUT = 15
"""Every so many dialogues of the train part one calibrates the confidence; none is fitted on."""

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
    base: Path,
    say: Say,
    corpus: Path | None = None,
    into: Path | None = None,
    also: Sequence[SingleTurn] = (),
    recipe: Recipe = Recipe(),  # noqa: B008  (frozen)
) -> tuple[Row, ...]:
    """Fit adapter and heads on the train part of ``corpus`` and write them ``into`` a folder.

    ``base`` is the folder of the whole small model, ``into`` defaults to the shipped
    models/scorer. Single turns of the corpus (its folder ``turns``) are learnt from too, and
    ``also``, which are turns that coaches labelled. ``say`` gets each line of the table: quadratic
    weighted kappa per dimension and language on the test part, measured once. Raises UsageError if
    the corpus is missing or broken.
    """
    dialogues, split = read_corpus(corpus), read_split(corpus)
    known = split.train_part(dialogues)
    held = rated_replies(known[::HELD_OUT])
    aside = {reply.dialogue.id for reply in held}
    train = [reply for reply in rated_replies(known) if reply.dialogue.id not in aside]
    test = rated_replies(split.test_part(dialogues))
    apart = [turn for file in _turn_files(corpus) for turn in read_single_turns(file)]
    lower = Lower(base, recipe.lower)
    lessons = lower.lessons(_singles(train)) + lower.lessons(apart, recipe.apart)
    lessons += lower.lessons(also)
    say(f"{len(lessons)} turns, {sum(len(one.states) for one in lessons)} tokens")
    model = RatingModel(base, recipe)
    model.fit(lessons, say)
    checked = lower.lessons(_singles(held))
    temperature = temperatures(model.logits(checked), _labels(checked))
    folder = into or paths.shipped("models") / "scorer"
    folder.mkdir(parents=True, exist_ok=True)
    model.save_adapter(folder)
    model.pool.heads(temperature).save(folder)
    gather(model, lower, train).save(folder)
    rows = tuple(_figures("test", model.logits(lower.lessons(_singles(test))), test))
    for row in rows:
        say(told(row))
    return rows


def told(row: Row) -> str:
    """Return a row of the table as a line of text."""
    k = row.kappa
    return (
        f"{row.part:<6} {row.language}  {row.dimension:<14} "
        f"kappa {k.value:.3f}  [{k.low:.3f}, {k.high:.3f}]  n={k.n}"
    )


def temperatures(logits: NDArray[np.float64], labels: NDArray[np.int64]) -> list[float]:
    """Return by how much to divide the logits of each dimension so that confidence is honest.

    ``logits`` has shape (turns, 3, 2), ``labels`` (turns, 3). The least cross-entropy is sought
    (temperature scaling after Guo et al. 2017, arXiv 1706.04599).
    """
    return [_temperature(logits[:, column], labels[:, column]) for column in range(labels.shape[1])]


def _temperature(logits: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    above = np.stack([labels > 0, labels > 1], axis=1)

    def loss(temperature: float) -> float:
        signed = np.where(above, -logits, logits) / temperature
        return float(np.logaddexp(0, signed).mean())

    return float(minimize_scalar(loss, bounds=(0.3, 5.0), method="bounded").x)


def gather(model: RatingModel, lower: Lower, replies: Sequence[RatedReply]) -> Examples:
    """Gather the strong, short answers among ``replies`` as examples to show.

    Only the corpus is asked: what trainees said in their own calls is shown to nobody else.
    """
    chosen = [reply for reply in replies if _exemplary(reply)]
    states = model.means(lower.unlabelled([situated(reply.context) for reply in chosen]))
    return Examples.of(tuple(_example(reply) for reply in chosen), states)


def _example(reply: RatedReply) -> Example:
    shown = Alternative(text=reply.line.text, context=reply.context, dialogue=reply.dialogue.id)
    return Example(reply.dialogue.language, reply.heard[-1].act, shown)


def _exemplary(reply: RatedReply) -> bool:
    labels = [reply.line.label(dimension) for dimension in Dimension]
    strong = sum(labels) >= _STRONG and 0 not in labels
    return strong and bool(reply.context) and len(reply.line.text) <= _LONGEST_EXAMPLE


def _figures(
    part: str, logits: NDArray[np.float64], replies: Sequence[RatedReply]
) -> Iterator[Row]:
    values = 50 * (1 / (1 + np.exp(-logits))).sum(axis=-1)
    for language in LANGUAGES:
        chosen = [i for i, reply in enumerate(replies) if reply.dialogue.language == language]
        groups = [replies[i].dialogue.id for i in chosen]
        for column, dimension in enumerate(Dimension):
            truth = [replies[i].line.label(dimension) for i in chosen]
            read_as = [label_of(float(values[i, column])) for i in chosen]
            yield Row(part, language, dimension, bootstrap(quadratic_kappa, truth, read_as, groups))


def _labels(lessons: Sequence[Lesson]) -> NDArray[np.int64]:
    labels = np.asarray([one.labels for one in lessons], dtype=np.int64)
    assert UNLABELLED not in labels
    return labels


def _singles(replies: Sequence[RatedReply]) -> list[SingleTurn]:
    return [single_turn(reply) for reply in replies]


def _turn_files(corpus: Path | None) -> list[Path]:
    return sorted(((corpus or corpus_folder()) / "turns").glob("*.jsonl"))
