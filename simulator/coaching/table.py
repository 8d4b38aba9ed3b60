"""Calls as a table for a spreadsheet: one row per exchange."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from simulator.coaching.bundle import Call
from simulator.domain.annotation import BlindRating, Note, Overruling, Remark
from simulator.domain.conversation import AgentTurn, CustomerTurn, HeardTurn
from simulator.domain.emotion import Feeling
from simulator.domain.hint import Hint
from simulator.domain.score import Dimension
from simulator.i18n import Texts
from simulator.store.summary import Summary

COLUMNS = (
    "session", "started", "trainee", "origin", "persona", "scenario", "language", "seed", "exam",
    "guess", "turn", "at", "heard", "hint", "example", "reply", *Dimension, "mean", "answer", "act",
    *Feeling, "ended", "notes",
)  # fmt: skip

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Row = dict[str, str]


def table(calls: Iterable[Call], text: Texts) -> bytes:
    """Return ``calls`` as CSV in UTF-8 with a byte order mark, headings in the texts' language.

    German spreadsheets expect a semicolon between cells and a comma in numbers, English ones a
    comma and a point. A call without a reply has one row.
    """
    out = io.StringIO()
    delimiter = text("exchange.table.delimiter")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_heading(column, text) for column in COLUMNS)
    for call in calls:
        for row in _rows(call.for_others, text):
            writer.writerow(harmless(row.get(column, "")) for column in COLUMNS)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def harmless(cell: str) -> str:
    """Return ``cell`` so that no spreadsheet takes it for a formula: behind an apostrophe."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_DANGEROUS) else cell


def _heading(column: str, text: Texts) -> str:
    if column in set(Dimension):
        return text(f"scoring.dimension.{column}")
    return text(f"exchange.column.{column}")


def _rows(call: Call, text: Texts) -> Iterator[Row]:
    session = call.session
    started = session.started
    always = {
        "session": session.id,
        "started": started.at.isoformat(),
        "trainee": started.trainee,
        "origin": started.origin,
        "persona": started.persona,
        "scenario": started.scenario,
        "language": started.language,
        "seed": str(started.seed),
        "exam": Summary.of(session).exam,
        "guess": started.guess,
        "ended": session.ended.reason if session.ended else "",
    }
    said = {turn.turn: turn for turn in session.turns if not isinstance(turn, AgentTurn)}
    replies = session.agent_turns
    if not replies:
        heard = said[0].text if 0 in said else ""
        yield {**always, "heard": heard, "notes": _notes(call.notes, text)}
    for reply in replies:
        before = said.get(reply.turn - 1)
        yield {
            **always,
            **_reply(reply, text),
            **_answer(said.get(reply.turn), text),
            "heard": before.text if before else "",
            "notes": _notes([n for n in call.notes if _beside(n, reply, replies)], text),
        }


def _beside(note: Note, reply: AgentTurn, replies: tuple[AgentTurn, ...]) -> bool:
    """Say in whose row a note stands; one on an exchange that never was, in the last."""
    return note.turn == reply.turn or (reply is replies[-1] and note.turn > reply.turn)


def _reply(reply: AgentTurn, text: Texts) -> Row:
    scores = {d.value: _number(reply.scores.of(d).value, text) for d in Dimension}
    return {
        "turn": str(reply.turn),
        "at": reply.at.isoformat(),
        "reply": reply.text,
        **_hint(reply.hint),
        **scores,
        "mean": _number(reply.scores.mean, text),
    }


def _hint(hint: Hint | None) -> Row:
    if hint is None:
        return {}
    return {"hint": hint.question, "example": hint.example.text if hint.example else ""}


def _answer(turn: CustomerTurn | HeardTurn | None, text: Texts) -> Row:
    if turn is None:
        return {}
    if isinstance(turn, HeardTurn):
        return {"answer": turn.text}
    levels = {f.value: _number(turn.state.level(f), text) for f in Feeling}
    return {"answer": turn.text, "act": turn.act.value, **levels}


def _notes(notes: Iterable[Note], text: Texts) -> str:
    return "\n".join(_note(note, text) for note in notes)


def _note(note: Note, text: Texts) -> str:
    said = {"author": note.author, "at": note.at.isoformat(timespec="minutes")}
    if isinstance(note, Remark):
        kind = text(f"exchange.note.{note.kind}")
        return text("exchange.note.remark", **said, kind=kind, text=note.text)
    if isinstance(note, Overruling):
        name = text(f"scoring.dimension.{note.dimension}")
        return text(
            "exchange.note.overruling", **said, dimension=name, label=note.label, reason=note.reason
        )
    if isinstance(note, BlindRating):
        labels = {d.value: note.label(d) for d in Dimension}
        return text("exchange.note.blind_rating", **said, **labels)
    return text("exchange.note.withdrawal", **said)


def _number(value: float | None, text: Texts) -> str:
    return "" if value is None else f"{value:.1f}".replace(".", text("sessions.decimal"))
