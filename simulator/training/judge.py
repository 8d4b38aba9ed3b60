"""Fits the judge: what was really said in a conversation against what could not be.

Against each customer line of the corpus stand lines of the same act from other dialogues, a line
of the same dialogue from another place, and what the model itself says there. The fit ranks
within a conversation (Bradley-Terry), so that no conversation as such counts.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from simulator.customer.judge import FILE, Judge
from simulator.customer.prompt import CustomerLine, transcript, written
from simulator.customer.ranker import opening
from simulator.domain.act import Act
from simulator.domain.language import Language
from simulator.lm.base import LanguageModel, Request, Weight
from simulator.training import corpus
from simulator.training.dialogues import caller, lines, standard_language

Say = Callable[[str], None]
Wrong = Literal["other dialogue", "other place", "model"]
OTHERS, DRAWN = 3, 2
"""Wrong lines for each right one: from other dialogues, and from the model."""

STRENGTHS = (1e-4, 3e-4, 1e-3, 3e-3)
"""Inverse strengths of the ridge that cross-validation chooses among."""

NEGLIGIBLE = 0.05
"""Below it the likelihood without the call is left out: each reading of it costs a wait."""

FOLDS = 5
_LONGEST = 32


@dataclass(frozen=True)
class Choice:
    """One place of a dialogue: features of what was said, shape (n,), and of what was not."""

    dialogue: str
    right: NDArray[np.float32]
    wrong: tuple[tuple[Wrong, NDArray[np.float32]], ...]


def fit_judge(model: LanguageModel, dialogues: int, out: Path, say: Say) -> Judge:
    """Fit on places of ``dialogues`` training dialogues, write ``out``, say how often it is right.

    ``model`` is the speaking model; its own lines there are drawn anew. A third of the test part
    is measured once, at the end.
    """
    everything, split = corpus.read_corpus(), corpus.read_split()
    standard = [d for d in split.train_part(everything) if standard_language(d)]
    chosen = random.Random(0).sample(standard, min(dialogues, len(standard)))
    bank = _bank(standard)
    train = _collected(model, chosen, bank, say)
    groups = [choice.dialogue for choice in train]
    strength = max(STRENGTHS, key=lambda c: _cross_validated(train, groups, c))
    say(
        f"places: {len(train)}, strength {strength}, cross-validated pairs right: "
        f"{_cross_validated(train, groups, strength):.3f}"
    )
    weights = _fitted(train, strength)
    test = split.test_part(everything)[::3]
    measured = _collected(model, test, _bank(split.test_part(everything)), say)
    for name, value in _right(measured, weights).items():
        say(
            f"test, {name}: {value:.3f} of pairs right (likelihoods alone "
            f"{_right(measured, _plain(len(weights)))[name]:.3f})"
        )
    alone = float(weights[1]) if abs(weights[1]) > NEGLIGIBLE else 0.0
    judge = Judge(model.name, weights[2:], float(weights[0]), alone)
    _save(judge, out)
    return judge


def _collected(
    model: LanguageModel,
    dialogues: Sequence[corpus.Dialogue],
    bank: dict[tuple[Language, Act], list[str]],
    say: Say,
) -> list[Choice]:
    choices: list[Choice] = []
    for number, dialogue in enumerate(dialogues, start=1):
        choices += _places(model, dialogue, bank)
        if number % 10 == 0:
            say(f"{number} of {len(dialogues)} dialogues")
    return choices


def _places(
    model: LanguageModel, dialogue: corpus.Dialogue, bank: dict[tuple[Language, Act], list[str]]
) -> Iterator[Choice]:
    who, told = caller(dialogue), lines(dialogue)
    own = [line.text for line in told if isinstance(line, CustomerLine)]
    for place, line in enumerate(told):
        if place < 2 or not isinstance(line, CustomerLine):
            continue
        chance = random.Random(f"{dialogue.id}:{place}")
        blank = CustomerLine(line.anger, line.trust, line.act, line.fact)
        prompt = transcript(who, [*told[:place], blank])
        label = written(blank, dialogue.language)[0]
        others = [text for text in bank[dialogue.language, line.act] if text not in own]
        wrong: list[tuple[Wrong, str]] = [
            ("other dialogue", text) for text in chance.sample(others, min(OTHERS, len(others)))
        ]
        elsewhere = [text for text in own if text != line.text]
        wrong += [
            ("other place", text) for text in chance.sample(elsewhere, min(1, len(elsewhere)))
        ]
        texts = [f" {opening(text)}" for text in (line.text, *(text for _, text in wrong))]
        drawn = list(_drawn(model, prompt, chance.randrange(2**31)))
        inside = [*model.weigh(prompt, texts), *(weight for _, weight in drawn)]
        alone = model.weigh(label, [*texts, *(text for text, _ in drawn)])
        features = [_features(w, a) for w, a in zip(inside, alone, strict=True)]
        kinds: list[Wrong] = [kind for kind, _ in wrong]
        kinds += ["model" for _ in drawn]
        yield Choice(dialogue.id, features[0], tuple(zip(kinds, features[1:], strict=True)))


def _drawn(model: LanguageModel, prompt: str, seed: int) -> Iterator[tuple[str, Weight]]:
    request = Request(
        prompt, candidates=DRAWN, max_tokens=_LONGEST, pause_at=".!?…", pause_after=4, seed=seed
    )
    texts = [""] * DRAWN
    for chunk in model.generate(request):
        texts[chunk.index] += chunk.text
        if chunk.done and chunk.weight and texts[chunk.index].strip():
            yield texts[chunk.index], chunk.weight


def _features(inside: Weight, alone: Weight) -> NDArray[np.float32]:
    return np.concatenate(
        [np.array([inside.log_probability, alone.log_probability], np.float32), inside.state]
    )


def _bank(dialogues: Sequence[corpus.Dialogue]) -> dict[tuple[Language, Act], list[str]]:
    bank: dict[tuple[Language, Act], list[str]] = defaultdict(list)
    for dialogue in dialogues:
        for line in lines(dialogue):
            if isinstance(line, CustomerLine):
                bank[dialogue.language, line.act].append(line.text)
    return bank


def _fitted(choices: Sequence[Choice], strength: float) -> NDArray[np.float32]:
    differences = np.stack([c.right - wrong for c in choices for _, wrong in c.wrong])
    scale = differences.std(0) + 1e-6
    signs = np.where(np.arange(len(differences)) % 2, 1.0, -1.0)
    regression = LogisticRegression(C=strength, fit_intercept=False, max_iter=2000)
    regression.fit(differences / scale * signs[:, None], signs > 0)
    return np.asarray(regression.coef_[0] / scale, dtype=np.float32)


def _cross_validated(choices: Sequence[Choice], groups: Sequence[str], strength: float) -> float:
    right: list[float] = []
    for fitted, held in GroupKFold(FOLDS).split(choices, groups=groups):
        weights = _fitted([choices[i] for i in fitted], strength)
        right.append(_right([choices[i] for i in held], weights)["all"])
    return float(np.mean(right))


def _right(choices: Sequence[Choice], weights: NDArray[np.float32]) -> dict[str, float]:
    cases: dict[str, list[bool]] = defaultdict(list)
    for choice in choices:
        for kind, wrong in choice.wrong:
            better = bool((choice.right - wrong) @ weights > 0)
            cases[kind].append(better)
            cases["all"].append(better)
    return {name: float(np.mean(found)) for name, found in cases.items()}


def _plain(size: int) -> NDArray[np.float32]:
    weights = np.zeros(size, np.float32)
    weights[:2] = 1.0, -0.5
    return weights


def _save(judge: Judge, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    told = {
        "model": judge.model,
        "likely": repr(judge.likely),
        "alone": repr(judge.alone),
    }
    save_file({"state": judge.state.astype(np.float32)}, out / FILE, metadata=told)
