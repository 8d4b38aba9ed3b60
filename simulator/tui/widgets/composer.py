"""Where the reply is written."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from simulator.i18n import Texts
from simulator.tui.literal import harmless

_COUNT_FROM = 0.8  # of the longest reply: from here on the count is shown


class Composer(TextArea):
    """A reply of several lines; Enter sends it, ``longest`` characters are allowed.

    The text stays until somebody takes it with :meth:`take`, so that a refused reply is not lost.
    """

    DEFAULT_CSS = """
    Composer {
        height: auto; min-height: 3; max-height: 10; padding: 0 1;
        border: round $border-blurred; background: $background;
        &:focus { border: round $border; }
        &.-over { border: round $error; }
    }
    """
    HELP = "app.help.composer"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", "send", id="composer.send", priority=True, tooltip="send_tip"),
        Binding(
            "ctrl+j", "newline", "newline", id="composer.newline", priority=True,
            tooltip="newline_tip",
        ),
    ]  # fmt: skip

    class Sent(Message):
        """The trainee has pressed Enter."""

    class Cleaned(Message):
        """Control characters were left out of what was pasted."""

    def __init__(self, texts: Texts, longest: int, hint: str) -> None:
        super().__init__(placeholder=hint, soft_wrap=True, tab_behavior="focus")
        self._texts = texts
        self._longest = longest

    def take(self) -> None:
        """Empty the composer."""
        self.clear()

    def give_back(self, reply: str) -> None:
        """Put a refused reply back, before whatever has been written since."""
        self.text = f"{reply}\n{self.text}" if self.text else reply
        self.move_cursor(self.document.end)

    def action_send(self) -> None:
        """Offer the text."""
        self.post_message(self.Sent())

    def action_newline(self) -> None:
        """Begin a new line."""
        self.insert("\n")

    async def _on_paste(self, event: events.Paste) -> None:
        # terminals paste lines that end in a carriage return
        pasted = event.text.replace("\r\n", "\n").replace("\r", "\n")
        clean = harmless(pasted)
        if len(clean) != len(pasted):
            self.post_message(self.Cleaned())
        event.prevent_default()
        await super()._on_paste(events.Paste(clean))

    def on_text_area_changed(self) -> None:
        """Count, where it comes near the end."""
        length = len(self.text)
        self.set_class(length > self._longest, "-over")
        self.border_subtitle = self.counted

    @property
    def counted(self) -> str:
        """What is said of the length, which is nothing before it comes near the longest."""
        length = len(self.text)
        if length < _COUNT_FROM * self._longest:
            return ""
        return self._texts("app.practice.count", length=length, longest=self._longest)
