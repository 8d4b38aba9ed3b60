"""``hoerer sessions``: the calls kept on this machine."""

from __future__ import annotations

import json
import sys
from difflib import get_close_matches
from typing import Annotated

import typer

from simulator.cli.transcript import listing, plain, transcript, written_date
from simulator.domain.language import Language
from simulator.errors import UsageError
from simulator.i18n import Texts, system_language
from simulator.paths import database
from simulator.rewind import unsealed
from simulator.store.repository import Sessions

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
    """Print one call; as JSON its ``id``, ``started``, ``turns`` and ``ended``.

    Of an exam that goes on only the words are printed, and no JSON.
    """
    session = Sessions(database()).session(id)
    if as_json:
        unsealed(session)
        _print_json({"id": session.id, **session.model_dump(mode="json")})
        return
    typer.echo(transcript(session, _texts(lang)))


@app.command("delete", help=T("sessions.help.delete"))
def delete(
    id: Annotated[str | None, typer.Argument(metavar="ID", help=T("sessions.help.session"))] = None,
    trainee: Annotated[
        str | None, typer.Option("--trainee", help=T("sessions.help.trainee"))
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=T("sessions.help.yes"))] = False,
    lang: Lang = None,
) -> None:
    """Delete one call or all of a trainee; asks first, and ends with 1 if the answer is not yes."""
    sessions = Sessions(database())
    if id is not None and trainee is None:
        _delete_call(sessions, id, yes, _texts(lang))
    elif trainee is not None and id is None:
        _delete_trainee(sessions, trainee, yes, _texts(lang))
    else:
        raise UsageError("delete_which")


def _delete_call(sessions: Sessions, id: str, yes: bool, text: Texts) -> None:
    call = sessions.summary(id)
    if not yes:
        question = text(
            "sessions.ask",
            session=call.id,
            at=written_date(call.at, text),
            persona=plain(call.persona),
            turns=call.turns,
        )
        _confirm(question, text, UsageError("session_delete_unconfirmed", session=call.id))
    sessions.delete(call.id)
    typer.echo(text("sessions.deleted", session=call.id))


def _delete_trainee(sessions: Sessions, name: str, yes: bool, text: Texts) -> None:
    count, shown = len(sessions.of_trainee(name)), plain(name)
    if not count:
        raise _unknown_trainee(sessions, shown)
    if not yes:
        question = text("sessions.ask_trainee", trainee=shown, count=count)
        refusal = UsageError("trainee_delete_unconfirmed", trainee=shown, count=count)
        _confirm(question, text, refusal)
    count = sessions.delete_trainee(name)
    typer.echo(text("sessions.deleted_trainee", trainee=shown, count=count))


def _unknown_trainee(sessions: Sessions, given: str) -> UsageError:
    names = {plain(call.trainee).casefold(): plain(call.trainee) for call in sessions.list()}
    names.pop("", None)
    for near in get_close_matches(given.casefold(), names, n=1):
        return UsageError("trainee_unknown_near", given=given, near=names[near])
    return UsageError("trainee_unknown", given=given)


def _confirm(question: str, text: Texts, unasked: UsageError) -> None:
    """Go on if the answer is yes, end with 1 if not; raise ``unasked`` where nobody can answer."""
    if not sys.stdin.isatty():
        raise unasked
    typer.echo(question, nl=False)
    # not typer.confirm: it would take only an English yes
    if sys.stdin.readline().strip().casefold() not in text("sessions.yes").split():
        typer.echo(text("sessions.kept"))
        raise typer.Exit(1)


def _texts(lang: Language | None) -> Texts:
    return Texts(lang or system_language())


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
