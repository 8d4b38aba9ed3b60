"""Do the marked words carry the score? They are deleted, and it is scored again."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from simulator.domain.score import Dimension, Evidence, Polarity
from simulator.scoring.scorer import Scorer
from simulator.training.corpus import RatedReply

Span = tuple[int, int]


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


def deletions(scorer: Scorer, replies: Iterable[RatedReply]) -> Iterator[Deletion]:
    """Yield a deletion for each dimension and side that has marks in a reply of ``replies``.

    Replies whose marks are all they say have nothing left to score and are passed over.
    """
    for number, rated in enumerate(replies):
        whole = scorer.score(rated.line.text, rated.context, rated.dialogue.language, rated.earlier)
        for dimension in Dimension:
            score = whole.of(dimension)
            for polarity in ("positive", "negative"):
                marks = [one for one in score.evidence if one.polarity == polarity]
                if score.value is None or not marks:
                    continue
                text = rated.line.text
                left = _value(scorer, rated, without(text, spans(marks)), dimension)
                if left is None:
                    continue
                chosen = others(text, spans(score.evidence), spans(marks), number)
                kept = _value(scorer, rated, without(text, chosen), dimension) if chosen else None
                sign = 1 if polarity == "negative" else -1
                yield Deletion(
                    dimension,
                    polarity,
                    sign * (left - score.value),
                    None if kept is None else sign * (kept - score.value),
                )


def carried(found: Sequence[Deletion]) -> Iterator[Carried]:
    """Yield a row for each dimension and side."""
    for dimension in Dimension:
        for polarity in ("positive", "negative"):
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


def spans(evidence: Iterable[Evidence]) -> list[Span]:
    """Return the spans of ``evidence`` joined where they overlap, in order."""
    joined: list[Span] = []
    for start, end in sorted((one.start, one.end) for one in evidence):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def without(text: str, gone: Sequence[Span]) -> str:
    """Return ``text`` without some spans and the room they leave."""
    for start, end in sorted(gone, reverse=True):
        text = text[:start] + text[end:]
    return " ".join(text.split())


def others(text: str, marked: Sequence[Span], gone: Sequence[Span], seed: int) -> list[Span]:
    """Return as many words outside ``marked`` as there are in ``gone``, drawn by ``seed``.

    Empty where there are not that many.
    """
    words = [match.span() for match in re.finditer(r"\S+", text)]
    free = [w for w in words if not any(w[0] < end and start < w[1] for start, end in marked)]
    many = sum(len(text[start:end].split()) for start, end in gone)
    return random.Random(seed).sample(free, many) if 0 < many <= len(free) else []


def _value(scorer: Scorer, rated: RatedReply, reply: str, dimension: Dimension) -> float | None:
    scores = scorer.score(reply, rated.context, rated.dialogue.language, rated.earlier)
    return scores.of(dimension).value
