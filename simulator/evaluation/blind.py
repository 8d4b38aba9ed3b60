"""What a blind reader is given and what they give back (``docs/reading-blind.md``).

A reader sees ``sheet.jsonl`` or ``lines.jsonl`` only; the keys beside them say which line is whose.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from simulator.customer.prompt import AgentLine, Line
from simulator.domain.conversation import Source
from simulator.domain.language import Language
from simulator.evaluation.calls import Casting
from simulator.i18n import Texts

SHEET, KEY, READINGS = "sheet.jsonl", "key.jsonl", "readings.jsonl"
LINES, LINES_KEY, LINE_READINGS = "lines.jsonl", "lines_key.jsonl", "line_readings.jsonl"
DRAWN = "drawn.jsonl"
"""What the model says at each place, kept so that a run that is cut off goes on."""

Side = Literal["first", "second"]
Comparison = Literal["random", "author"]
Verdict = Literal["fine", "incoherent", "ungrammatical", "beside"]


class Row(BaseModel):
    """A line of one of the files, closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Pair(Row):
    """Two lines that the customer could say next in a ``conversation``; one is the model's."""

    id: str
    language: Language
    conversation: str
    first: str
    second: str


class PairKey(Row):
    """Which line of a pair is the ``model``'s, and what it stands against.

    That is the line of the dialogue's author ("author"), or a "random" authored line of the same
    act. ``place`` is the dialogue and the turn in it, counted from 0.
    """

    id: str
    comparison: Comparison
    model: Side
    place: str


class Drawn(Row):
    """What a ``model`` (name and hash) said at a place; an empty line did not pass the guard."""

    model: str
    seed: int
    place: str
    line: str


class HeardLine(Row):
    """A line of the customer in a played call, after the end of the ``conversation`` before it."""

    id: str
    language: Language
    persona: str
    concern: str
    conversation: str
    line: str


class LineKey(Row):
    """Who made a line, and in which exchange (from 1) of which call it was said."""

    id: str
    source: Source
    turn: int
    casting: Casting


class Reader(Row):
    """Who or what has read: the first line of a file of readings."""

    reader: str = Field(min_length=1)
    kind: Literal["language model", "person"]


class PairReading(Row):
    """Which line of a pair the reader finds better."""

    id: str
    better: Side | Literal["tie"]
    why: str = ""


class LineReading(Row):
    """What the reader thinks of a line; ``beside`` is beside the point."""

    id: str
    verdict: Verdict
    why: str = ""


def conversation(lines: Sequence[Line], language: Language) -> str:
    """Return lines as a reader sees them: who speaks, and their words."""
    texts = Texts(language)
    agent, customer = texts("prompt.agent"), texts("prompt.customer")
    return "\n".join(
        f"{agent if isinstance(line, AgentLine) else customer}: {line.text}" for line in lines
    )


def code(*parts: object) -> str:
    """Return an id that tells nothing and changes with what is to be read."""
    told = "\n".join(map(str, parts))
    return hashlib.sha256(told.encode()).hexdigest()[:10]
