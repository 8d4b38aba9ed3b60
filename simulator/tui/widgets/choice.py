"""One of a few: chosen with the arrows, a digit, or the first letter."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from simulator.tui.literal import literal

_FAINT = "$foreground 60%"


class Choice(Static, can_focus=True):
    """Offers ``options`` (at least one) under a ``title``; ``chosen`` is the place of one.

    ``stacked`` options stand one below the other, others one at a time. With ``digits`` the
    number of an option chooses it.
    """

    DEFAULT_CSS = """
    Choice {
        height: auto; padding: 0 1; border-left: thick $foreground 15%; margin: 0 0 1 0;
        &:focus { border-left: thick $primary; background: $primary 12%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,up", "move(-1)", "option_left", id="choice.left", show=False,
            tooltip="option_left",
        ),
        Binding(
            "right,down", "move(1)", "option_right", id="choice.right", show=False,
            tooltip="option_right",
        ),
    ]  # fmt: skip

    chosen: reactive[int | None] = reactive(None, init=False)

    class Changed(Message):
        """Another option has been chosen."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> Choice:
            """The choice that was made in."""
            return self.choice

    class Typed(Message):
        """An option has been chosen by its digit."""

    def __init__(
        self,
        title: str,
        options: tuple[str, ...],
        chosen: int | None = None,
        *,
        stacked: bool = False,
        digits: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._title = title
        self._options = options
        self._stacked = stacked
        self._digits = digits
        self.set_reactive(Choice.chosen, chosen)

    def on_mount(self) -> None:
        """Write the options."""
        self._write()

    def watch_chosen(self) -> None:
        """Write the options anew and tell."""
        self._write()
        self.post_message(self.Changed(self))

    def offer(self, options: tuple[str, ...]) -> None:
        """Offer others in place of these; the place chosen stays."""
        self._options = options
        self._write()

    def action_move(self, step: int) -> None:
        """Choose the next option or the one before, around the end."""
        if self.chosen is None:
            self.chosen = 0 if step > 0 else len(self._options) - 1
        else:
            self.chosen = (self.chosen + step) % len(self._options)

    def on_key(self, event: events.Key) -> None:
        """Choose by digit or first letter."""
        typed = event.character or ""
        if self._digits and typed.isdecimal() and int(typed) < len(self._options):
            self.chosen = int(typed)
            self.post_message(self.Typed())
            event.stop()
            event.prevent_default()
        elif not self._digits and typed.isalpha():
            self._jump(typed.casefold())
            event.stop()

    def on_click(self, event: events.Click) -> None:
        """Choose the option in the row that was clicked, or the next one."""
        if not self._stacked:
            self.action_move(1)
        elif 1 <= event.y <= len(self._options):
            self.chosen = event.y - 1

    def _jump(self, letter: str) -> None:
        start = -1 if self.chosen is None else self.chosen
        count = len(self._options)
        for step in range(1, count + 1):
            place = (start + step) % count
            if self._options[place].casefold().startswith(letter):
                self.chosen = place
                return

    def _write(self) -> None:
        title = literal(self._title, "bold")
        if self._stacked:
            rows = (self._row(place, option) for place, option in enumerate(self._options))
            self.update(Content("\n").join([title, *rows]))
            return
        now = "–" if self.chosen is None else self._options[self.chosen]
        self.update(Content.assemble(title, ("  ‹ ", _FAINT), literal(now), (" ›", _FAINT)))

    def _row(self, place: int, option: str) -> Content:
        chosen = place == self.chosen
        number = f"{place} " if self._digits else ""
        style = "bold $text-primary" if chosen else ""
        return literal(f"{'●' if chosen else '○'} {number}{option}", style)
