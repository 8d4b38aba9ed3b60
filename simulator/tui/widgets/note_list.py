"""What coaches have noted on a reply, each note with its author."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from simulator.coaching.note_words import (
    label_name,
    machine_value,
    quoted_words,
    rating_words,
    tag_name,
)
from simulator.domain.annotation import BlindRating, Overruling, Remark
from simulator.domain.conversation import AgentTurn
from simulator.i18n import Texts
from simulator.tui.literal import harmless, literal

Standing = Remark | Overruling | BlindRating
_SIGNS = {"praise": ("+", "$text-success"), "advice": ("→", "$text-accent")}
_FAINT = "$foreground 60%"


@dataclass(frozen=True)
class Noted:
    """A reply and the notes on it that may be read."""

    reply: AgentTurn
    notes: tuple[Standing, ...]


class NoteList(Static):
    """Lists the notes of ``noted``."""

    DEFAULT_CSS = "NoteList { height: auto; }"
    HELP = "replay.help.note_list"

    noted: reactive[Noted | None] = reactive(None)

    def __init__(self, texts: Texts, noted: Noted | None = None) -> None:
        super().__init__()
        self._texts = texts
        self.set_reactive(NoteList.noted, noted)

    def on_mount(self) -> None:
        """Write the notes."""
        self.watch_noted(self.noted)

    def watch_noted(self, noted: Noted | None) -> None:
        """Write the notes."""
        if noted is None or not noted.notes:
            self.update(Content.styled(self._texts("replay.notes.none"), _FAINT))
            return
        parts = (note_content(note, noted.reply, self._texts) for note in noted.notes)
        self.update(Content("\n\n").join(parts))


def note_content(note: Standing, reply: AgentTurn, texts: Texts) -> Content:
    """Return ``note`` in a few lines: what it is, of whom, and what it says of ``reply``."""
    match note:
        case Remark():
            lines = _remark(note, reply, texts)
        case Overruling():
            lines = _overruling(note, reply, texts)
        case BlindRating():
            lines = _rating(note, texts)
    return Content("\n").join(lines)


def _remark(note: Remark, reply: AgentTurn, texts: Texts) -> Iterator[Content]:
    sign, style = _SIGNS[note.kind]
    about = f" · {tag_name(note.tag, texts)}" if note.tag else ""
    head = Content.styled(f"{sign} {texts(f'replay.notes.{note.kind}')}", f"bold {style}")
    yield head + about + _by(note, texts)
    words = quoted_words(note, reply)
    if words:
        quotes = texts("replay.quotes")
        yield literal(f"{quotes[0]}{words}{quotes[1]}", "italic")
    yield literal(note.text)


def _overruling(note: Overruling, reply: AgentTurn, texts: Texts) -> Iterator[Content]:
    dimension = texts(f"scoring.dimension.{note.dimension}")
    kind = texts("replay.notes.overruling")
    yield Content.styled(f"≠ {kind}", "bold $text-warning") + f" · {dimension}" + _by(note, texts)
    label = label_name(note.label, texts)
    mine = texts("replay.notes.coach", author=harmless(note.author), label=label)
    yield (
        literal(mine, "bold")
        + "   "
        + Content.styled(machine_value(reply.scores.of(note.dimension), texts), _FAINT)
    )
    yield Content.styled(texts(f"replay.rubric.{note.dimension}_{note.label}"), _FAINT)
    yield literal(note.reason)


def _rating(note: BlindRating, texts: Texts) -> Iterator[Content]:
    yield Content.styled(f"◐ {texts('replay.notes.rating')}", "bold") + _by(note, texts)
    yield literal(rating_words(note, texts))


def _by(note: Standing, texts: Texts) -> Content:
    at = note.at.astimezone().strftime(texts("replay.notes.date"))
    return literal(f"  {texts('replay.notes.by', author=harmless(note.author), at=at)}", _FAINT)
