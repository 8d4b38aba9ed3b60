"""Where a mail is written, and, once the customer has called, what is said."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from simulator.i18n import Texts
from simulator.tui.literal import harmless
from simulator.tui.widgets.composer import Composer


class MailEditor(Composer):
    """A mail of several lines: Enter begins a new one, Ctrl+S sends.

    Above it stands to whom it goes and about what (``head``), below it the words are counted. On
    the ``telephone`` it is a composer like any other.
    """

    DEFAULT_CSS = """
    MailEditor {
        min-height: 9; max-height: 60vh;
        &.-telephone { min-height: 3; max-height: 10; }
    }
    """
    HELP = "mail.help.editor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s,ctrl+enter", "post", "send", id="mail.send", priority=True,
            tooltip="send_tip",
        ),
    ]  # fmt: skip

    telephone: reactive[bool] = reactive(False, init=False)

    class Drafted(Message):
        """The text has changed."""

    def __init__(self, texts: Texts, longest: int, head: str) -> None:
        super().__init__(texts, longest, texts("app.practice.hint_email"))
        self._head = harmless(head)

    def on_mount(self) -> None:
        """Say to whom the mail goes."""
        self.border_title = self._head
        self.border_subtitle = self.counted

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the keys of a mail, or of a call."""
        if action in {"send", "newline"}:
            return self.telephone
        return not self.telephone if action == "post" else True

    def action_post(self) -> None:
        """Offer the mail."""
        self.post_message(self.Sent())

    def watch_telephone(self, telephone: bool) -> None:
        """Change the form."""
        self.set_class(telephone, "-telephone")
        self.border_title = "" if telephone else self._head
        if telephone:
            self.placeholder = self._texts("app.practice.hint_phone")
        self.border_subtitle = self.counted
        self.refresh_bindings()

    def on_text_area_changed(self) -> None:
        """Tell that there is something to keep; the composer counts."""
        self.post_message(self.Drafted())

    @property
    def counted(self) -> str:
        """The number of words, or of characters where it comes near the longest."""
        words = len(self.text.split())
        told = self._texts("mail.words_one" if words == 1 else "mail.words", count=words)
        return super().counted or ("" if self.telephone else told)
