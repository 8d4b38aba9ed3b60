"""Where the trainee types what to look for."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class Search(Input):
    """Searches while you type; Enter takes what is found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "begin", id="home.begin", tooltip="begin_tip"),
    ]
