"""Where a note is written."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from simulator.tui.widgets.composer import Composer

LONGEST_NOTE = 2000
"""Characters of a note."""


class NoteText(Composer):
    """A note of several lines; Enter keeps it."""

    DEFAULT_CSS = "NoteText { max-height: 6; }"
    HELP = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", "keep", id="note.keep", priority=True, tooltip="keep_tip"),
        Binding(
            "ctrl+j", "newline", "newline", id="note.newline", priority=True,
            tooltip="newline_tip",
        ),
    ]  # fmt: skip
