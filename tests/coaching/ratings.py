"""Coaches' notes for tests, with names and times that tell them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count

from simulator.coaching.opinions import NotedCall
from simulator.domain.annotation import BlindRating, Note, Overruling, Withdrawal
from simulator.domain.conversation import AgentTurn, Session
from simulator.domain.score import Dimension, DimensionScore, TurnScores
from tests.calls import NOON, customer, started

Labels = tuple[int, int, int]
VALUES = (10.0, 50.0, 90.0)

_numbers = count(1)


def rating(author: str, turn: int, labels: Labels, minutes: int = 0, **more: str) -> BlindRating:
    empathy, listening, de_escalation = labels
    return BlindRating(
        id=f"note-{next(_numbers):04}",
        author=author,
        at=NOON + timedelta(minutes=minutes),
        turn=turn,
        empathy=empathy,
        listening=listening,
        de_escalation=de_escalation,
        **more,
    )


def overruling(
    author: str, turn: int, label: int, dimension: Dimension = Dimension.EMPATHY, minutes: int = 0
) -> Overruling:
    return Overruling(
        id=f"note-{next(_numbers):04}",
        author=author,
        at=NOON + timedelta(minutes=minutes),
        turn=turn,
        dimension=dimension,
        label=label,
        reason="Er nennt das Gefühl beim Namen.",
    )


def withdrawal(note: Note, author: str = "") -> Withdrawal:
    return Withdrawal(
        id=f"note-{next(_numbers):04}",
        author=author or note.author,
        at=note.at + timedelta(minutes=1),
        turn=note.turn,
        replaces=note.id,
    )


def scored(turn: int, labels: Sequence[int | None], text: str = "") -> AgentTurn:
    """Return a reply that the machine labelled so; None where it abstained."""
    empathy, listening, de_escalation = (
        DimensionScore(abstained="empty") if label is None else DimensionScore(value=VALUES[label])
        for label in labels
    )
    scores = TurnScores(empathy=empathy, listening=listening, de_escalation=de_escalation)
    return AgentTurn(turn=turn, at=NOON, text=text or f"Antwort {turn}.", scores=scores)


def noted(
    session: str, machine: Sequence[Sequence[int | None]], by: Mapping[str, Sequence[Labels | None]]
) -> NotedCall:
    """Return a call of a reply for each of ``machine``; each coach labels them in their order."""
    turns = [
        turn
        for n, labels in enumerate(machine, start=1)
        for turn in (scored(n, labels), customer(n, f"Satz {n}."))
    ]
    notes = [
        rating(coach, n, labels)
        for coach, all_labels in by.items()
        for n, labels in enumerate(all_labels, start=1)
        if labels is not None
    ]
    return NotedCall(Session(started=started(session), turns=tuple(turns)), tuple(notes))
