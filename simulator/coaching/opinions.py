"""What everybody said of a reply: each coach blind, each coach overruling, and the machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from simulator.domain.annotation import BlindRating, Note, Overruling, standing
from simulator.domain.conversation import AgentTurn, Session
from simulator.domain.score import Dimension


@dataclass(frozen=True)
class NotedCall:
    """A call with all that coaches noted beside it, whether it still stands or not."""

    session: Session
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Opinions:
    """The labels (0 to 2) that one reply got on one dimension.

    ``turn`` counts exchanges from 1. ``blind`` and ``overruled`` map a coach's name to their
    label; ``machine`` is None where the machine abstained.
    """

    session: str
    turn: int
    reply: str
    dimension: Dimension
    machine: int | None
    blind: Mapping[str, int]
    overruled: Mapping[str, int]


def opinions(calls: Iterable[NotedCall]) -> tuple[Opinions, ...]:
    """Return three opinions for each reply that a coach labelled, by session and turn.

    Of several blind ratings of one coach the first counts, for only that one was blind; of
    several overrulings the last.
    """
    ordered = sorted(calls, key=lambda call: call.session.id)
    return tuple(one for call in ordered for one in _of_call(call))


def _of_call(call: NotedCall) -> Iterator[Opinions]:
    blind: dict[int, dict[str, BlindRating]] = {}
    overruled: dict[tuple[int, Dimension], dict[str, int]] = {}
    for note in standing(call.notes):
        if isinstance(note, BlindRating):
            blind.setdefault(note.turn, {}).setdefault(note.author, note)
        elif isinstance(note, Overruling):
            overruled.setdefault((note.turn, note.dimension), {})[note.author] = note.label
    touched = blind.keys() | {turn for turn, _ in overruled}
    for turn in sorted(call.session.agent_turns, key=lambda turn: turn.turn):
        if turn.turn in touched:
            rated = blind.get(turn.turn, {})
            for dimension in Dimension:
                labels = {coach: rating.label(dimension) for coach, rating in rated.items()}
                yield _opinions(
                    call.session, turn, dimension, labels, overruled.get((turn.turn, dimension), {})
                )


def _opinions(
    session: Session,
    turn: AgentTurn,
    dimension: Dimension,
    blind: Mapping[str, int],
    overruled: Mapping[str, int],
) -> Opinions:
    machine = turn.scores.of(dimension).label
    return Opinions(session.id, turn.turn, turn.text, dimension, machine, blind, overruled)
