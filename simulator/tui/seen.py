"""Which replies have been seen with their scores: a rating of them would not be blind any more."""

from __future__ import annotations

from simulator.domain.conversation import Session


class Seen:
    """Remembers exchanges since the app was started, session by session."""

    def __init__(self) -> None:
        self._turns: dict[str, set[int]] = {}

    def lay_open(self, session: Session) -> None:
        """Remember that all of ``session`` is about to be shown."""
        self._of(session.id).update(turn.turn for turn in session.agent_turns)

    def of(self, session: Session) -> set[int]:
        """Return the exchanges of ``session`` that have been seen; whoever shows more adds them."""
        seen = self._of(session.id)
        if (fork := session.started.forked) is not None:
            # up to the fork the two calls have the same replies
            seen.update(turn for turn in self._turns.get(fork.session, ()) if turn < fork.turn)
        return seen

    def _of(self, session: str) -> set[int]:
        return self._turns.setdefault(session, set())
