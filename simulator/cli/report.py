"""``hoerer report``: a call, or a trainee's calls over time, as one HTML file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.options import Lang, T
from simulator.cli.transcript import plain
from simulator.errors import UsageError
from simulator.i18n import Texts, system_language

Id = Annotated[str | None, typer.Argument(metavar="ID", help=T("sessions.help.session"))]
Of = Annotated[str | None, typer.Option("--trainee", help=T("report.help_trainee"))]
Output = Annotated[Path, typer.Option("--output", "-o", help=T("report.help_output"))]
Force = Annotated[bool, typer.Option("--force", help=T("report.help_force"))]


def report(
    output: Output,
    id: Id = None,
    trainee: Of = None,
    lang: Lang = None,
    force: Force = False,
) -> None:
    """Write the report of one call, or of all calls of one trainee."""
    if (id is None) == (trainee is None):
        raise UsageError("report_of_whom")
    texts = Texts(lang or system_language())
    page = _of_call(id, texts) if id is not None else _of_trainee(trainee or "", texts)
    _write(page, output, force)
    typer.echo(texts("report.written", path=output))


def _of_call(id: str, texts: Texts) -> str:
    from simulator.coaching.opinions import NotedCall
    from simulator.coaching.report import call_report
    from simulator.content.catalogue import Catalogue
    from simulator.rewind import unsealed
    from simulator.switchboard import open_store

    store = open_store()
    call = NotedCall(unsealed(store.session(id)), store.notes(id))
    return call_report(call, Catalogue.load(), texts, datetime.now(UTC))


def _of_trainee(name: str, texts: Texts) -> str:
    from simulator.coaching.opinions import NotedCall
    from simulator.coaching.report import trainee_report
    from simulator.content.catalogue import Catalogue
    from simulator.switchboard import open_store

    store = open_store()
    found = store.of_trainee(name)
    if not found:
        raise UsageError("trainee_unknown", given=plain(name))
    # an exam that goes on tells nothing yet
    seen = (call.id for call in found if call.exam != "open")
    calls = [NotedCall(store.session(id), store.notes(id)) for id in seen]
    return trainee_report(name, calls, Catalogue.load(), texts, datetime.now(UTC))


def _write(page: str, output: Path, force: bool) -> None:
    try:
        with output.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(page)
    except FileExistsError:
        raise UsageError("report_exists", path=output) from None
