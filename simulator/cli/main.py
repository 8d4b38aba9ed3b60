"""The command ``hoerer``: gathers the nouns, and turns errors into one sentence."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from types import FrameType
from typing import NoReturn

import typer

from simulator.cli import (
    agreement,
    bench,
    compare,
    content,
    corpus,
    doctor,
    evaluate,
    exchange,
    models,
    my_practice,
    practice,
    replay,
    report,
    score,
    sessions,
    simulate,
    train,
)
from simulator.domain.language import Language
from simulator.errors import HoererError
from simulator.i18n import Texts, explain, system_language

T = Texts(system_language())

INTERRUPTED = 130
GRACE = 3.0
"""Seconds an interrupted command has to end by itself."""

app = typer.Typer(
    name="hoerer",
    help=T("cli.help"),
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.callback(invoke_without_command=True)(practice.home)
app.command("practice", help=T("cli.practice.help"))(practice.practice)
app.command("my-practice", help=T("my_practice.help.command"))(my_practice.my_practice)
app.command("simulate", help=T("cli.simulate.help"))(simulate.simulate)
app.command("score", help=T("cli.score.help"))(score.score)
app.command("replay", help=T("replay.command.help"))(replay.replay)
app.command("agreement", help=T("agreement.help.command"))(agreement.agreement)
app.command("report", help=T("report.help"))(report.report)
app.command("doctor", help=T("cli.doctor.help"))(doctor.doctor)
app.command("bench", help=T("cli.bench.help"))(bench.bench)
app.add_typer(content.app, name="content", help=T("cli.content.help"))
app.add_typer(corpus.app, name="corpus", help=T("cli.corpus.help"))
app.add_typer(models.app, name="models", help=T("cli.models.help"))
sessions.app.command("import", help=T("exchange.help.import"))(exchange.import_call)
sessions.app.command("compare", help=T("compare.command.help"))(compare.compare)
sessions.app.command("export", help=T("exchange.help.export"))(exchange.export_calls)
app.add_typer(sessions.app, name="sessions", help=T("cli.sessions.help"))
app.add_typer(train.app, name="train", help=T("cli.train.help"))
app.add_typer(evaluate.app, name="evaluate", help=T("cli.evaluate.help"))


def run() -> None:
    """Run the command line; never ends in a traceback for what a user can mend."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that lacks a letter shows another one in its place.
        sys.stdout.reconfigure(errors="replace")
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    try:
        app()
    except HoererError as error:
        _refuse(error)
    except OSError as error:
        _refuse(HoererError("system", reason=error.strerror or error, path=error.filename or "–"))


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End the command, even where a library swallows the exception while it is imported."""
    last = threading.Timer(GRACE, os._exit, (INTERRUPTED,))
    last.daemon = True
    last.start()
    raise KeyboardInterrupt


def _refuse(error: HoererError) -> NoReturn:
    sys.stderr.write(f"hoerer: {explain(error, _language(sys.argv))}\n")
    raise SystemExit(error.exit_code) from None


def _language(arguments: list[str]) -> Language:
    """Return the language of a command that failed before it could say anything itself."""
    for place, argument in enumerate(arguments):
        named = argument.removeprefix("--lang=") if argument != "--lang" else ""
        if argument == "--lang":
            named = "".join(arguments[place + 1 : place + 2])
        if argument.startswith("--lang") and named in {"de", "en"}:
            return "en" if named == "en" else "de"
    return system_language()


if __name__ == "__main__":
    run()
