"""Marks in the trainee's own words what carried the scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from textual.content import Content

from simulator.domain.score import Dimension, Evidence, Polarity, TurnScores
from simulator.tui.literal import literal

SIGNS: dict[Polarity, str] = {"positive": "▲", "negative": "▼"}
STYLES: dict[Polarity, str] = {
    "positive": "$text-success underline",
    "negative": "$text-error underline",
}
Span = tuple[int, int, Polarity]


def spans(scores: TurnScores) -> tuple[Span, ...]:
    """Return the evidence of all dimensions as (start, end, polarity), each once, in order."""
    found = (e for d in Dimension for e in scores.of(d).evidence)
    return tuple(sorted({(e.start, e.end, e.polarity) for e in found if e.start < e.end}))


def marked(reply: str, evidence: Sequence[Span]) -> Content:
    """Return ``reply`` with every span underlined and its sign before it.

    The sign says by itself which way the words worked; the colour only repeats it.
    """
    cuts = sorted({0, len(reply), *_within(reply, evidence)})
    pieces: list[Content] = []
    for start, end in pairwise(cuts):
        pieces += [
            Content.styled(SIGNS[polarity], STYLES[polarity].removesuffix(" underline"))
            for begin, _, polarity in evidence
            if begin == start
        ]
        pieces.append(literal(reply[start:end], _style(start, evidence)))
    return Content("").join(pieces)


def quoted(reply: str, evidence: Evidence, quotes: str) -> Content:
    """Return one span of ``reply`` with its sign, between ``quotes`` (opening and closing)."""
    words = " ".join(reply[evidence.start : evidence.end].split())
    style = STYLES[evidence.polarity]
    sign = Content.styled(f"{SIGNS[evidence.polarity]} ", style.removesuffix(" underline"))
    return sign + quotes[0] + literal(words, style) + quotes[1]


def _within(reply: str, evidence: Sequence[Span]) -> Iterable[int]:
    return (min(edge, len(reply)) for start, end, _ in evidence for edge in (start, end))


def _style(position: int, evidence: Sequence[Span]) -> str:
    for start, end, polarity in evidence:
        if start <= position < end:
            return STYLES[polarity]
    return ""
