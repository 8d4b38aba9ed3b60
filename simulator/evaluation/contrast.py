"""Pairs of replies to the same words, of which one is plainly better: is the score to be gamed?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from pydantic import BaseModel, ConfigDict

from simulator.domain.language import LANGUAGES, Language
from simulator.domain.score import Dimension
from simulator.scoring.agreement import Figure, bootstrap
from simulator.scoring.scorer import Scorer


class Contrast(BaseModel):
    """Two replies to what the customer said (``context``, oldest first), one of them ``better``.

    ``dimension`` is where it must show, ``why`` what a trainer would say of it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    language: Language
    context: tuple[str, ...]
    worse: str
    better: str
    dimension: Dimension
    why: str


@dataclass(frozen=True)
class Wins:
    """How often the better reply scored above the worse one, with its 95 % interval.

    ``dimension`` is None for all three together, ``language`` for both.
    """

    language: Language | None
    dimension: Dimension | None
    share: Figure


@dataclass(frozen=True)
class Trial:
    """A pair and the two values it was given; a reply abstained from counts as 0."""

    pair: Contrast
    worse: float
    better: float

    @property
    def won(self) -> bool:
        """Whether the better reply stands above the worse one."""
        return self.better > self.worse


def read_contrasts() -> tuple[Contrast, ...]:
    """Read the pairs that ship, written by a language model (``models/scorer/README.md``)."""
    folder = files("simulator.evaluation")
    return tuple(
        Contrast.model_validate_json(line)
        for language in LANGUAGES
        for line in folder.joinpath(f"contrast_{language}.jsonl")
        .read_text(encoding="utf-8")
        .splitlines()
    )


def trials(scorer: Scorer) -> list[Trial]:
    """Score both replies of every pair."""
    return [
        Trial(pair, _value(scorer, pair, pair.worse), _value(scorer, pair, pair.better))
        for pair in read_contrasts()
    ]


def wins(tried: list[Trial]) -> Iterator[Wins]:
    """Yield the share won: by language and dimension, then of all."""
    for language in LANGUAGES:
        for dimension in Dimension:
            yield Wins(
                language,
                dimension,
                _share([t for t in tried if _is(t.pair, language, dimension)]),
            )
    yield Wins(None, None, _share(tried))


def _is(pair: Contrast, language: Language, dimension: Dimension) -> bool:
    return pair.language == language and pair.dimension == dimension


def _share(tried: list[Trial]) -> Figure:
    won = [float(trial.won) for trial in tried]
    return bootstrap(
        lambda one, _other: float(np.mean(one)), won, won, [trial.pair.id for trial in tried]
    )


def _value(scorer: Scorer, pair: Contrast, reply: str) -> float:
    *earlier, context = pair.context or ("",)
    scores = scorer.score(reply, context, pair.language, tuple(earlier))
    return scores.of(pair.dimension).value or 0.0
