"""Numbers and bars in the cells of a terminal."""

from __future__ import annotations

from simulator.i18n.figures import arrow, decimal, signed

__all__ = ["arrow", "bar", "decimal", "signed"]


def bar(share: float, width: int) -> tuple[str, str]:
    """Return the filled and the empty part of a bar of ``width`` cells at ``share`` (0 to 1)."""
    filled = round(min(max(share, 0.0), 1.0) * width)
    return "━" * filled, "─" * (width - filled)
