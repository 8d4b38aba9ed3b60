"""``hoerer agreement``: how far coaches agree, with each other and with the machine."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import AsJson, Lang
from simulator.errors import UsageError
from simulator.i18n import Texts, system_language

if TYPE_CHECKING:
    from simulator.coaching.opinions import NotedCall

T = Texts(system_language())


def agreement(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help=T("agreement.help.ids"))
    ] = None,
    trainee: Annotated[
        str | None, typer.Option("--trainee", help=T("agreement.help.trainee"))
    ] = None,
    coach: Annotated[
        list[str] | None, typer.Option("--coach", help=T("agreement.help.coach"))
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", help=T("agreement.help.export"))
    ] = None,
    with_machine: Annotated[
        bool, typer.Option("--with-machine", help=T("agreement.help.with_machine"))
    ] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Print the agreement in all calls or the given ones, or write their labelled turns."""
    text = Texts(lang or system_language())
    if export is None and with_machine:
        raise UsageError("with_machine_alone")
    calls = _by_coaches(_noted(ids or (), trainee), coach or ())
    if export is None:
        _tell(calls, as_json, text)
        return
    turns = _write(calls, export, with_machine)
    if as_json:
        _print_json({"file": str(export), "turns": turns})
    else:
        typer.echo(text("agreement.exported", turns=turns, file=export))


def _noted(ids: Sequence[str], trainee: str | None) -> list[NotedCall]:
    """Return the calls that were asked for and have notes; raises UsageError on an unknown id."""
    from simulator.coaching.opinions import NotedCall
    from simulator.paths import database
    from simulator.store.repository import Sessions

    store = Sessions(database())
    wanted = [store.summary(id).id for id in ids] or [call.id for call in store.list()]
    if trainee is not None:
        theirs = {call.id for call in store.of_trainee(trainee)}
        wanted = [id for id in wanted if id in theirs]
    notes = {id: store.notes(id) for id in wanted}
    return [NotedCall(store.session(id), noted) for id, noted in notes.items() if noted]


def _by_coaches(calls: Sequence[NotedCall], coaches: Collection[str]) -> list[NotedCall]:
    """Keep the notes of ``coaches`` only; raises UsageError on one who labelled nothing."""
    from simulator.coaching.agreement import alphabetical
    from simulator.coaching.opinions import NotedCall, opinions

    if not coaches:
        return list(calls)
    known = alphabetical(name for one in opinions(calls) for name in (*one.blind, *one.overruled))
    for name in coaches:
        if known and name not in known:
            raise UsageError("coach_unknown", name=name, names=", ".join(known))
    return [
        NotedCall(call.session, tuple(note for note in call.notes if note.author in coaches))
        for call in calls
    ]


def _tell(calls: Sequence[NotedCall], as_json: bool, text: Texts) -> None:
    from simulator.cli.agreement_tables import told
    from simulator.coaching.agreement import agreement as measured

    figures = measured(calls)
    if as_json:
        _print_json(asdict(figures))
    else:
        typer.echo(told(figures, text))


def _write(calls: Sequence[NotedCall], file: Path, with_machine: bool) -> int:
    from simulator.coaching.labelled import labelled_turns
    from simulator.content.catalogue import Catalogue

    turns = labelled_turns(calls, Catalogue.load().scenarios, with_machine=with_machine)
    if not turns:
        raise UsageError("nothing_labelled")
    lines = [json.dumps(turn.model_dump(mode="json"), ensure_ascii=False) for turn in turns]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return len(turns)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
