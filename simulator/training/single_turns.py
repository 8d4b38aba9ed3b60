"""Single replies to learn from, out of a dialogue of the corpus or labelled by a coach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from simulator.coaching.labelled import LabelledTurn
from simulator.domain.language import Language
from simulator.domain.score import Dimension
from simulator.errors import UsageError
from simulator.training.corpus import RatedReply


@dataclass(frozen=True)
class SingleTurn:
    """A reply in its context, with the labels (0 to 2) it has; some dimensions may be missing.

    ``context`` is what the customer said just before ("" at the start), ``earlier`` all they had
    said before that.
    """

    language: Language
    context: str
    earlier: tuple[str, ...]
    reply: str
    labels: Mapping[Dimension, int]


def single_turn(rated: RatedReply) -> SingleTurn:
    """Return a reply of the corpus as a single turn."""
    labels = {dimension: rated.line.label(dimension) for dimension in Dimension}
    return SingleTurn(
        rated.dialogue.language, rated.context, rated.earlier, rated.line.text, labels
    )


def read_single_turns(file: Path) -> tuple[SingleTurn, ...]:
    """Read what ``hoerer agreement --export`` wrote: one JSON object a line.

    Raises UsageError for a file that cannot be read or holds nothing, and for a line that is no
    labelled turn.
    """
    try:
        # not splitlines: a reply may hold what that would take for the end of a line
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("single_turns_file", file=file) from error
    turns = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            turns.append(_of_line(LabelledTurn.model_validate_json(line)))
        except ValidationError as error:
            raise UsageError("single_turns_line", file=file, line=number) from error
    if not turns:
        raise UsageError("single_turns_file", file=file)
    return tuple(turns)


def _of_line(line: LabelledTurn) -> SingleTurn:
    labels = {
        dimension: label for dimension in Dimension if (label := line.label(dimension)) is not None
    }
    *earlier, context = line.context or ("",)
    return SingleTurn(line.language, context, tuple(earlier), line.reply, labels)
