"""``hoerer score``: rates replies line by line, JSON in and JSON out."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.domain.language import LANGUAGES
from simulator.errors import UsageError
from simulator.i18n import explain, system_language

if TYPE_CHECKING:
    from simulator.domain.score import DimensionScore, TurnScores

BATCH = 256
"""Lines that are held at once, so that those of about one length can be read together."""

Line = dict[str, Any]
"""A JSON object of the input, with whatever else the user keeps in it."""


def score(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="JSON lines with context, reply, lang.")
    ] = "-",
) -> None:
    """Rate replies: JSON lines in (context, reply, lang), the same lines out with scores.

    A broken line is named on stderr and the rest goes on; the exit code then is 2.
    """
    from simulator.cli.reader import load_scorer
    from simulator.scoring.heard import Said

    if file != "-" and not Path(file).is_file():
        # Said before the model is loaded, not after.
        raise UsageError("score_file", file=file)
    broken: list[UsageError] = []
    lines = read_lines(file, broken)
    scorer = load_scorer()
    # Who writes into a pipe may wait for the answer to a line before writing the next.
    while batch := list(islice(lines, 1 if file == "-" else BATCH)):
        said = [Said(line["reply"], line["context"] or "", line["lang"]) for line in batch]
        for line, scores in zip(batch, scorer.score_all(said), strict=True):
            out = {**line, "scores": as_json(scores)}
            typer.echo(json.dumps(out, ensure_ascii=False))
    if broken:
        raise typer.Exit(broken[0].exit_code)


def read_lines(file: str, broken: list[UsageError]) -> Iterator[Line]:
    """Yield the checked lines of ``file`` ("-" is the standard input) as they are read.

    Lines that cannot be rated are told on stderr and gathered in ``broken``. Where somebody
    watches, a bar says how much of the file is read. Raises UsageError for a file that cannot be
    read.
    """
    if file == "-":
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
        yield from _checked(sys.stdin, file, broken)
        return
    try:
        with (
            Path(file).open(encoding="utf-8-sig") as stream,
            typer.progressbar(length=Path(file).stat().st_size, file=sys.stderr) as bar,
        ):
            yield from _checked(_watched(stream, bar.update), file, broken)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("score_file", file=file) from error


def _watched(stream: Iterator[str], read: Callable[[int], None]) -> Iterator[str]:
    for text in stream:
        yield text
        read(len(text.encode()))


def as_json(scores: TurnScores) -> Line:
    """Return the scores of one reply as the output shows them."""
    shown: Line = {
        "empathy": _dimension(scores.empathy),
        "listening": _dimension(scores.listening),
        "de_escalation": _dimension(scores.de_escalation),
    }
    if scores.alternative is not None:
        shown["alternative"] = scores.alternative.model_dump()
    return shown


def _dimension(score: DimensionScore) -> Line:
    shown = score.model_dump(mode="json")
    if score.abstained is None:
        del shown["abstained"]
    return shown


def _checked(stream: Iterator[str], file: str, broken: list[UsageError]) -> Iterator[Line]:
    for number, text in enumerate(stream, start=1):
        if not text.strip():
            continue
        try:
            yield _line(text, number, file)
        except UsageError as error:
            broken.append(error)
            sys.stderr.write(f"hoerer: {explain(error, system_language())}\n")


def _line(text: str, number: int, file: str) -> Line:
    try:
        line = json.loads(text)
    except (ValueError, RecursionError) as error:
        problem = error.msg if isinstance(error, json.JSONDecodeError) else "JSON"
        raise UsageError("score_line", line=number, file=file, problem=problem) from error
    problem = _problem(line)
    if problem:
        raise UsageError("score_line", line=number, file=file, problem=problem)
    return {**line, "context": line.get("context")}


def _problem(line: object) -> str:
    """Return what is wrong with a line in a word or two, "" if nothing is."""
    if not isinstance(line, dict):
        return "no object"
    if not _is_text(line.get("reply")):
        return "reply"
    if line.get("lang") not in LANGUAGES:
        return "lang"
    if line.get("context") is not None and not _is_text(line["context"]):
        return "context"
    return ""


def _is_text(value: object) -> bool:
    """Whether it is text a model can read: JSON can also hold halves of letters."""
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)
