"""Words from outside (trainee, model, YAML) as they are."""

from __future__ import annotations

import unicodedata

from textual.content import Content


def harmless(text: str) -> str:
    """Return ``text`` without control characters; newlines stay, a tab becomes a space."""
    return "".join(
        c if c == "\n" else " " if c == "\t" else "" if unicodedata.category(c) == "Cc" else c
        for c in text
    )


def literal(text: str, style: str = "") -> Content:
    """Return ``text`` for the screen: never read as markup, never steering the terminal."""
    return Content.styled(harmless(text), style) if style else Content(harmless(text))
