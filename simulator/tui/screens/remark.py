"""A remark on a reply: praise or advice, on all of it or a few words."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult

from simulator.coaching.note_words import tag_name
from simulator.domain.annotation import Note, Tag
from simulator.domain.cue import Cue
from simulator.domain.score import Dimension
from simulator.practice import clean
from simulator.tui.screens.note_sheet import NoteSheet
from simulator.tui.widgets.choice import Choice
from simulator.tui.widgets.note_text import LONGEST_NOTE, NoteText
from simulator.tui.widgets.span_picker import SpanPicker

_KINDS: tuple[Literal["praise", "advice"], ...] = ("praise", "advice")
_TAGS: tuple[Tag | None, ...] = (None, *Dimension, *Cue)


class RemarkSheet(NoteSheet):
    """Asks what kind, about what, on which words, and for the remark itself."""

    QUOTES = False

    @property
    def title_text(self) -> str:
        """What is being written."""
        return self.texts("replay.remark.title", turn=self.reply.turn)

    def fields(self) -> ComposeResult:
        """Compose the four fields."""
        texts = self.texts
        kinds = tuple(texts(f"replay.notes.{kind}") for kind in _KINDS)
        tags = tuple(tag_name(tag, texts) for tag in _TAGS)
        yield Choice(texts("replay.remark.kind"), kinds, 0, id="kind")
        yield Choice(texts("replay.remark.tag"), tags, 0, id="tag")
        yield SpanPicker(texts, self.reply.text)
        yield NoteText(texts, LONGEST_NOTE, texts("replay.remark.text"))

    def note(self) -> Note | str:
        """Return the remark, or what is missing."""
        text = clean(self.query_one(NoteText).text)[:LONGEST_NOTE]
        if not text:
            return self.texts("replay.remark.empty")
        kind = _KINDS[self.query_one("#kind", Choice).chosen or 0]
        tag = _TAGS[self.query_one("#tag", Choice).chosen or 0]
        return self.pen.remark(kind, text, tag, self.query_one(SpanPicker).span)
