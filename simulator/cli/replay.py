"""``hoerer replay``: a recorded call on the coach's desk, or as plain lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import Lang, T, chosen_model
from simulator.coaching.note_words import (
    label_name,
    machine_value,
    quoted_words,
    rating_words,
    tag_name,
)
from simulator.domain.annotation import BlindRating, Note, Overruling, Remark, standing
from simulator.domain.conversation import AgentTurn, Session
from simulator.i18n import Texts, system_language
from simulator.paths import database
from simulator.rewind import unsealed

if TYPE_CHECKING:
    from simulator.switchboard import Progress, Switchboard

Id = Annotated[str, typer.Argument(metavar="ID", help=T("replay.command.session"))]
Coach = Annotated[str | None, typer.Option("--coach", help=T("replay.command.coach"))]
AsCustomer = Annotated[
    bool, typer.Option("--as-customer", help=T("other_side.command.as_customer"))
]
Plain = Annotated[bool, typer.Option("--plain", help=T("other_side.command.plain"))]


def replay(
    id: Id,
    coach: Coach = None,
    as_customer: AsCustomer = False,
    plain: Plain = False,
    lang: Lang = None,
) -> None:
    """See a call again and write notes on it; in a pipe print it with its notes.

    As the customer, hear it from the other side.
    """
    from simulator.content.catalogue import Catalogue
    from simulator.settings import coach_name
    from simulator.store.repository import Sessions

    texts, sessions = Texts(lang or system_language()), Sessions(database())
    # whatever is wrong is said before the screen is taken over
    session = unsealed(sessions.session(id))
    watched = sys.stdout.isatty() and sys.stdin.isatty()
    if as_customer and (plain or not watched):
        from simulator.cli.as_customer import tell
        from simulator.coaching.diary import Diary

        tell(Diary.of(session.id, sessions), Catalogue.load(), texts, asking=watched)
        return
    if plain or not watched:
        typer.echo(annotated(session, sessions.notes(session.id), texts))
        return
    name = coach_name(coach)

    from simulator.tui.app import HoererApp

    def connect(progress: Progress) -> Switchboard:
        from simulator.switchboard import open_line

        return open_line(chosen_model(None), Catalogue.load(), sessions, progress)

    HoererApp(
        Catalogue.load,
        sessions,
        connect,
        texts.language,
        coach=name,
        replay=session.id,
        as_customer=as_customer,
    ).run()


def annotated(session: Session, notes: Iterable[Note], texts: Texts) -> str:
    """Return the call as plain lines, each reply with the notes that hold."""
    from simulator.cli.transcript import transcript

    held = standing(notes)

    def beside(reply: AgentTurn) -> Iterator[str]:
        return (_line(note, reply, texts) for note in held if note.turn == reply.turn)

    return transcript(session, texts, beside)


def _line(note: Remark | Overruling | BlindRating, reply: AgentTurn, texts: Texts) -> str:
    match note:
        case Remark():
            words = quoted_words(note, reply)
            return texts(
                "replay.command.remark_span" if words else "replay.command.remark",
                kind=texts(f"replay.notes.{note.kind}"),
                author=note.author,
                tag=tag_name(note.tag, texts),
                text=note.text,
                **({"span": words} if words else {}),
            )
        case Overruling():
            return texts(
                "replay.command.overruling",
                author=note.author,
                dimension=texts(f"scoring.dimension.{note.dimension}"),
                label=label_name(note.label, texts),
                rubric=texts(f"replay.rubric.{note.dimension}_{note.label}"),
                machine=machine_value(reply.scores.of(note.dimension), texts),
                text=note.reason,
            )
        case BlindRating():
            labels = rating_words(note, texts)
            return texts("replay.command.rating", author=note.author, labels=labels)
