"""Fits anger and trust on the corpus; writes them with what is stated to ``dynamics.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.customer.appraisal import label
from simulator.customer.dynamics import LATE, Coefficients, Row
from simulator.domain.emotion import Feeling
from simulator.domain.score import Dimension, TurnScores
from simulator.scoring.heard import Said
from simulator.training.corpus import (
    CustomerLine,
    Dialogue,
    RatedReply,
    rated_replies,
    test_part,
    train_part,
)

Say = Callable[[str], None]
Score = Callable[[Sequence[Said]], list[TurnScores]]
Array = NDArray[np.float64]

FEELING_HEARD = Row(constant=-0.5, feeling_heard=0.75, empathy=0.6, listening=0.9)
"""Stated, not fitted: a quarter of the way to 4 after a neutral reply, to 10 after a strong one."""

REACH = {
    Feeling.ANGER: (-2.0, 3.5),
    Feeling.TRUST: (-3.5, 1.5),
    Feeling.FEELING_HEARD: (-3.5, 3.5),
}
"""Stated: points one reply can lower and raise a feeling, triggers and softeners included."""

FITTED = {Feeling.ANGER: 1, Feeling.TRUST: 2}
"""What is fitted, and the column where its level before the reply stands."""


@dataclass(frozen=True)
class Step:
    """A reply to a customer turn, and the customer turn after it."""

    reply: RatedReply
    after: CustomerLine

    @property
    def before(self) -> CustomerLine:
        """What the customer said before the reply."""
        return self.reply.heard[-1]


def steps(dialogues: tuple[Dialogue, ...]) -> Iterator[Step]:
    """Yield every step of ``dialogues``; what comes before the first customer turn is none."""
    for dialogue in dialogues:
        lines = [turn for turn in dialogue.turns if isinstance(turn, CustomerLine)]
        for reply in rated_replies((dialogue,)):
            if 0 < len(reply.heard) < len(lines):
                yield Step(reply, lines[len(reply.heard)])


def fit_dynamics(out: Path, say: Say, score: Score | None = None) -> None:
    """Fit on the training part, write ``out/dynamics.json``, and say the errors on the test part.

    Least squares without a penalty: seven coefficients on some 4,300 steps need none. The labels
    are whole numbers, so the error of the nearest whole level is said as well. In use scores drive
    the customer, so the errors from what ``score`` gives the replies are said too, if it is given.
    """
    train, test = list(steps(train_part())), list(steps(test_part()))
    say(f"steps: {len(train)} train, {len(test)} test")
    rows = {feeling: _row(_fitted(train, feeling)) for feeling in FITTED}
    _say_errors(rows, test, [_labels(step) for step in test], "labels", say)
    if score is not None:
        given = score([step.reply.said for step in test])
        read = [[label(scores.of(d)) for d in Dimension] for scores in given]
        _say_errors(rows, test, read, "the scorer's own scores", say)
    for value in range(3):
        _say_change(value, train, say)
    fitted = Coefficients(
        anger=rows[Feeling.ANGER],
        trust=rows[Feeling.TRUST],
        feeling_heard=FEELING_HEARD,
        reach=REACH,
    )
    out.mkdir(parents=True, exist_ok=True)
    text = fitted.model_dump_json(indent=1, exclude_defaults=True)
    (out / "dynamics.json").write_text(f"{text}\n", encoding="utf-8")


def _fitted(train: list[Step], feeling: Feeling) -> Array:
    x = _inputs(train, [_labels(step) for step in train])
    found = np.linalg.lstsq(x, _levels(train, feeling), rcond=None)[0]
    return np.asarray(found, dtype=np.float64)


def _say_errors(
    rows: Mapping[Feeling, Row],
    test: list[Step],
    rated: Sequence[Sequence[float]],
    source: str,
    say: Say,
) -> None:
    measured = _inputs(test, rated)
    for feeling, column in FITTED.items():
        target = _levels(test, feeling)
        predicted = np.clip(measured @ _coefficients(rows[feeling]), 0, 10)
        error = np.abs(predicted - target).mean()
        whole = np.abs(np.round(predicted) - target).mean()
        stays = np.abs(measured[:, column] - target).mean()
        say(
            f"{feeling.value} from {source}: mean absolute error {error:.2f}, to the nearest "
            f"level {whole:.2f}, stays as it is {stays:.2f}"
        )


def _say_change(label: int, train: list[Step], say: Say) -> None:
    chosen = [step for step in train if step.reply.line.de_escalation == label]
    anger = np.mean([step.after.anger - step.before.anger for step in chosen])
    trust = np.mean([step.after.trust - step.before.trust for step in chosen])
    say(
        f"de-escalation {label}: {len(chosen)} steps, mean change of anger {anger:+.2f}, "
        f"of trust {trust:+.2f}"
    )


def _labels(step: Step) -> list[float]:
    return [step.reply.line.label(dimension) for dimension in Dimension]


def _inputs(chosen: list[Step], rated: Sequence[Sequence[float]]) -> Array:
    """Return a row a step: constant, levels, three labels (0 to 2), lines said until then."""
    return np.array(
        [
            [1, step.before.anger, step.before.trust, *labels, min(len(step.reply.heard), LATE)]
            for step, labels in zip(chosen, rated, strict=True)
        ],
        dtype=np.float64,
    )


def _levels(chosen: list[Step], feeling: Feeling) -> Array:
    return np.array([float(getattr(step.after, feeling.value)) for step in chosen])


def _row(solution: Array) -> Row:
    constant, anger, trust, empathy, listening, heat, spoken = np.round(solution, 4).tolist()
    return Row(
        constant=constant,
        anger=anger,
        trust=trust,
        empathy=empathy,
        listening=listening,
        de_escalation=heat,
        spoken=spoken,
    )


def _coefficients(row: Row) -> Array:
    """Return a row in the order of the inputs."""
    return np.array(
        [
            row.constant,
            row.anger,
            row.trust,
            row.empathy,
            row.listening,
            row.de_escalation,
            row.spoken,
        ]
    )
