"""What a coach may see of a call while rating it blind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from simulator.domain.annotation import (
    BlindRating,
    Note,
    Overruling,
    Remark,
    standing,
)


@dataclass(frozen=True)
class Blindfold:
    """Hides, while it is ``on``, every judgement of a reply that ``coach`` has not rated yet.

    ``seen`` are the exchanges whose scores the coach has seen openly. ``notes`` are all notes of
    the call, also those that no longer stand.
    """

    coach: str
    on: bool = False
    seen: frozenset[int] = frozenset()
    notes: tuple[Note, ...] = ()
    _rated: frozenset[int] = field(init=False)
    _known: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        own = [note for note in self.notes if note.author == self.coach]
        rated = {n.turn for n in standing(own) if isinstance(n, BlindRating)}
        # who has overruled a score has seen it, and after a rating it appeared
        known = {n.turn for n in own if isinstance(n, BlindRating | Overruling)}
        object.__setattr__(self, "_rated", frozenset(rated))
        object.__setattr__(self, "_known", frozenset(known) | self.seen)

    def hides(self, turn: int) -> bool:
        """Say whether the scores, marks and others' notes of the reply are hidden."""
        return self.on and turn not in self._rated

    def hides_state(self, exchange: int) -> bool:
        """Say whether the customer's state after ``exchange`` is hidden.

        The state sums up what every reply so far has done, so that one hidden reply hides it.
        """
        return any(self.hides(turn) for turn in range(1, exchange + 1))

    def may_rate(self, turn: int) -> bool:
        """Say whether a rating of the reply would be a blind one."""
        return self.on and turn not in self._known

    def shown(self, turn: int) -> tuple[Remark | Overruling | BlindRating, ...]:
        """Return the standing notes on the reply that may be seen: one's own, or all."""
        return tuple(
            note
            for note in standing(self.notes)
            if note.turn == turn and (note.author == self.coach or not self.hides(turn))
        )

    def spoilt(self, turns: Iterable[int]) -> tuple[int, ...]:
        """Return those of ``turns`` that can no longer be rated blind and have not been."""
        return tuple(turn for turn in turns if turn in self._known and turn not in self._rated)
