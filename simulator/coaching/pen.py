"""Writes a coach's notes: with an id of their own, signed and dated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from simulator.domain.annotation import (
    BlindRating,
    Overruling,
    Remark,
    Span,
    Tag,
    Withdrawal,
)
from simulator.domain.score import Dimension


@dataclass(frozen=True)
class Pen:
    """Writes what ``coach`` thinks of the reply in exchange ``turn``."""

    coach: str
    turn: int
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    name: Callable[[], str] = lambda: uuid4().hex

    def remark(
        self,
        kind: Literal["praise", "advice"],
        text: str,
        tag: Tag | None = None,
        span: Span | None = None,
    ) -> Remark:
        """Write a remark; ``text`` must not be empty."""
        return Remark(
            id=self.name(),
            author=self.coach,
            at=self.now(),
            turn=self.turn,
            kind=kind,
            text=text,
            tag=tag,
            span=span,
        )

    def overruling(
        self, dimension: Dimension, label: int, reason: str, replaces: str | None = None
    ) -> Overruling:
        """Write another label beside the machine's, in place of one's own ``replaces``."""
        return Overruling(
            id=self.name(),
            author=self.coach,
            at=self.now(),
            turn=self.turn,
            replaces=replaces,
            dimension=dimension,
            label=label,
            reason=reason,
        )

    def rating(self, labels: dict[Dimension, int]) -> BlindRating:
        """Write a blind rating; ``labels`` has all three dimensions."""
        return BlindRating(
            id=self.name(),
            author=self.coach,
            at=self.now(),
            turn=self.turn,
            empathy=labels[Dimension.EMPATHY],
            listening=labels[Dimension.LISTENING],
            de_escalation=labels[Dimension.DE_ESCALATION],
        )

    def withdrawal(self, note: Remark | Overruling | BlindRating) -> Withdrawal:
        """Take back one's own ``note``."""
        return Withdrawal(
            id=self.name(), author=self.coach, at=self.now(), turn=note.turn, replaces=note.id
        )
