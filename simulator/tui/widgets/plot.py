"""A line plot in characters: every series has its own mark, so that it reads without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from simulator.domain.score import Dimension

DIMENSIONS = {
    Dimension.EMPATHY: ("●", "$success"),
    Dimension.LISTENING: ("■", "$accent"),
    Dimension.DE_ESCALATION: ("▲", "$warning"),
}
"""The mark and the style of each dimension, the same in every plot."""

_SEVERAL = "✱"
_TRAIL = "·"
_AXIS = 5  # " 100┤"


@dataclass(frozen=True)
class Series:
    """One line of a plot; ``values`` by turn, None where there is none."""

    label: str
    mark: str
    style: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """Series on one scale from 0 to ``ceiling``; ``first`` is the turn of the first values.

    ``labels`` stand on the axis in place of the numbers of the turns.
    """

    title: str
    ceiling: int
    series: tuple[Series, ...]
    several: str
    first: int = 0
    labels: tuple[str, ...] = ()


Cell = tuple[str, str]


class Plot(Static):
    """Draws ``chart`` as wide as there is room."""

    DEFAULT_CSS = "Plot { height: auto; }"
    HELP = "app.help.plot"
    ROWS = 9

    chart: reactive[Chart | None] = reactive(None)

    def on_resize(self, event: events.Resize) -> None:
        """Draw anew at the new width."""
        self.watch_chart(self.chart)

    def watch_chart(self, chart: Chart | None) -> None:
        """Draw the chart."""
        if chart is not None and self.size.width > _AXIS + 10:
            self.update(draw(chart, min(self.size.width, 90), self.ROWS))


def draw(chart: Chart, width: int, rows: int) -> Content:
    """Return ``chart`` in ``width`` cells: title, ``rows`` rows, the axis of turns, the legend."""
    columns = width - _AXIS - 1
    turns = max((len(series.values) for series in chart.series), default=0)
    grid = _grid(chart, columns, rows, turns)
    lines = [Content.styled(chart.title, "bold")]
    for row, cells in enumerate(grid):
        tick = {0: chart.ceiling, rows // 2: chart.ceiling // 2, rows - 1: 0}.get(row)
        edge = f"{'' if tick is None else tick:>{_AXIS - 1}}{'│' if tick is None else '┤'}"
        lines.append(Content.assemble((edge, "$foreground 60%"), *cells))
    labels = chart.labels or tuple(str(chart.first + turn) for turn in range(turns))
    lines.append(Content.styled(_axis(labels, columns), "$foreground 60%"))
    lines.append(_legend(chart, grid))
    return Content("\n").join(lines)


def _grid(chart: Chart, columns: int, rows: int, turns: int) -> list[list[Cell]]:
    grid: list[list[Cell]] = [[(" ", "")] * columns for _ in range(rows)]

    def place(value: float) -> int:
        return round((1 - min(max(value / chart.ceiling, 0), 1)) * (rows - 1))

    for series in chart.series:
        points = [(column(turn, turns, columns), v) for turn, v in enumerate(series.values)]
        for (left, start), (right, end) in pairwise(points):
            if start is None or end is None:
                continue
            for x in range(left + 1, right):
                y = place(start + (end - start) * (x - left) / (right - left))
                if grid[y][x][0] == " ":
                    grid[y][x] = (_TRAIL, series.style)
    for series in chart.series:
        for turn, value in enumerate(series.values):
            if value is not None:
                x, y = column(turn, turns, columns), place(value)
                taken = grid[y][x][0] not in {" ", _TRAIL}
                grid[y][x] = (_SEVERAL, "bold") if taken else (series.mark, f"bold {series.style}")
    return grid


def column(turn: int, turns: int, columns: int) -> int:
    """Return the column of a turn; a single one stands in the middle."""
    return columns // 2 if turns < 2 else round(turn * (columns - 1) / (turns - 1))


def _axis(labels: Sequence[str], columns: int) -> str:
    axis = [" "] * columns
    free = 0
    for turn, label in enumerate(labels):
        start = min(column(turn, len(labels), columns), columns - len(label))
        if start >= free:
            axis[start : start + len(label)] = label
            free = start + len(label) + 1
    return " " * (_AXIS - 1) + "└" + "".join(axis)


def _legend(chart: Chart, grid: Sequence[Sequence[Cell]]) -> Content:
    entries = [Content.styled(s.mark, f"bold {s.style}") + f" {s.label}" for s in chart.series]
    if any(cell[0] == _SEVERAL for row in grid for cell in row):
        entries.append(Content(f"{_SEVERAL} {chart.several}"))
    return Content("  ").join([Content(" " * (_AXIS - 2)), *entries])
