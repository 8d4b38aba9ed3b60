"""Reads files of replies that people have labelled (JSON lines; none ships with the product)."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from simulator.domain.language import Language
from simulator.errors import UsageError

KNOWN = frozenset({"er", "behaviour", "receptive", "attack", "toxic", "iq"})
"""Labels by which a data set is recognised."""


class Labelled(BaseModel):
    """A reply with other people's labels; ``group`` keeps what belongs together."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    group: str
    lang: Language
    context: str | None = None
    reply: str
    labels: dict[str, object]

    def number(self, name: str) -> float:
        """Return a label that is a number."""
        label = self.labels[name]
        return float(label) if isinstance(label, int | float) else 0.0


def kept_aside(row: Labelled) -> bool:
    """Whether a row is in the half that nothing was chosen by: its group's hash is odd.

    The form of the scorer was chosen with the other half in view.
    """
    return hashlib.sha256(row.group.encode()).digest()[-1] % 2 == 1


def labelled_rows(file: Path) -> tuple[Labelled, ...]:
    """Read ``file``; raises UsageError if it cannot be read or is no data set that is known."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        rows = tuple(Labelled.model_validate_json(line) for line in lines if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("score_file", file=file) from error
    except ValidationError as error:
        raise UsageError("benchmark_unknown", file=file) from error
    if not rows or not KNOWN & rows[0].labels.keys():
        raise UsageError("benchmark_unknown", file=file)
    return rows
