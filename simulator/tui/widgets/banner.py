"""One sentence across the top: what is wrong and what to do next."""

from __future__ import annotations

from typing import Literal

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from simulator.tui.literal import literal

Kind = Literal["error", "warning", "info"]
_SIGNS: dict[Kind, str] = {"error": "✖", "warning": "!", "info": "i"}


class Banner(Static):
    """Shows ``sentence`` until it is emptied; the sign says how grave it is."""

    DEFAULT_CSS = """
    Banner {
        display: none; height: auto; max-height: 5; padding: 0 1; margin: 0 0 1 0;
        &.-error { background: $error-muted; color: $text-error; }
        &.-warning { background: $warning-muted; color: $text-warning; }
        &.-info { background: $primary-muted; color: $text-primary; }
    }
    """

    sentence: reactive[tuple[Kind, str]] = reactive(("info", ""))

    def show(self, sentence: str, kind: Kind = "error") -> None:
        """Put up a sentence."""
        self.sentence = (kind, sentence)

    def clear(self) -> None:
        """Take the sentence down."""
        self.sentence = ("info", "")

    def watch_sentence(self, sentence: tuple[Kind, str]) -> None:
        """Show the sentence, or make room where there is none."""
        kind, text = sentence
        for known, sign in _SIGNS.items():
            self.set_class(known == kind, f"-{known}")
            if known == kind:
                self.update(Content.styled(f"{sign} ", "bold") + literal(text))
        self.display = bool(text)
