"""A trainee's reply in one row: what it takes to follow many calls without reading them."""

from __future__ import annotations

from typing import NamedTuple

from simulator.domain.score import Dimension


class Line(NamedTuple):
    """Where a reply stands: the id of its session and the exchange, counted from 1."""

    session: str
    turn: int


class Reply(NamedTuple):
    """The words of a reply and its three values (0 to 100, None where the scorer abstained)."""

    line: Line
    text: str
    empathy: float | None
    listening: float | None
    de_escalation: float | None

    def value(self, dimension: Dimension) -> float | None:
        """Return one value by name."""
        value: float | None = getattr(self, dimension.value)
        return value

    @property
    def mean(self) -> float | None:
        """The mean of the dimensions that were rated, None if none was."""
        values = [v for d in Dimension if (v := self.value(d)) is not None]
        return sum(values) / len(values) if values else None
