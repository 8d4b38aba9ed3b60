"""Chooses words of a reply with the keyboard."""

from __future__ import annotations

import re
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from simulator.domain.annotation import Span
from simulator.i18n import Texts
from simulator.tui.literal import literal

_WORD = re.compile(r"\S+")


class SpanPicker(Static, can_focus=True):
    """Shows ``reply``; ``first`` and ``last`` are the places of the words chosen.

    Until ``first`` is set the whole reply is meant.
    """

    DEFAULT_CSS = """
    SpanPicker {
        height: auto; padding: 0 1; border-left: thick $foreground 15%; margin: 0 0 1 0;
        &:focus { border-left: thick $primary; background: $primary 12%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "word_left", id="span.left", show=False, tooltip="word_left"),
        Binding(
            "right", "move(1)", "word_right", id="span.right", show=False, tooltip="word_right"
        ),
        Binding("space", "mark", "word_mark", id="span.mark", show=False, tooltip="word_mark"),
        Binding(
            "backspace,delete", "clear", "word_clear", id="span.clear", show=False,
            tooltip="word_clear",
        ),
    ]  # fmt: skip

    cursor: reactive[int] = reactive(0, init=False)
    first: reactive[int | None] = reactive(None, init=False)
    last: reactive[int | None] = reactive(None, init=False)

    def __init__(self, texts: Texts, reply: str) -> None:
        super().__init__()
        self._texts = texts
        self._reply = reply
        self._words = [match.span() for match in _WORD.finditer(reply)]

    @property
    def span(self) -> Span | None:
        """The characters chosen, None for the whole reply."""
        if self.first is None:
            return None
        low, high = self._between()
        return Span(start=self._words[low][0], end=self._words[high][1])

    def on_mount(self) -> None:
        """Write the reply."""
        self._write()

    def watch_has_focus(self, value: bool) -> None:
        """Show the cursor while the keys go here."""
        super().watch_has_focus(value)
        self._write()

    def watch_cursor(self) -> None:
        """Write the reply anew and keep the word in sight."""
        self._write()
        container = self.parent
        if isinstance(container, Widget) and self._words:
            before = literal(self._reply[: self._words[self.cursor][1]])
            row = len(before.wrap(max(self.content_region.width, 1)))
            top = self.virtual_region.y
            container.scroll_to_region(Region(0, top + row - 1, 1, 3), animate=False)

    def watch_first(self) -> None:
        """Write the reply anew."""
        self._write()

    def watch_last(self) -> None:
        """Write the reply anew."""
        self._write()

    def action_move(self, step: int) -> None:
        """Go to another word."""
        if self._words:
            self.cursor = min(max(self.cursor + step, 0), len(self._words) - 1)

    def action_mark(self) -> None:
        """Set the first word, then the last, then begin anew."""
        if not self._words:
            return
        if self.first is None or self.last is not None:
            self.first, self.last = self.cursor, None
        else:
            self.last = self.cursor

    def action_clear(self) -> None:
        """Mean the whole reply."""
        self.first = self.last = None

    def _between(self) -> tuple[int, int]:
        first = self.first or 0
        last = self.cursor if self.last is None else self.last
        return min(first, last), max(first, last)

    def _write(self) -> None:
        hint = self._texts("replay.remark.span")
        pieces: list[Content] = [Content.styled(hint, "bold"), Content("\n")]
        end = 0
        for place, (start, stop) in enumerate(self._words):
            gap = self._reply[end:start]
            inside = self._chosen(place) and place > 0 and self._chosen(place - 1)
            pieces.append(literal(gap, "underline" if inside else ""))
            pieces.append(literal(self._reply[start:stop], self._style(place)))
            end = stop
        span = self.span
        if span is None:
            whole = f"\n({self._texts('replay.remark.whole')})"
            pieces.append(Content.styled(whole, "$foreground 60%"))
        self.update(Content("").join(pieces))

    def _chosen(self, place: int) -> bool:
        if self.first is None:
            return False
        low, high = self._between()
        return low <= place <= high

    def _style(self, place: int) -> str:
        chosen = "bold underline $text-primary" if self._chosen(place) else ""
        cursor = "reverse" if place == self.cursor and self.has_focus else ""
        return " ".join(filter(None, (chosen, cursor)))
