"""Earlier calls, newest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from simulator.i18n import Texts
from simulator.tui.figures import decimal
from simulator.tui.literal import literal
from simulator.tui.messages import Compare, Replay

if TYPE_CHECKING:
    from simulator.store.summary import Summary


_NAME = 20  # cells a call's name needs to be recognised


class PastList(OptionList):
    """Shows ``past``; ``name`` tells what a call is called from its summary."""

    DEFAULT_CSS = """
    PastList {
        height: 1fr; border: none; padding: 0; background: $background; scrollbar-size-vertical: 1;
        &:focus { border: none; }
    }
    """
    HELP = "app.help.past_list"
    SHOWN = 50
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "replay", "replay", id="past.replay", tooltip="replay_tip"),
        Binding("v", "compare", "compare", id="past.compare", tooltip="compare_tip"),
    ]

    past: reactive[tuple[Summary, ...]] = reactive(())

    class Chosen(Message):
        """The trainee wants to see this call."""

        def __init__(self, session: str) -> None:
            super().__init__()
            self.session = session

    def __init__(self, texts: Texts, title: Callable[[Summary], str]) -> None:
        super().__init__(markup=False)
        self._texts = texts
        self._title = title

    def watch_past(self) -> None:
        """List anew."""
        self.list_anew()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the columns to the width."""
        self.list_anew()

    def list_anew(self) -> None:
        """Write the rows, as when names have become known."""
        self.clear_options()
        rows = [Option(self._row(s), id=s.id) for s in self.past[: self.SHOWN]]
        empty = Content.styled(self._texts("app.home.no_past"), "$foreground 60%")
        self.add_options(rows or [Option(empty, disabled=True)])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to replay where there is a call, to compare what branches off another one."""
        return {"replay": bool(self.past), "compare": self._fork is not None}.get(action, True)

    def action_replay(self) -> None:
        """See the call the cursor is on, or the newest, once more."""
        option = self.highlighted_option
        if self.past:
            self.post_message(Replay((option and option.id) or self.past[0].id))

    def action_compare(self) -> None:
        """Set the call the cursor is on beside the one it branches off."""
        if (fork := self._fork) is not None:
            self.post_message(Compare(fork.forked, fork.id))

    def on_option_list_option_highlighted(self) -> None:
        """Offer what can be done with this call."""
        self.refresh_bindings()

    @property
    def _fork(self) -> Summary | None:
        """The call the cursor is on, if it branches off another one."""
        option = self.highlighted_option
        return next((s for s in self.past if option and s.id == option.id and s.forked), None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the call that was clicked or entered."""
        event.stop()
        if event.option_id is not None:
            self.post_message(self.Chosen(event.option_id))

    @property
    def _width(self) -> int:
        """Cells of a row; a bar takes some as soon as not all rows are in sight."""
        inside = self.content_size
        overflows = len(self.past[: self.SHOWN]) > inside.height
        return inside.width - (self.styles.scrollbar_size_vertical if overflows else 0)

    def _row(self, summary: Summary) -> Content:
        texts = self._texts
        at = summary.at.astimezone().strftime(texts("app.home.date"))
        start, end = (decimal(v, texts.language) for v in (summary.anger_start, summary.anger_end))
        score = "–" if summary.score is None else f"{summary.score:.0f}"
        state = f"app.ended_short.{summary.ended or 'open'}"
        if summary.exam:
            state = f"exam.short.{summary.exam}"
        if summary.origin == "outside":  # nobody knows where that customer stood
            start = end = "–"
        elif summary.exam == "open":
            end = "–"
        tail = texts("app.home.past_tail", start=start, end=end, score=score)
        right = Content(f"  {tail}  {texts(state)}")
        width = self._width - len(at) - 2
        if width - right.cell_length < _NAME:
            right = Content(f"  {texts(state)}")
        room = max(width - right.cell_length, 8)
        mark = "↳ " if summary.forked else ""
        name = literal(f"{mark}{self._title(summary)}").truncate(room, ellipsis=True, pad=True)
        return Content.styled(f"{at}  ", "$foreground 60%") + name + right
