"""Keeps the account of a change in whole tenths, so that the reasons add up to what is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.domain.emotion import Feeling, LedgerEntry

HIGHEST = 100
"""The end of the scale, in tenths."""


@dataclass(frozen=True)
class Reason:
    """A rule and what it adds, in tenths of a point."""

    rule: str
    tenths: int
    detail: str = ""


def tenths(points: float) -> int:
    """Return ``points`` in whole tenths."""
    return round(points * 10)


def shared_out(parts: Sequence[tuple[str, float]]) -> list[Reason]:
    """Round the ``parts`` (rule and points) so that they add up to their rounded sum.

    By largest remainder: no part ends a whole tenth or more away from its exact amount.
    """
    exact = [points * 10 for _, points in parts]
    low = [math.floor(amount) for amount in exact]
    missing = round(sum(exact)) - sum(low)
    by_remainder = sorted(range(len(parts)), key=lambda i: low[i] - exact[i])
    raised = frozenset(by_remainder[:missing])
    return [Reason(rule, low[i] + (i in raised)) for i, (rule, _) in enumerate(parts)]


def bounded(start: int, reasons: Sequence[Reason], lowest: int, highest: int) -> list[Reason]:
    """Add what one reply cannot do (``cap``) and where the scale ends (``limit``).

    ``start`` is the level before, ``lowest`` and ``highest`` the bounds of the change of one
    reply, in tenths.
    """
    wanted = sum(reason.tenths for reason in reasons)
    capped = max(lowest, min(highest, wanted))
    kept = max(0, min(HIGHEST, start + capped)) - start
    return [*reasons, Reason("cap", capped - wanted), Reason("limit", kept - capped)]


def entries(feeling: Feeling, reasons: Sequence[Reason]) -> tuple[LedgerEntry, ...]:
    """Return the reasons that changed anything, as entries of the ledger."""
    return tuple(
        LedgerEntry(feeling=feeling, rule=r.rule, amount=r.tenths / 10, detail=r.detail)
        for r in reasons
        if r.tenths
    )
