"""A reply worth finding again: its words, what earned its scores, what it did to the customer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from simulator.coaching.development import SaidWell
from simulator.coaching.practice_words import earned, moved, where
from simulator.i18n import Texts
from simulator.store.reply import Line
from simulator.tui.evidence import SIGNS, STYLES, marked, spans
from simulator.tui.literal import literal
from simulator.tui.messages import Replay

KEPT, LOOSE = "★", "☆"
_FAINT = "$foreground 60%"


class SaidLine(Static, can_focus=True):
    """Shows ``said``; ``kept`` says whether the trainee keeps it."""

    DEFAULT_CSS = """
    SaidLine {
        height: auto; padding: 0 1; border-left: thick $foreground 15%; margin: 0 0 1 0;
        &:focus { border-left: thick $primary; background: $primary 12%; }
    }
    """
    HELP = "my_practice.help.said_line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k,space", "keep", "keep_line", id="said.keep", tooltip="keep_line_tip"),
        Binding("f9,enter", "replay", "replay", id="said.replay", tooltip="replay_tip"),
    ]

    kept: reactive[bool] = reactive(False, init=False)

    class Toggled(Message):
        """The trainee wants to keep the line, or no longer to."""

        def __init__(self, line: Line, kept: bool) -> None:
            super().__init__()
            self.line = line
            self.kept = kept

    def __init__(self, texts: Texts, said: SaidWell, kept: bool) -> None:
        super().__init__()
        self._texts = texts
        self._said = said
        self.set_reactive(SaidLine.kept, kept)

    @property
    def line(self) -> Line:
        """Where the reply stands."""
        return Line(self._said.stage.session.id, self._said.turn.turn)

    def on_mount(self) -> None:
        """Write it down."""
        self.watch_kept()

    def watch_kept(self) -> None:
        """Write it down with the sign it has now."""
        self.update(Content("\n").join(self._parts()))

    def action_keep(self) -> None:
        """Keep the reply or let it go."""
        self.post_message(self.Toggled(self.line, not self.kept))

    def action_replay(self) -> None:
        """See the call it was said in once more."""
        self.post_message(Replay(self.line.session))

    def _parts(self) -> Iterator[Content]:
        said, texts = self._said, self._texts
        sign = KEPT if self.kept else LOOSE
        yield literal(f"{sign} {where(said, texts)}", "bold")
        if said.before:
            before = " ".join(said.before.split())
            yield literal(texts("my_practice.lines.before", words=before), _FAINT)
        yield marked(said.turn.text, spans(said.turn.scores))
        for words in earned(said.turn, texts):
            sign = SIGNS["positive"]
            style = STYLES["positive"].removesuffix(" underline")
            yield Content.styled(f"{sign} ", style) + literal(words, _FAINT)
        if told := moved(said, texts):
            yield literal(told, "bold $text-primary")
