"""What all screens share: texts, translated keys, a banner, the notice of a small terminal."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import ModalScreen, Screen

from simulator.errors import HoererError
from simulator.i18n import Texts, explain
from simulator.tui.literal import harmless
from simulator.tui.widgets.banner import Banner, Kind
from simulator.tui.widgets.too_small import TooSmall

Result = TypeVar("Result")


def sentence(error: Exception, texts: Texts) -> str:
    """Return the one sentence for ``error``, also where nobody foresaw it."""
    if isinstance(error, HoererError) and f"errors.{error.key}" in texts:
        return explain(error, texts.language)
    return texts("app.error.unforeseen", kind=type(error).__name__, reason=error)


class Localised(Screen[Result]):
    """A screen whose bindings carry keys of the catalogue as description and tooltip."""

    HELP = ""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.texts = texts

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now, named in the reader's language."""
        return {key: self._named(active) for key, active in super().active_bindings.items()}

    def on_resize(self, event: events.Resize) -> None:
        """Tell the notice of a small terminal."""
        for notice in self.query(TooSmall):
            notice.measure(event)

    def show(self, text: str, kind: Kind = "error") -> None:
        """Put a sentence into the banner."""
        self.query_one(Banner).show(harmless(text), kind)

    def show_error(self, error: Exception) -> None:
        """Say in the banner what went wrong and what to do."""
        self.show(sentence(error, self.texts))

    def _named(self, active: ActiveBinding) -> ActiveBinding:
        binding = active.binding
        description, tooltip = self._named_text(binding.description), binding.tooltip
        tip = self._named_text(tooltip)
        named = replace(binding, description=description, tooltip=tip)
        return active._replace(binding=named, tooltip=tip)

    def _named_text(self, key: str) -> str:
        return self.texts(f"app.keys.{key}") if f"app.keys.{key}" in self.texts else key


class Page(Localised[None]):
    """A screen that fills the terminal."""

    def compose(self) -> ComposeResult:
        """Put the contents under the notice of a small terminal."""
        yield from self.contents()
        yield TooSmall(self.texts)

    @abstractmethod
    def contents(self) -> ComposeResult:
        """Compose what is on the page, a banner among it."""


class Sheet(Localised[Result], ModalScreen[Result]):
    """A screen laid over another one."""

    def heading(self, text: str) -> Content:
        """Return a heading in the style of all sheets."""
        return Content.styled(harmless(text), "bold $primary")
