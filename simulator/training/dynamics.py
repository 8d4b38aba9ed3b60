"""Fits anger and trust on the corpus; writes them with what is stated to ``dynamics.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.customer.dynamics import LATE, Coefficients, Row
from simulator.domain.emotion import Feeling
from simulator.domain.score import Dimension
from simulator.training.corpus import AgentLine, CustomerLine, Dialogue, test_part, train_part

Say = Callable[[str], None]
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
    """A reply between two customer turns: labels, and the levels before and after.

    ``spoken`` counts the customer's lines up to ``before``.
    """

    before: CustomerLine
    reply: AgentLine
    after: CustomerLine
    spoken: int


def steps(dialogues: tuple[Dialogue, ...]) -> Iterator[Step]:
    """Yield every step of ``dialogues``; what comes before the first customer turn is none."""
    for dialogue in dialogues:
        spoken = 0
        for before, reply, after in zip(
            dialogue.turns, dialogue.turns[1:], dialogue.turns[2:], strict=False
        ):
            spoken += isinstance(before, CustomerLine)
            if (
                isinstance(before, CustomerLine)
                and isinstance(reply, AgentLine)
                and isinstance(after, CustomerLine)
            ):
                yield Step(before, reply, after, spoken)


def fit_dynamics(out: Path, say: Say) -> None:
    """Fit on the training part, write ``out/dynamics.json``, and say the errors on the test part.

    Least squares without a penalty: seven coefficients on some 4,300 steps need none. The labels
    are whole numbers, so the error of the nearest whole level is said as well.
    """
    train, test = list(steps(train_part())), list(steps(test_part()))
    x, measured = _inputs(train), _inputs(test)
    say(f"steps: {len(train)} train, {len(test)} test")
    rows: dict[Feeling, Row] = {}
    for feeling, column in FITTED.items():
        found = np.linalg.lstsq(x, _levels(train, feeling), rcond=None)[0]
        solution: Array = np.asarray(found, dtype=np.float64)
        rows[feeling] = _row(solution)
        target = _levels(test, feeling)
        predicted = np.clip(measured @ np.round(solution, 4), 0, 10)
        error = np.abs(predicted - target).mean()
        whole = np.abs(np.round(predicted) - target).mean()
        stays = np.abs(measured[:, column] - target).mean()
        say(
            f"{feeling.value}: mean absolute error {error:.2f}, to the nearest level {whole:.2f}, "
            f"stays as it is {stays:.2f}"
        )
    for label in range(3):
        _say_change(label, train, say)
    fitted = Coefficients(
        anger=rows[Feeling.ANGER],
        trust=rows[Feeling.TRUST],
        feeling_heard=FEELING_HEARD,
        reach=REACH,
    )
    out.mkdir(parents=True, exist_ok=True)
    text = fitted.model_dump_json(indent=1, exclude_defaults=True)
    (out / "dynamics.json").write_text(f"{text}\n", encoding="utf-8")


def _say_change(label: int, train: list[Step], say: Say) -> None:
    chosen = [step for step in train if step.reply.de_escalation == label]
    anger = np.mean([step.after.anger - step.before.anger for step in chosen])
    trust = np.mean([step.after.trust - step.before.trust for step in chosen])
    say(
        f"de-escalation {label}: {len(chosen)} steps, mean change of anger {anger:+.2f}, "
        f"of trust {trust:+.2f}"
    )


def _inputs(chosen: list[Step]) -> Array:
    return np.array(
        [
            [
                1,
                step.before.anger,
                step.before.trust,
                *(step.reply.label(d) for d in Dimension),
                min(step.spoken, LATE),
            ]
            for step in chosen
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
