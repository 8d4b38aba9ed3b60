"""Takes words out of a reply, to see what they did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from simulator.domain.score import Evidence
from simulator.scoring.lexicon import Span


def joined(evidence: Iterable[Evidence]) -> list[Span]:
    """Return the spans of ``evidence`` joined where they overlap, in order."""
    spans: list[Span] = []
    for start, end in sorted((one.start, one.end) for one in evidence):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def without(text: str, gone: Sequence[Span]) -> str:
    """Return ``text`` without some spans, which do not overlap, and the room they leave."""
    for start, end in sorted(gone, reverse=True):
        text = text[:start] + text[end:]
    return " ".join(text.split())
