"""One line on what the trainee meant to do this week; gone when it is done or not wanted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual.reactive import reactive
from textual.widgets import Static

from simulator import settings
from simulator.coaching.practice_words import reminded
from simulator.coaching.weeks import Rhythm, own_calls
from simulator.errors import HoererError
from simulator.i18n import Texts
from simulator.tui.literal import literal
from simulator.tui.messages import Failed

if TYPE_CHECKING:
    from simulator.store.summary import Summary


class Reminder(Static):
    """Reads off ``past`` what is left of ``trainee``'s weekly goal.

    Without a single call it says nothing: the calls have not been read yet, or the first is due
    without being counted.
    """

    DEFAULT_CSS = """
    Reminder { display: none; height: 1; padding: 0 1; color: $text-primary; }
    """

    past: reactive[tuple[Summary, ...]] = reactive(())

    def __init__(self, texts: Texts, trainee: str) -> None:
        super().__init__()
        self._texts = texts
        self._trainee = trainee

    def watch_past(self) -> None:
        """Say it, or make room."""
        self.tell()

    def tell(self) -> None:
        """Say it, or make room, as the goal is now."""
        line = self._line(self.past) if self.past else ""
        self.update(literal(line))
        self.display = bool(line)

    def _line(self, past: tuple[Summary, ...]) -> str:
        try:
            chosen = settings.load()
        except HoererError as error:
            self.post_message(Failed(error))
            return ""
        if not chosen.reminder or not chosen.weekly_goal:
            return ""
        own = own_calls(past, self._trainee)
        return reminded(Rhythm.of(own, chosen.weekly_goal, datetime.now(UTC)), self._texts)
