"""A recorded call up to a moment, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.containers import VerticalScroll
from textual.reactive import reactive

from simulator.i18n import Texts
from simulator.tui.evidence import Span, marked
from simulator.tui.literal import harmless, literal
from simulator.tui.widgets.transcript import PAGE, Utterance, Voice


@dataclass(frozen=True)
class Line:
    """What somebody said, its ``marks``, and a ``remark`` beside the ``speaker``'s name."""

    voice: Voice
    speaker: str
    text: str
    marks: tuple[Span, ...] = ()
    remark: str = ""

    def utterance(self) -> Utterance:
        """Return it for the screen."""
        words = marked(self.text, self.marks) if self.marks else literal(self.text)
        if self.voice == "note":
            return Utterance("note", "", words)
        utterance = Utterance(self.voice, harmless(self.speaker), words)
        utterance.remark = self.remark
        return utterance


class CallSoFar(VerticalScroll):
    """Shows ``lines``, the newest below.

    Only a page of them lies on the screen; older ones come when the coach scrolls up. From one
    moment to the next only what differs is exchanged.
    """

    DEFAULT_CSS = "CallSoFar { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }"
    HELP = "replay.help.call_so_far"

    lines: reactive[tuple[Line, ...]] = reactive((), init=False)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._first = 0
        """The place of the first line that lies on the screen."""
        self._mounted: list[Utterance] = []

    def on_mount(self) -> None:
        """Follow the call."""
        self.anchor()

    def watch_lines(self, old: tuple[Line, ...], new: tuple[Line, ...]) -> None:
        """Exchange what differs."""
        same = _common(old, new)
        if same <= self._first or len(new) - same > PAGE:
            self._lay_out(new)
        else:
            self._drop(self._mounted[same - self._first :])
            del self._mounted[same - self._first :]
            self._add(new[same:])
            if len(self._mounted) > 3 * PAGE:
                self._forget(len(self._mounted) - PAGE)
        self.anchor()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Fetch older lines at the top."""
        super().watch_scroll_y(old_value, new_value)
        if round(new_value) == 0 < round(old_value) and self._first:
            start = max(0, self._first - PAGE)
            page = [line.utterance() for line in self.lines[start : self._first]]
            self._first = start
            self._mounted[:0] = page
            self.mount_all(page, before=0)

    @property
    def plain(self) -> str:
        """What is on the screen, as text."""
        return "\n\n".join(utterance.plain for utterance in self._mounted)

    def _lay_out(self, lines: Sequence[Line]) -> None:
        self._drop(self._mounted)
        self._mounted = []
        self._first = max(0, len(lines) - PAGE)
        self._add(lines[self._first :])

    def _add(self, lines: Sequence[Line]) -> None:
        fresh = [line.utterance() for line in lines]
        self._mounted += fresh
        if fresh:
            self.mount_all(fresh)

    def _forget(self, count: int) -> None:
        self._drop(self._mounted[:count])
        del self._mounted[:count]
        self._first += count

    def _drop(self, gone: Sequence[Utterance]) -> None:
        for utterance in gone:
            utterance.remove()


def _common(old: Sequence[Line], new: Sequence[Line]) -> int:
    for place, (left, right) in enumerate(zip(old, new, strict=False)):
        if left != right:
            return place
    return min(len(old), len(new))
