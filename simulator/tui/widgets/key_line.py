"""The line of keys below every screen, cut to the room there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

_PALETTE, _HELP = "command_palette", "help"


class KeyLine(Footer):
    """Names the keys of the screen, none of them cut off.

    Where there is no room for all, first goes the ``palette``, then the ``lesser`` actions in their
    order, then whatever stands last, but never the first key nor the help, which names them all.
    """

    def __init__(self, *lesser: str, palette: bool = True) -> None:
        super().__init__(compact=True, show_command_palette=palette)
        self._lesser = lesser
        self._room = 0

    def compose(self) -> ComposeResult:
        """Name as many keys as fit."""
        keys = [key for key in super().compose() if isinstance(key, FooterKey)]
        self._room = self.app.size.width
        for key in self._dispensable(keys):
            if _width(keys) <= self._room:
                break
            keys.remove(key)
        yield from keys

    def on_resize(self, event: events.Resize) -> None:
        """Count again what fits."""
        if event.size.width != self._room:
            self.call_after_refresh(self.recompose)

    def _dispensable(self, keys: Sequence[FooterKey]) -> Iterator[FooterKey]:
        given_up = (_PALETTE, *self._lesser)
        for action in given_up:
            yield from [key for key in keys if key.action == action]
        yield from [key for key in keys[:0:-1] if key.action not in {*given_up, _HELP}]


def _width(keys: Sequence[FooterKey]) -> int:
    """Return the cells that ``keys`` take, the last one's margin left aside."""
    cells = sum(Content(f"{key.key_display} {key.description} ").cell_length for key in keys)
    # the palette stands apart, behind a border
    return cells + 1 if any(key.action == _PALETTE for key in keys) else cells - 1
