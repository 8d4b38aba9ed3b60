"""Counts what customers of the corpus do next; writes the counts to ``planner.json``."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.customer.tendency import Factor, Reading, Tendencies
from simulator.domain.act import Act
from simulator.training.corpus import AgentLine, CustomerLine, Dialogue, test_part, train_part

Say = Callable[[str], None]
Array = NDArray[np.float64]

READS = (("last",), ("anger", "trust"), ("anger", "reply"), ("turn", "reply"))
"""What each factor looks at."""

FOLDS = 5
SEED = 20261122
SMOOTHING = (4.0, 8.0, 16.0)
WEIGHTS = tuple(step / 10 for step in range(11))


@dataclass(frozen=True)
class Choice:
    """What a customer did in a moment of the dialogue ``dialogue``."""

    dialogue: str
    reading: Reading
    act: Act


def choices(dialogues: tuple[Dialogue, ...]) -> list[Choice]:
    """Return every customer turn that answers an agent turn."""
    found: list[Choice] = []
    for dialogue in dialogues:
        last: Act | None = None
        turn = 0
        for reply, line in zip(dialogue.turns, dialogue.turns[1:], strict=False):
            if isinstance(reply, AgentLine) and isinstance(line, CustomerLine):
                turn += 1
                moment = Reading.of(last, line.anger, line.trust, reply.de_escalation, turn)
                found.append(Choice(dialogue.id, moment, line.act))
                last = line.act
    return found


def counted(
    seen: Sequence[Choice], reads: Sequence[tuple[str, ...]], smoothing: float, weights: list[float]
) -> Tendencies:
    """Count ``seen``, one factor for each of ``reads``."""
    factors = []
    for names, weight in zip(reads, weights, strict=True):
        table: defaultdict[str, Counter[Act]] = defaultdict(Counter)
        for choice in seen:
            table[choice.reading.key(names)][choice.act] += 1
        counts = {key: _ordered(table[key]) for key in sorted(table)}
        factors.append(Factor(reads=names, weight=weight, counts=counts))
    overall = _ordered(Counter(choice.act for choice in seen))
    return Tendencies(smoothing=smoothing, overall=overall, factors=tuple(factors))


def log_likelihood(tendencies: Tendencies, seen: Sequence[Choice]) -> float:
    """Return the mean natural logarithm of the probability of what was done."""
    return sum(math.log(tendencies.probabilities(c.reading)[c.act]) for c in seen) / len(seen)


def fit_planner(out: Path, say: Say) -> None:
    """Count the training part, write ``out/planner.json``, and say how well it foretells.

    Smoothing and weights are chosen by cross-validation over the dialogues of the training part;
    the test part is only measured.
    """
    train, test = choices(train_part()), choices(test_part())
    say(f"customer turns: {len(train)} train, {len(test)} test")
    for name, reads in (("marginal", ()), ("last act", READS[:1]), ("full", READS)):
        smoothing, weights, expected = _chosen(train, reads)
        fitted = counted(train, reads, smoothing, weights)
        say(
            f"{name}: smoothing {smoothing:g}, weights {weights}; log-likelihood per turn "
            f"{expected:.3f} cross-validated, {log_likelihood(fitted, test):.3f} test"
        )
    out.mkdir(parents=True, exist_ok=True)
    text = fitted.model_dump_json(indent=1)
    (out / "planner.json").write_text(f"{text}\n", encoding="utf-8")


def _chosen(
    train: Sequence[Choice], reads: Sequence[tuple[str, ...]]
) -> tuple[float, list[float], float]:
    best = (SMOOTHING[0], [0.5] * len(reads), -math.inf)
    for smoothing in SMOOTHING:
        folds = [_fold(train, reads, smoothing, number) for number in range(FOLDS)]
        weights = [0.5] * len(reads)
        for _ in range(3):
            for place in range(len(weights)):
                tried = [[*weights[:place], w, *weights[place + 1 :]] for w in WEIGHTS]
                weights = max(tried, key=lambda w: _expected(folds, w))
        expected = _expected(folds, weights)
        if expected > best[2]:
            best = (smoothing, weights, expected)
    return best


def _fold(
    train: Sequence[Choice], reads: Sequence[tuple[str, ...]], smoothing: float, number: int
) -> tuple[Array, NDArray[np.intp]]:
    """Return the terms of the kept-out turns, shape (turns, 1 + factors, acts), and their acts."""
    ids = sorted({choice.dialogue for choice in train})
    random.Random(SEED).shuffle(ids)
    out = frozenset(ids[number::FOLDS])
    kept = [c for c in train if c.dialogue not in out]
    measured = [c for c in train if c.dialogue in out]
    fitted = counted(kept, reads, smoothing, [1.0] * len(reads))
    marginal = [math.log(fitted.share(act)) for act in Act]
    terms = [
        [marginal, *([fitted.log_ratio(f, c.reading, a) for a in Act] for f in fitted.factors)]
        for c in measured
    ]
    order = list(Act)
    return np.array(terms), np.array([order.index(c.act) for c in measured])


def _expected(folds: Sequence[tuple[Array, NDArray[np.intp]]], weights: list[float]) -> float:
    per_turn = [_log_probabilities(terms, acts, weights) for terms, acts in folds]
    return float(np.concatenate(per_turn).mean())


def _log_probabilities(terms: Array, acts: NDArray[np.intp], weights: list[float]) -> Array:
    scores = np.tensordot(terms, np.array([1.0, *weights]), axes=([1], [0]))
    normal = np.log(np.exp(scores).sum(axis=1))
    picked: Array = scores[np.arange(len(acts)), acts] - normal
    return picked


def _ordered(counts: Counter[Act]) -> dict[Act, int]:
    return {act: counts[act] for act in Act if counts[act]}
