"""Draws single lines of the customer from played calls, for a reader not told who made them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from simulator import paths
from simulator.content.catalogue import Catalogue
from simulator.customer.customer import lines_of
from simulator.domain.conversation import CustomerTurn
from simulator.errors import UsageError
from simulator.evaluation.blind import (
    LINES,
    LINES_KEY,
    HeardLine,
    LineKey,
    code,
    conversation,
)
from simulator.evaluation.calls import Played
from simulator.evaluation.kept import write

_RINGS = {"de": "ruft an", "en": "rings up"}

BEFORE = 4
"""Turns before the line that the reader sees."""


def newest_calls() -> Path:
    """Return the file of calls that ``hoerer evaluate customer`` has added to last.

    Raises UsageError if it has kept none.
    """
    folder = paths.cache() / "evaluation"
    files = sorted(folder.glob("*/calls.jsonl"), key=lambda file: file.stat().st_mtime)
    if not files:
        raise UsageError("blind_no_calls", path=folder)
    return files[-1]


def write_lines(
    calls: Sequence[Played], catalogue: Catalogue, folder: Path, turns: int, seed: int
) -> int:
    """Write ``turns`` lines drawn from ``calls``, and their key; return how many there are.

    Raises UsageError if ``catalogue`` lacks a persona or scenario of theirs.
    """
    every = [said for one in calls for said in _said(one)]
    random.Random(seed).shuffle(every)
    rows = [_row(*said, catalogue, seed) for said in every[:turns]]
    write(folder / LINES, (line for line, _ in rows))
    write(folder / LINES_KEY, (key for _, key in rows))
    return len(rows)


def _said(one: Played) -> Iterator[tuple[Played, int, CustomerTurn]]:
    """Yield each line of a call with its place among the turns."""
    for place, turn in enumerate(one.session.turns):
        if isinstance(turn, CustomerTurn):
            yield one, place, turn


def _row(
    one: Played, place: int, turn: CustomerTurn, catalogue: Catalogue, seed: int
) -> tuple[HeardLine, LineKey]:
    casting, session = one.casting, one.session
    scenario = catalogue.scenario(casting.scenario)
    earlier = session.model_copy(update={"turns": session.turns[:place]})
    name = code(seed, casting, place, turn.text)
    line = HeardLine(
        id=name,
        language=casting.language,
        persona=catalogue.persona(casting.persona).text(casting.language).name,
        concern=" ".join(scenario.text(casting.language).concern.split()),
        conversation=conversation(lines_of(earlier, scenario)[-BEFORE:], casting.language),
        line=f"({_RINGS[casting.language]}) {turn.text}" if turn.calls else turn.text,
    )
    return line, LineKey(id=name, source=turn.source, turn=turn.turn, casting=casting)
