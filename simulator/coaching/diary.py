"""Where who practised keeps one line of a call, for oneself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from simulator.domain.annotation import Takeaway, takeaway
from simulator.domain.conversation import Session
from simulator.practice import clean
from simulator.store.repository import Sessions

LONGEST_LINE = 400
"""Characters of the line; the rest is left out."""
NOBODY = "–"
"""Who wrote it, where the call is kept under no name."""


@dataclass(frozen=True)
class Diary:
    """The trainee's own line on one call, and where it is kept; ``line`` is the one so far."""

    session: Session
    sessions: Sessions
    line: Takeaway | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    @classmethod
    def of(cls, session: str, sessions: Sessions) -> Diary:
        """Open the diary of the session of that id, perhaps shortened.

        Raises UsageError on an unknown id, StoreError if it cannot be read.
        """
        kept = sessions.session(session)
        return cls(kept, sessions, takeaway(sessions.notes(kept.id)))

    def keep(self, text: str) -> Diary:
        """Keep ``text`` in place of the line so far, or delete that if ``text`` is empty.

        What stood there before is overwritten in the file. Raises StoreError.
        """
        words = " ".join(clean(text).split())[:LONGEST_LINE]
        fresh = self._takeaway(words) if words else None
        if fresh is not None:
            self.sessions.annotate(self.session.id, fresh)
        if self.line is not None:
            self.sessions.forget(self.session.id, self.line.id)
        return Diary(self.session, self.sessions, fresh, self.now)

    def _takeaway(self, words: str) -> Takeaway:
        replies = self.session.agent_turns
        return Takeaway(
            id=uuid4().hex,
            author=clean(self.session.started.trainee) or NOBODY,
            at=self.now(),
            turn=replies[-1].turn if replies else 1,
            text=words,
        )
