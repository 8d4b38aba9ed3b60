"""The other side of a call on the screen: one exchange at a time, and the offer to hear it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from simulator.coaching.hard_call import hard
from simulator.coaching.other_side import Experience
from simulator.coaching.other_side_words import OtherSideWords, Section
from simulator.domain.conversation import Session
from simulator.i18n import Texts
from simulator.tui.evidence import STYLES, marked, spans
from simulator.tui.literal import literal

_SIGNS = {"▲": STYLES["positive"], "▼": STYLES["negative"]}


@dataclass(frozen=True)
class Glance:
    """An exchange, and whether it has sunk in; until then only what was heard is shown.

    Before the ``first`` one stands what of this call cannot be told.
    """

    experience: Experience
    sunk_in: bool = True
    first: bool = False


class Inside(VerticalScroll):
    """Shows ``glance``: what was heard, what it did, what was thought, said and not said."""

    DEFAULT_CSS = """
    Inside {
        padding: 0 1; scrollbar-size-vertical: 1;
        & Static { height: auto; }
        & .heading { text-style: bold; color: $primary; margin: 1 0 0 0; }
        & .gap { color: $text-warning; margin: 1 0 0 0; }
        & .heard { border-left: thick $primary; padding: 0 1; }
        & .said { border-left: thick $warning; padding: 0 1; }
        & .thought { text-style: italic; padding: 0 0 0 2; }
        & .unsaid { color: $text-muted; }
        & .waiting { color: $text-muted; margin: 1 0 0 0; }
    }
    """
    HELP = "other_side.help.origin"

    glance: reactive[Glance | None] = reactive(None, init=False)

    def __init__(self, texts: Texts, words: OtherSideWords) -> None:
        super().__init__()
        self._texts = texts
        self._words = words

    def watch_glance(self, glance: Glance | None) -> None:
        """Show the exchange from its first word."""
        if glance is None:
            return
        self.remove_children()
        self.mount_all(self._parts(glance))
        self.scroll_home(animate=False)

    def _parts(self, glance: Glance) -> Iterator[Widget]:
        experience = glance.experience
        if glance.first and self._words.gap:
            yield Static(literal(self._words.gap), classes="gap")
        for section in self._words.sections(experience):
            if not glance.sunk_in and section.part != "heard":
                yield Static(self._texts("other_side.pausing"), classes="waiting")
                return
            yield Static(literal(section.heading), classes="heading")
            yield Static(_content(section, experience), classes=section.part)


def _content(section: Section, experience: Experience) -> Content:
    if section.part == "heard" and experience.heard is not None:
        return marked(experience.heard.text, spans(experience.heard.scores))
    return Content("\n").join(_line(line) for line in section.lines)


def _line(line: str) -> Content:
    style = _SIGNS.get(line[:1], "").removesuffix(" underline")
    return literal(line[:2], style) + literal(line[2:]) if style else literal(line)


def offer(session: Session, customer: str, texts: Texts) -> Iterator[Widget]:
    """Yield, after a hard call, the offer to hear it as the ``customer`` first."""
    if hard(session):
        heading = literal(texts("other_side.offer.heading"), "bold")
        text = literal(texts("other_side.offer.text", name=customer))
        yield Vertical(Static(heading), Static(text), classes="offer")
