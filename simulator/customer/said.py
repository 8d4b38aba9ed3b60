"""What the customer has said already in a call."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.domain.conversation import Session


@dataclass(frozen=True)
class Said:
    """What this customer has said before: whole lines, and mails that may hold several."""

    lines: frozenset[str]
    mails: str

    @classmethod
    def of(cls, session: Session) -> Said:
        """Return what was said in ``session``."""
        texts = [turn.text for turn in session.customer_turns]
        return cls(frozenset(texts), "\n".join(text for text in texts if "\n" in text))

    def __contains__(self, line: str) -> bool:
        first = line.split("\n", 1)[0]
        return line in self.lines or bool(first and first in self.mails)
