"""What came of an exam."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.widgets import Static

from simulator.coaching.exam_words import counted, result_table, verdict
from simulator.domain.exam import ExamResult
from simulator.i18n import Texts
from simulator.tui.literal import literal

_FIGURES = (1, 2)
"""The columns of numbers; they stand on the right."""


class ExamResultView(Static):
    """Tells ``result``, dimension by dimension, and what it is not for."""

    DEFAULT_CSS = "ExamResultView { height: auto; }"

    def __init__(self, texts: Texts, result: ExamResult) -> None:
        headings, *rows = _aligned(result_table(result, texts))
        lines = (
            literal(verdict(result, texts), "bold"),
            literal(headings, "$foreground 60%"),
            *map(literal, rows),
            literal(counted(result, texts)),
            literal(texts("exam.purpose"), "$foreground 60%"),
        )
        super().__init__(Content("\n").join(lines))


def _aligned(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if place in _FIGURES else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
