"""The three forms a transcript comes in: plain text, CSV and JSON lines."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Literal

from simulator.coaching.said import Problem, Said, excerpt, speaker_of
from simulator.errors import UsageError
from simulator.practice import clean

Form = Literal["text", "csv", "jsonl"]
Read = Iterator[Said | Problem]

LINE_BREAK = re.compile(r"\r\n|\r|\n")

_SPEAKER = frozenset({"speaker", "sprecher", "sprecherin", "role", "rolle"})
_TEXT = frozenset({"text", "message", "nachricht", "utterance"})
_TIME = frozenset({"time", "at", "zeit", "uhrzeit", "timestamp"})

_STAMP = (
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"
    r"|\d{1,2}:\d\d(?::\d\d)?"
)
_TURN = re.compile(
    rf"\s*(?:[\[(]?(?P<time>{_STAMP})[\])]?\s*[-–]?\s*)?"
    r"(?P<label>[^\W\d_]+(?:\s*\([^()]{1,60}\))?)\s*:\s*(?P<text>.*)"
)
_SOMEBODY = re.compile(
    rf"\s*(?:[\[(]?(?:{_STAMP})[\])]?\s*)?((?:Herr|Frau|Mrs?|Ms)\.?\s+\w+)\s*:\s"
)
_MAYBE = re.compile(r"\s*[^\W\d_a-zäöüß][^\W\d_]*(?:\s[^\W\d_a-zäöüß]\w*)?\s*:\s")


def form_of(text: str) -> Form:
    """Return the form that the first line with anything in it has."""
    first = next((line for line in LINE_BREAK.split(text) if line.strip()), "")
    if first.lstrip().startswith("{"):
        return "jsonl"
    return "csv" if _delimiter(first) else "text"


def read_text(text: str, file: str) -> Read:
    """Yield the utterances of lines ``Agent: …``; other lines go on with the one before.

    Raises UsageError where somebody speaks by name ("Frau Keller: …"): taken for a continuation,
    it would put words into the mouth of the one before.
    """
    said: Said | None = None
    for number, line in enumerate(LINE_BREAK.split(text), start=1):
        turn = _TURN.match(line)
        speaker = speaker_of(turn["label"]) if turn else None
        if turn and speaker:
            if said:
                yield said
            said = Said(speaker, turn["label"], turn["text"], number, turn["time"] or "")
        elif line.strip() and said is None:
            yield Problem(number, "before_first", excerpt(line))
        elif line.strip() and said:
            if somebody := _SOMEBODY.match(line):
                found = excerpt(somebody[1])
                raise UsageError("outside_unknown_speaker", file=file, line=number, found=found)
            if _MAYBE.match(line):
                yield Problem(number, "looks_like_speaker", excerpt(line.split(":")[0]))
            joined = f"{said.text} {line.strip()}"
            said = Said(said.speaker, said.label, joined, said.line, said.time)
    if said:
        yield said


def read_csv(text: str, file: str) -> Read:
    """Yield the utterances of a table with a heading (``speaker``, ``text``, perhaps ``time``).

    Raises UsageError for a row that is none.
    """
    lines = LINE_BREAK.split(text)
    before = next(number for number, line in enumerate(lines) if line.strip())
    delimiter = _delimiter(lines[before])
    # only what csv itself takes for a break: a lone \r inside a cell is none
    rows = csv.reader(
        io.StringIO("\n".join(lines[before:]) + "\n", newline=""), delimiter=delimiter, strict=True
    )
    columns = [_column(cell) for cell in next(rows)]
    while True:
        number = before + rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            raise UsageError("outside_csv", file=file, line=number) from None
        if any(cell.strip() for cell in cells):
            yield _row(columns, cells, number, file)


def read_jsonl(text: str, file: str) -> Read:
    """Yield the utterances of objects with ``speaker`` and ``text``, perhaps ``at``, one a line.

    Raises UsageError for a line that is none.
    """
    for number, line in enumerate(LINE_BREAK.split(text), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            raise UsageError("outside_json", file=file, line=number) from None
        yield _object(value, number, file)


def _row(columns: list[str], cells: list[str], number: int, file: str) -> Said | Problem:
    filled = len(cells) - next((n for n, c in enumerate(reversed(cells)) if c.strip()), len(cells))
    if filled > len(columns) or len(cells) <= max(columns.index("speaker"), columns.index("text")):
        raise UsageError(
            "outside_csv_cells", file=file, line=number, cells=filled, columns=len(columns)
        )
    found = dict(zip(columns, cells, strict=False))
    return _said(found["speaker"], found["text"], number, found.get("time", ""))


def _object(value: object, number: int, file: str) -> Said | Problem:
    if not isinstance(value, dict):
        raise UsageError("outside_json_fields", file=file, line=number)
    label, text, at = value.get("speaker"), value.get("text"), value.get("at")
    if not isinstance(label, str) or not isinstance(text, str):
        raise UsageError("outside_json_fields", file=file, line=number)
    # true is a number in Python, and no time
    timed = isinstance(at, str | int | float) and not isinstance(at, bool)
    return _said(label, text, number, str(at) if timed else "")


def _said(label: str, text: str, number: int, time: str) -> Said | Problem:
    speaker = speaker_of(label)
    if speaker is None:
        return Problem(number, "unknown_speaker", excerpt(label) or "–")
    return Said(speaker, clean(label), text, number, time.strip())


def _delimiter(heading: str) -> str:
    """Return what separates the cells of a heading, "" if the line is none."""
    for delimiter in (";", ",", "\t"):
        columns = [_column(cell) for cell in heading.split(delimiter)]
        if columns.count("speaker") == 1 and columns.count("text") == 1:
            return delimiter
    return ""


def _column(cell: str) -> str:
    name = cell.strip().strip('"').strip().casefold()
    for column, names in (("speaker", _SPEAKER), ("text", _TEXT), ("time", _TIME)):
        if name in names:
            return column
    return ""
