"""Where a note is written."""

from __future__ import annotations

from simulator.tui.widgets.composer import Composer

LONGEST_NOTE = 2000
"""Characters of a note."""


class NoteText(Composer):
    """A note of several lines; the sheet it is on takes Enter."""

    DEFAULT_CSS = "NoteText { max-height: 6; }"
    HELP = ""
