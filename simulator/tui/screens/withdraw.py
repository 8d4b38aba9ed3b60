"""Taking back a note of one's own."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simulator.coaching.pen import Pen
from simulator.domain.annotation import BlindRating, Note, Overruling, Remark
from simulator.domain.conversation import AgentTurn
from simulator.i18n import Texts
from simulator.tui.screens.note_sheet import NoteSheet
from simulator.tui.widgets.note_list import note_content


class WithdrawSheet(NoteSheet):
    """Asks which of the coach's ``own`` notes (at least one) is to be taken back."""

    AUTO_FOCUS = "OptionList"
    QUOTES = False

    def __init__(
        self,
        texts: Texts,
        reply: AgentTurn,
        pen: Pen,
        own: tuple[Remark | Overruling | BlindRating, ...],
    ) -> None:
        super().__init__(texts, reply, pen)
        self._own = own

    @property
    def title_text(self) -> str:
        """What is being done."""
        return self.texts("replay.withdraw.title")

    def fields(self) -> ComposeResult:
        """List the notes."""
        yield Static(self.texts("replay.withdraw.kept"), markup=False, classes="quote")
        notes = (note_content(note, self.reply, self.texts) for note in self._own)
        yield OptionList(*(Option(note) for note in notes), markup=False)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_keep()

    def note(self) -> Note | str:
        """Return the withdrawal of the note that the cursor is on."""
        return self.pen.withdrawal(self._own[self.query_one(OptionList).highlighted or 0])
