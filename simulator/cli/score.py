"""``hoerer score``: rates replies line by line, JSON in and JSON out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.domain.language import LANGUAGES
from simulator.errors import UsageError

if TYPE_CHECKING:
    from simulator.domain.score import DimensionScore, TurnScores

Line = dict[str, Any]
"""A JSON object of the input, with whatever else the user keeps in it."""


def score(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="JSON lines with context, reply, lang.")
    ] = "-",
) -> None:
    """Rate replies: JSON lines in (context, reply, lang), the same lines out with scores."""
    from simulator.cli.reader import load_scorer

    lines = read_lines(file)
    scorer = load_scorer()
    for line in lines:
        scores = scorer.score(line["reply"], line["context"] or "", line["lang"])
        out = {**line, "scores": as_json(scores)}
        typer.echo(json.dumps(out, ensure_ascii=False))


def read_lines(file: str) -> Iterator[Line]:
    """Yield the checked lines of ``file`` ("-" is the standard input) as they are read.

    Raises UsageError for a file that cannot be read and for a line that cannot be rated.
    """
    if file == "-":
        yield from _checked(sys.stdin, file)
        return
    try:
        with Path(file).open(encoding="utf-8") as stream:
            yield from _checked(stream, file)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("score_file", file=file) from error


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


def _checked(stream: Iterator[str], file: str) -> Iterator[Line]:
    for number, text in enumerate(stream, start=1):
        if text.strip():
            yield _line(text, number, file)


def _line(text: str, number: int, file: str) -> Line:
    try:
        line = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError("score_line", line=number, file=file, problem=error.msg) from error
    problem = _problem(line)
    if problem:
        raise UsageError("score_line", line=number, file=file, problem=problem)
    return {**line, "context": line.get("context")}


def _problem(line: object) -> str:
    """Return what is wrong with a line in a word or two, "" if nothing is."""
    if not isinstance(line, dict):
        return "no object"
    if not isinstance(line.get("reply"), str):
        return "reply"
    if line.get("lang") not in LANGUAGES:
        return "lang"
    if not isinstance(line.get("context"), str | None):
        return "context"
    return ""
