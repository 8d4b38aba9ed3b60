"""Numbers as people of a language write them."""

from __future__ import annotations

from simulator.domain.language import Language


def decimal(value: float, language: Language) -> str:
    """Return ``value`` with one decimal: "7,5" in German, "7.5" in English."""
    text = f"{value:.1f}".removeprefix("-") if round(value, 1) == 0 else f"{value:.1f}"
    return (text.replace(".", ",") if language == "de" else text).replace("-", "−")


def signed(value: float, language: Language) -> str:
    """Return ``value`` with its sign: "+0,5", "−1,0", "0,0"."""
    plus = "+" if round(value, 1) > 0 else ""
    return f"{plus}{decimal(value, language)}"


def arrow(value: float) -> str:
    """Return the sign of a change: up, down, or level."""
    return "=" if round(value, 1) == 0 else "▲" if value > 0 else "▼"
