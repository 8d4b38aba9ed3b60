"""Dark and light."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="hoerer-dark",
    primary="#7fb4ca",
    secondary="#a3b8a0",
    accent="#d7b98e",
    foreground="#dcd7cf",
    background="#16191d",
    surface="#1f242a",
    panel="#2a3038",
    success="#8fbf7f",
    warning="#e0af68",
    error="#e67e80",
    dark=True,
)
LIGHT = Theme(
    name="hoerer-light",
    primary="#1f6f8b",
    secondary="#5b7553",
    accent="#8a5a00",
    foreground="#24292f",
    background="#fbfaf7",
    surface="#efede6",
    panel="#e3e0d6",
    success="#2e7d32",
    warning="#9a6700",
    error="#b3261e",
    dark=False,
)
