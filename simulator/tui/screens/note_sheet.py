"""What the sheets for a coach's notes share: the reply, Enter keeps, Escape discards."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from simulator.coaching.pen import Pen
from simulator.domain.annotation import Note
from simulator.domain.conversation import AgentTurn
from simulator.i18n import Texts
from simulator.tui.literal import literal
from simulator.tui.screens.page import Sheet
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.key_line import KeyLine


class NoteSheet(Sheet[Note]):
    """Has a note on ``reply`` written with ``pen``; dismissed with it, or with None."""

    CSS_PATH = "note_sheet.tcss"
    HELP = "replay.help.sheet"
    AUTO_FOCUS = "Choice"
    QUOTES = True
    """Whether the reply stands above the fields."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "keep", id="note.keep", priority=True, tooltip="keep_tip"),
        Binding("escape", "dismiss", "discard", id="note.discard", tooltip="discard_tip"),
    ]

    def __init__(self, texts: Texts, reply: AgentTurn, pen: Pen) -> None:
        super().__init__(texts)
        self.reply = reply
        self.pen = pen

    def compose(self) -> ComposeResult:
        """Lay the fields under the reply."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static(self.heading(self.title_text))
            if self.QUOTES:
                yield Static(literal(self.reply.text), classes="quote")
            yield from self.fields()
            yield Banner()
        yield KeyLine(palette=False)

    @property
    @abstractmethod
    def title_text(self) -> str:
        """What is being written."""

    @abstractmethod
    def fields(self) -> ComposeResult:
        """Compose the fields."""

    @abstractmethod
    def note(self) -> Note | str:
        """Return the note, or the sentence that says what is missing."""

    def action_keep(self) -> None:
        """Keep the note if nothing is missing."""
        note = self.note()
        if isinstance(note, str):
            self.show(note, "warning")
            self.query_one(Banner).scroll_visible()
        else:
            self.dismiss(note)
