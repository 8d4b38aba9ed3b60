"""Reads the content, and again when its files change while nobody is in a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.reactive import reactive

from simulator.content.watch import Watch
from simulator.errors import HoererError
from simulator.i18n import Texts
from simulator.tui import messages
from simulator.tui.keys import KeyedApp
from simulator.tui.line import Line
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.page import Page
from simulator.tui.screens.problems import Found, ProblemSheet

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue
    from simulator.switchboard import Switchboard

LOOKS_EVERY = 1.0
"""Seconds between two looks at the times of the content files."""


class ReadingApp(KeyedApp):
    """An app whose ``catalogue`` follows its files; ``found`` is what is wrong with them now.

    A call goes on with what it began with: what has changed is taken only on Home. If a file that
    could be used is broken, everything stays as it last was in order. ``load`` is called in a
    thread.
    """

    line: reactive[Line] = reactive(Line())
    catalogue: reactive[Catalogue | None] = reactive(None)
    found: reactive[Found] = reactive(Found())

    def __init__(self, texts: Texts, load: Callable[[], Catalogue]) -> None:
        super().__init__(texts)
        self._files = Watch(load)
        self._changed: Catalogue | None = None
        """Read, but not taken yet."""

    def on_mount(self) -> None:
        """Keep an eye on the files."""
        self.set_interval(LOOKS_EVERY, self._look)

    def read_content(self) -> Catalogue:
        """Read everything (blocks); raises HoererError."""
        return self._files.read()

    def take(self, catalogue: Catalogue) -> None:
        """Have the next calls with this content."""
        self.catalogue = catalogue
        self.found = Found(catalogue.problems)
        if (switchboard := self.line.switchboard) is not None:
            self.line = replace(self.line, switchboard=self.up_to_date(switchboard))

    def up_to_date(self, switchboard: Switchboard) -> Switchboard:
        """Return the switchboard with the content that is on the screen."""
        return replace(switchboard, catalogue=self.catalogue or switchboard.catalogue)

    @property
    def _on_home(self) -> bool:
        pages = [screen for screen in self.screen_stack if isinstance(screen, Page)]
        return bool(pages) and isinstance(pages[-1], HomePage)

    def _look(self) -> None:
        if self._on_home:
            self._settle()
            self._look_at_files()

    @work(thread=True, group="content")
    def _look_at_files(self) -> None:
        try:
            changed = self._files.look()
        except HoererError as error:
            self.post_message(messages.Failed(error))
            return
        if changed is not None:
            self.post_message(messages.ContentChanged(changed))

    @on(messages.ContentChanged)
    def _content_changed(self, event: messages.ContentChanged) -> None:
        self._changed = event.catalogue
        if self._on_home:
            self._settle()

    def _settle(self) -> None:
        """Take what has changed, unless something that could be used is broken now."""
        changed, self._changed = self._changed, None
        if changed is None:
            return
        known = self.found.problems
        if self.catalogue is not None and changed.loses(self.catalogue):
            self.found = Found(changed.problems, kept_back=True)
        else:
            self.take(changed)
        if isinstance(self.screen, ProblemSheet):
            return
        if not changed.problems:
            self.notify(self.texts("reload.taken"), markup=False)
        elif changed.problems != known:
            self.push_screen(ProblemSheet(self.texts))
