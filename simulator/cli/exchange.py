"""``hoerer sessions import`` and ``export``: calls from outside, and from desk to desk."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.incoming import announced, as_json, call_as_json, calls_announced
from simulator.cli.options import AsJson
from simulator.cli.transcript import plain
from simulator.domain.language import Language
from simulator.errors import StoreError, UsageError
from simulator.i18n import Texts, system_language
from simulator.paths import database
from simulator.store.repository import Sessions

if TYPE_CHECKING:
    from simulator.coaching.bundle import Call
    from simulator.coaching.masking import Replacement
    from simulator.coaching.outside import Transcript
    from simulator.domain.conversation import Event

T = Texts(system_language())

Format = Literal["bundle", "jsonl", "csv", "xapi"]
CallLanguage = Annotated[Language | None, typer.Option("--lang", help=T("exchange.help.lang"))]


def import_call(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=T("exchange.help.file"))],
    lang: CallLanguage = None,
    trainee: Annotated[str, typer.Option("--trainee", help=T("exchange.help.trainee"))] = "",
    title: Annotated[str, typer.Option("--title", help=T("exchange.help.title"))] = "",
    mask: Annotated[bool, typer.Option("--mask", help=T("exchange.help.mask"))] = False,
    preview: Annotated[bool, typer.Option("--preview", help=T("exchange.help.preview"))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=T("exchange.help.yes"))] = False,
    as_json: AsJson = False,
) -> None:
    """Keep a call from outside, or calls from another desk, after showing what was recognised."""
    from simulator.coaching.bundle import is_bundle, read_bundle
    from simulator.coaching.outside import decoded, read_transcript
    from simulator.practice import clean

    if not file.is_file():
        raise UsageError("import_file", file=file)
    data = file.read_bytes()
    asked = _Asked(file, preview, yes, as_json)
    text = decoded(data, str(file))
    if is_bundle(text):
        changing = {"--lang": lang, "--trainee": trainee, "--title": title, "--mask": mask}
        for option, given in changing.items():
            if given:
                raise UsageError("bundle_as_it_is", file=file, option=option)
        _take_in(read_bundle(text, str(file)), asked)
        return
    transcript = read_transcript(data, str(file), lang)
    # a name of a file may hold what is no letter at all
    called = clean(title) or clean(file.stem) or transcript.form
    _bring_in(transcript, called, clean(trainee), mask, asked)


def export_calls(
    id: Annotated[str | None, typer.Argument(metavar="[ID]", help=T("exchange.help.id"))] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help=T("exchange.help.out"))] = None,
    format: Annotated[Format, typer.Option("--format", help=T("exchange.help.format"))] = "bundle",
    trainee: Annotated[
        str | None, typer.Option("--trainee", help=T("exchange.help.of_trainee"))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=T("exchange.help.force"))] = False,
) -> None:
    """Write a call, or everything kept about a trainee, with all notes on it."""
    if (id is None) == (trainee is None):
        raise UsageError("export_what")
    if out is not None and out.exists() and not force:
        raise UsageError("export_exists", path=out)
    data = _written(_chosen(Sessions(database()), id, trainee or ""), format)
    if out is None:
        typer.echo(data, nl=False)
        return
    try:
        with out.open("wb" if force else "xb") as stream:
            stream.write(data)
    except FileExistsError:
        raise UsageError("export_exists", path=out) from None
    typer.echo(_texts()("exchange.written", path=plain(str(out))))


class _Asked:
    """What the user wants done with a file once they have seen what is in it."""

    def __init__(self, file: Path, preview: bool, yes: bool, as_json: bool) -> None:
        self.file = file
        self.only_preview = preview
        self.as_json = as_json
        self.text = _texts()
        self._yes = yes

    def allows(self, question: str) -> bool:
        """Say whether to keep it. Raises UsageError if nobody can be asked."""
        if self.only_preview or self._yes:
            return not self.only_preview
        if self.as_json or not sys.stdin.isatty():
            raise UsageError("import_unconfirmed", file=self.file)
        typer.echo(self.text(question), nl=False)
        if sys.stdin.readline().strip().casefold() in self.text("exchange.yes").split():
            return True
        typer.echo(self.text("exchange.nothing"))
        raise typer.Exit(1)


def _take_in(calls: tuple[Call, ...], asked: _Asked) -> None:
    """Keep the calls of a bundle; what is known already is added to, never overwritten."""
    shown = [call_as_json(call) for call in calls]
    if not asked.as_json:
        typer.echo(calls_announced(calls, str(asked.file), asked.text))
    if asked.allows("exchange.ask_bundle"):
        sessions = Sessions(database())
        for call, one in zip(calls, shown, strict=True):
            merge = sessions.merge(call.events, call.notes, call.lines)
            one |= {"new": merge.new, "events_added": merge.events_added}
            one |= {"notes_added": merge.notes_added}
            if not asked.as_json:
                key = "exchange.merged.new" if merge.new else "exchange.merged.known"
                values = {"events": merge.events_added, "notes": merge.notes_added}
                typer.echo(asked.text(key, session=plain(call.session.id), **values))
    if asked.as_json:
        _print_json({"file": plain(str(asked.file)), "form": "bundle", "calls": shown})


def _bring_in(transcript: Transcript, title: str, trainee: str, mask: bool, asked: _Asked) -> None:
    """Score a transcript and keep it."""
    from simulator.coaching.arrival import session_id
    from simulator.coaching.masking import mask_transcript

    replaced: tuple[Replacement, ...] | None = None
    if mask:
        transcript, title, replaced = mask_transcript(transcript, title)
    if not asked.as_json:
        typer.echo(announced(transcript, str(asked.file), replaced, asked.text))
    session: str | None = None
    if asked.allows("exchange.ask"):
        sessions = Sessions(database())
        session = session_id(transcript, title, trainee)
        if any(known.id == session for known in sessions.list()):
            # said before the scoring, which takes its time
            raise StoreError("session_exists", session=session)
        sessions.begin(_scored(transcript, title, trainee))
        if not asked.as_json:
            typer.echo(asked.text("exchange.kept", session=session))
    if asked.as_json:
        _print_json({**as_json(transcript, str(asked.file), title, replaced), "session": session})


def _scored(transcript: Transcript, title: str, trainee: str) -> tuple[Event, ...]:
    from simulator.cli.reader import load_reader
    from simulator.coaching.arrival import arrive
    from simulator.switchboard import open_scorer

    reader = load_reader()
    scorer = open_scorer(reader)
    models = {"scorer": f"{reader.name} {reader.fingerprint}+{scorer.fingerprint}"}
    count = transcript.count("agent")
    with typer.progressbar(length=count, label=_texts()("exchange.rating"), file=sys.stderr) as bar:
        now = datetime.now(UTC)
        return arrive(transcript, scorer, models, now, title, trainee, lambda *_: bar.update(1))


def _chosen(sessions: Sessions, id: str | None, trainee: str) -> tuple[Call, ...]:
    """Return the calls to hand out, oldest first."""
    from simulator.coaching.bundle import Call

    if id is not None:
        # one call is handed to a coach; what is kept for oneself goes only with everything
        return (Call(sessions.events(id), sessions.notes(id)).for_others,)
    found = sessions.of_trainee(trainee)
    if not found:
        raise UsageError("trainee_unknown", given=trainee)
    oldest_first = [summary.id for summary in reversed(found)]
    lines: dict[str, list[int]] = {}
    for line in sorted(sessions.kept_lines(oldest_first)):
        lines.setdefault(line.session, []).append(line.turn)
    return tuple(
        Call(sessions.events(one), sessions.notes(one), tuple(lines.get(one, ())))
        for one in oldest_first
    )


def _written(calls: Sequence[Call], format: Format) -> bytes:
    from simulator.coaching import bundle, table, xapi

    if format == "csv":
        return table.table(calls, _texts())
    if format == "jsonl":
        return bundle.lines(calls).encode()
    if format == "xapi":
        statements = json.dumps(xapi.statements(calls), ensure_ascii=False, indent=1)
        return f"{statements}\n".encode()
    return bundle.bundle(calls).encode()


def _texts() -> Texts:
    return Texts(system_language())


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
