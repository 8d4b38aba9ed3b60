"""Do the marked words carry the score? They are deleted, and it is scored again."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from simulator.domain.score import Dimension, Polarity, TurnScores
from simulator.scoring.deletion import joined, without
from simulator.scoring.heard import Said
from simulator.scoring.lexicon import Span
from simulator.scoring.scorer import Scorer
from simulator.training.corpus import RatedReply

_SIDES: tuple[Polarity, ...] = ("positive", "negative")


@dataclass(frozen=True)
class Deletion:
    """What deleting words did to one value: of the marked ones, and of as many others."""

    dimension: Dimension
    polarity: Polarity
    marked: float
    others: float | None


@dataclass(frozen=True)
class Carried:
    """How far marked words carry a dimension, over ``n`` replies.

    ``share`` (0 to 1) of deletions moved the value the way the marks say; ``marked`` and
    ``others`` are the mean moves (in points, towards that side) of deleting marked words and as
    many others.
    """

    dimension: Dimension
    polarity: Polarity
    share: float
    marked: float
    others: float
    n: int


@dataclass(frozen=True)
class Cut:
    """A reply with the marked words of one side gone, and one with as many others gone.

    ``value`` is that of the whole reply. ``others`` is None where there are not that many.
    """

    dimension: Dimension
    polarity: Polarity
    value: float
    marked: Said
    others: Said | None


def deletions(scorer: Scorer, replies: Sequence[RatedReply]) -> list[Deletion]:
    """Return a deletion for each dimension and side that has marks in a reply of ``replies``.

    Replies whose marks are all they say have nothing left to score and are passed over.
    """
    whole = [reply.said for reply in replies]
    cuts = [
        cut
        for number, (said, scores) in enumerate(
            zip(whole, scorer.score_all(whole, with_examples=False), strict=True)
        )
        for cut in _cuts(said, scores, number)
    ]
    marked = scorer.score_all([cut.marked for cut in cuts], with_examples=False)
    beside = [cut for cut in cuts if cut.others]
    others = dict(
        zip(
            map(id, beside),
            scorer.score_all([c.others for c in beside if c.others], with_examples=False),
            strict=True,
        )
    )
    return [
        Deletion(cut.dimension, cut.polarity, left, _moved(cut, others.get(id(cut))))
        for cut, scores in zip(cuts, marked, strict=True)
        if (left := _moved(cut, scores)) is not None
    ]


def _cuts(said: Said, scores: TurnScores, seed: int) -> Iterator[Cut]:
    for dimension in Dimension:
        score = scores.of(dimension)
        for polarity in _SIDES:
            marks = joined(one for one in score.evidence if one.polarity == polarity)
            if score.value is None or not marks:
                continue
            chosen = others(said.reply, joined(score.evidence), marks, seed)
            yield Cut(
                dimension,
                polarity,
                score.value,
                replace(said, reply=without(said.reply, marks)),
                replace(said, reply=without(said.reply, chosen)) if chosen else None,
            )


def _moved(cut: Cut, scores: TurnScores | None) -> float | None:
    """Return by how many points the value moved the way the marks say, None without a value."""
    value = scores.of(cut.dimension).value if scores else None
    if value is None:
        return None
    return value - cut.value if cut.polarity == "negative" else cut.value - value


def carried(found: Sequence[Deletion]) -> Iterator[Carried]:
    """Yield a row for each dimension and side."""
    for dimension in Dimension:
        for polarity in _SIDES:
            own = [d for d in found if d.dimension == dimension and d.polarity == polarity]
            beside = [d.others for d in own if d.others is not None]
            if own:
                yield Carried(
                    dimension,
                    polarity,
                    sum(d.marked > 0 for d in own) / len(own),
                    sum(d.marked for d in own) / len(own),
                    sum(beside) / len(beside) if beside else float("nan"),
                    len(own),
                )


def told(row: Carried) -> str:
    """Return a row as a line of text."""
    return (
        f"deleting {row.polarity} marks  {row.dimension:<14} as marked in {row.share:.1%}, "
        f"by {row.marked:+.1f} points; as many other words {row.others:+.1f}  n={row.n}"
    )


def others(text: str, marked: Sequence[Span], gone: Sequence[Span], seed: int) -> list[Span]:
    """Return as many words outside ``marked`` as there are in ``gone``, drawn by ``seed``.

    Empty where there are not that many.
    """
    words = [match.span() for match in re.finditer(r"\S+", text)]
    free = [w for w in words if not any(w[0] < end and start < w[1] for start, end in marked)]
    many = sum(len(text[start:end].split()) for start, end in gone)
    return random.Random(seed).sample(free, many) if 0 < many <= len(free) else []
