"""The words of a reply that carried its scores: numbered, so that each is told its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from simulator.domain.cue import Cue
from simulator.domain.score import Dimension, Polarity, TurnScores


@dataclass(frozen=True)
class Mark:
    """Words ``reply[start:end]`` that worked one way; ``reasons`` are what for what.

    ``number`` counts the marks of one reply from 1.
    """

    number: int
    start: int
    end: int
    polarity: Polarity
    words: str
    reasons: tuple[tuple[Cue, Dimension], ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of the reply: the marks that begin with it, and how its words worked."""

    text: str
    begun: tuple[Mark, ...] = ()
    polarities: tuple[Polarity, ...] = ()


def marks(reply: str, scores: TurnScores) -> tuple[Mark, ...]:
    """Return the evidence of all dimensions in the order of the words, each span once.

    A span that lies outside the reply is left out.
    """
    found: dict[tuple[int, int, Polarity], list[tuple[Cue, Dimension]]] = {}
    for dimension in Dimension:
        for e in scores.of(dimension).evidence:
            if e.start < min(e.end, len(reply)):
                reasons = found.setdefault((e.start, min(e.end, len(reply)), e.polarity), [])
                reasons.append((e.cue, dimension))
    return tuple(
        Mark(number, start, end, polarity, _in_one_line(reply[start:end]), _unique(found[key]))
        for number, key in enumerate(sorted(found), start=1)
        for start, end, polarity in [key]
    )


def pieces(reply: str, marked: tuple[Mark, ...]) -> tuple[Piece, ...]:
    """Cut ``reply`` where marks begin and end; the pieces joined are the reply."""
    cuts = sorted({0, len(reply), *(edge for m in marked for edge in (m.start, m.end))})
    return tuple(
        Piece(
            reply[start:end],
            tuple(m for m in marked if m.start == start),
            tuple(sorted({m.polarity for m in marked if m.start <= start < m.end})),
        )
        for start, end in pairwise(cuts)
    )


def _in_one_line(words: str) -> str:
    return " ".join(words.split())


def _unique(
    reasons: list[tuple[Cue, Dimension]],
) -> tuple[tuple[Cue, Dimension], ...]:
    return tuple(dict.fromkeys(reasons))
