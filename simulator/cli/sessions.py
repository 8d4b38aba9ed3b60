"""``hoerer sessions``: the calls kept on this machine."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from simulator.cli.transcript import listing, plain, transcript, written_date
from simulator.domain.language import Language
from simulator.errors import UsageError
from simulator.i18n import Texts, system_language
from simulator.paths import database
from simulator.store.repository import Sessions
from simulator.store.summary import Summary

T = Texts(system_language())

Lang = Annotated[Language | None, typer.Option("--lang", help=T("sessions.help.lang"))]
AsJson = Annotated[bool, typer.Option("--json", help=T("sessions.help.json"))]
Id = Annotated[str, typer.Argument(metavar="ID", help=T("sessions.help.session"))]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command("list", help=T("sessions.help.list"))
def list_calls(as_json: AsJson = False, lang: Lang = None) -> None:
    """Print all calls, newest first; as JSON an array of objects with ``id``."""
    calls = Sessions(database()).list()
    if as_json:
        _print_json([call.model_dump(mode="json") for call in calls])
        return
    typer.echo(listing(calls, _texts(lang)))


@app.command("show", help=T("sessions.help.show"))
def show(id: Id, as_json: AsJson = False, lang: Lang = None) -> None:
    """Print one call; as JSON its ``id``, ``started``, ``turns`` and ``ended``."""
    session = Sessions(database()).session(id)
    if as_json:
        _print_json({"id": session.id, **session.model_dump(mode="json")})
        return
    typer.echo(transcript(session, _texts(lang)))


@app.command("delete", help=T("sessions.help.delete"))
def delete(
    id: Id,
    yes: Annotated[bool, typer.Option("--yes", help=T("sessions.help.yes"))] = False,
    lang: Lang = None,
) -> None:
    """Delete one call; asks first, and ends with 1 if the answer is not yes."""
    sessions = Sessions(database())
    call = sessions.summary(id)
    text = _texts(lang)
    if not yes and not _confirmed(call, text):
        typer.echo(text("sessions.kept"))
        raise typer.Exit(1)
    sessions.delete(call.id)
    typer.echo(text("sessions.deleted", session=call.id))


def _confirmed(call: Summary, text: Texts) -> bool:
    if not sys.stdin.isatty():
        raise UsageError("session_delete_unconfirmed", session=call.id)
    question = text(
        "sessions.ask",
        session=call.id,
        at=written_date(call.at, text),
        persona=plain(call.persona),
        turns=call.turns,
    )
    typer.echo(question, nl=False)
    # not typer.confirm: it would take only an English yes
    return sys.stdin.readline().strip().casefold() in text("sessions.yes").split()


def _texts(lang: Language | None) -> Texts:
    return Texts(lang or system_language())


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
