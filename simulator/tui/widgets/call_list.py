"""The calls to choose from, searchable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from simulator.domain.language import Language
from simulator.domain.scenario import Channel
from simulator.i18n import Texts
from simulator.tui.literal import literal

if TYPE_CHECKING:
    from simulator.domain.persona import Persona
    from simulator.domain.scenario import Scenario

Pair = tuple["Persona", "Scenario"]
_DIFFICULTY, _CHANNEL = 7, 8


@dataclass(frozen=True)
class Wish:
    """What the trainee is looking for; None and empty mean anything."""

    language: Language
    words: str = ""
    channel: Channel | None = None
    difficulty: int | None = None


def difficulty_of(pair: Pair) -> int:
    """Return how hard a call is, 1 to 3: as hard as the person or the matter, whichever is more."""
    persona, scenario = pair
    return max(persona.difficulty, scenario.difficulty)


class CallList(OptionList):
    """Shows the ``pairs`` that meet the ``wish``, the way they read in its language."""

    DEFAULT_CSS = """
    CallList {
        height: 1fr; border: none; padding: 0; background: $background; scrollbar-size-vertical: 1;
        &:focus { border: none; }
    }
    """
    HELP = "app.help.call_list"

    pairs: reactive[tuple[Pair, ...]] = reactive(())
    wish: reactive[Wish] = reactive(Wish("de"))

    class Chosen(Message):
        """The trainee wants to have this call."""

        def __init__(self, pair: Pair) -> None:
            super().__init__()
            self.pair = pair

    class Pointed(Message):
        """The trainee is looking at this call, or at none."""

        def __init__(self, pair: Pair | None) -> None:
            super().__init__()
            self.pair = pair

    def __init__(self, texts: Texts) -> None:
        super().__init__(markup=False)
        self._texts = texts
        self._shown: list[Pair] = []

    @property
    def pointed(self) -> Pair | None:
        """The call the cursor is on."""
        return None if self.highlighted is None else self._shown[self.highlighted]

    def watch_pairs(self) -> None:
        """List anew."""
        self._list()

    def watch_wish(self) -> None:
        """List anew."""
        self._list()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the columns to the width."""
        self._list()

    def choose(self) -> None:
        """Choose the call the cursor is on."""
        if self.pointed is not None:
            self.post_message(self.Chosen(self.pointed))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the call that was clicked or entered."""
        event.stop()
        self.choose()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell where the cursor is."""
        event.stop()
        self.post_message(self.Pointed(self.pointed))

    def _list(self) -> None:
        kept = self.pointed if self._shown and self.highlighted is not None else None
        self._shown = [pair for pair in self.pairs if self._wished(pair)]
        self.clear_options()
        self.add_options([Option(self._row(pair)) for pair in self._shown])
        if self._shown:
            self.highlighted = self._shown.index(kept) if kept in self._shown else 0
        else:
            self.post_message(self.Pointed(None))

    def _wished(self, pair: Pair) -> bool:
        wish, (persona, scenario) = self.wish, pair
        if wish.channel not in (None, scenario.channel):
            return False
        if wish.difficulty not in (None, difficulty_of(pair)):
            return False
        text, person = scenario.text(wish.language), persona.text(wish.language)
        words = (
            text.title, text.company, text.industry, text.concern, person.name, person.summary,
            persona.temperament, persona.id, scenario.id,
            self._texts(f"content.channel.{scenario.channel}"),
        )  # fmt: skip
        hay = " ".join(words).casefold()
        return all(word in hay for word in wish.words.casefold().split())

    def _row(self, pair: Pair) -> Content:
        persona, scenario = pair
        room = max(self.scrollable_content_region.width - _DIFFICULTY - _CHANNEL - 2, 20)
        title, name = room * 3 // 5, room - room * 3 // 5
        hard = difficulty_of(pair)
        return Content("").join(
            [
                literal(scenario.text(self.wish.language).title).truncate(
                    title - 1, ellipsis=True, pad=True
                ),
                Content(" "),
                literal(persona.text(self.wish.language).name).truncate(
                    name - 1, ellipsis=True, pad=True
                ),
                Content(" "),
                Content.assemble(
                    ("●" * hard, "$warning"), ("○" * (5 - hard), "$foreground 60%"), "  "
                ),
                Content(self._texts(f"content.channel.{scenario.channel}")),
            ]
        )
