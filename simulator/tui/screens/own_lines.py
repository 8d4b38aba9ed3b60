"""All replies a trainee has given: looked through, and kept as they like."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from simulator.coaching.my_practice import MyPractice, title_of
from simulator.errors import HoererError
from simulator.i18n import Texts
from simulator.store.reply import Reply
from simulator.tui.literal import literal
from simulator.tui.screens.page import Page
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.key_line import KeyLine
from simulator.tui.widgets.said_line import KEPT, LOOSE

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue
    from simulator.store.repository import Sessions


class WordSearch(Input):
    """Searches while you type; Enter keeps the reply the cursor is on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "keep_line", id="own.keep", tooltip="keep_line_tip"),
    ]


class OwnLinesPage(Page):
    """The replies of ``mine`` that have all words of the search, the newest call's first."""

    CSS_PATH = "own_lines.tcss"
    HELP = "my_practice.help.own_lines"
    AUTO_FOCUS = "#search"
    SHOWN = 200
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "point(-1)", "up", id="own.up", show=False),
        Binding("down", "point(1)", "down", id="own.down", show=False),
        Binding("escape", "back", "back", id="own.back"),
    ]

    def __init__(
        self, texts: Texts, sessions: Sessions, mine: MyPractice, catalogue: Catalogue
    ) -> None:
        super().__init__(texts)
        self._sessions = sessions
        self._replies = mine.replies
        self._lines = set(mine.lines)
        date = texts("my_practice.lines.date")
        self._called = {
            summary.id: (
                summary.at.astimezone().strftime(date),
                title_of(summary, catalogue, texts.language),
            )
            for summary in (call.summary for call in mine.calls)
        }
        self._shown: list[Reply] = []

    def contents(self) -> ComposeResult:
        """Search, what it found, and below it the whole reply the cursor is on."""
        yield Static(literal(self.texts("my_practice.own.title"), "bold $primary"), id="title")
        yield Banner()
        placeholder = self.texts("my_practice.own.search")
        yield WordSearch(placeholder=placeholder, id="search", compact=True)
        yield OptionList(id="found", markup=False)
        yield Static(id="remark")
        with VerticalScroll(id="whole", can_focus=False):
            yield Static()
        yield KeyLine()

    def on_mount(self) -> None:
        """List the newest."""
        self._list("")

    @on(Input.Changed)
    def _searched(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(OptionList.OptionHighlighted)
    def _pointed(self, event: OptionList.OptionHighlighted) -> None:
        whole = self._whole(self._shown[event.option_index])
        self.query_one("#whole Static", Static).update(whole)

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        """Keep the reply the cursor is on, or let it go."""
        found = self.query_one(OptionList)
        if found.highlighted is None:
            return
        reply = self._shown[found.highlighted]
        try:
            if reply.line in self._lines:
                self._lines.discard(self._sessions.drop_line(*reply.line))
            else:
                self._lines.add(self._sessions.keep_line(*reply.line))
        except HoererError as error:
            self.show_error(error)
            return
        found.replace_option_prompt_at_index(found.highlighted, self._row(reply))

    def action_point(self, step: int) -> None:
        """Move the cursor in the list while typing in the search."""
        found = self.query_one(OptionList)
        found.action_cursor_down() if step > 0 else found.action_cursor_up()

    def action_back(self) -> None:
        """Go back to the practice."""
        self.dismiss(None)

    def _list(self, words: str) -> None:
        wanted = words.casefold().split()
        found = [reply for reply in self._replies if self._has(reply, wanted)]
        self._shown = found[: self.SHOWN]
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(self._row(reply)) for reply in self._shown])
        listed.highlighted = 0 if self._shown else None
        remark = "" if self._shown else self.texts("my_practice.own.nothing")
        if len(found) > self.SHOWN:
            remark = self.texts("my_practice.own.latest", count=self.SHOWN)
        self.query_one("#remark", Static).update(remark)
        if not self._shown:
            self.query_one("#whole Static", Static).update("")

    def _has(self, reply: Reply, words: list[str]) -> bool:
        hay = f"{reply.text} {self._called[reply.line.session][1]}".casefold()
        return all(word in hay for word in words)

    def _row(self, reply: Reply) -> Content:
        sign = KEPT if reply.line in self._lines else LOOSE
        words = " ".join(reply.text.split())
        return Content("  ").join(
            [
                Content(sign),
                Content.styled(self._called[reply.line.session][0], "$foreground 60%"),
                literal(words),
            ]
        )

    def _whole(self, reply: Reply) -> Content:
        title = self._called[reply.line.session][1]
        rated = "" if reply.mean is None else f" · ⌀ {reply.mean:.0f}"
        return literal(f"{title}{rated}\n", "bold") + literal(reply.text)
