"""Line plots for paper and screen: where every point of a chart lies in its drawing.

A line is told by its marker, its dashes and the label at its end; colour only repeats it. The
template ``report/chart.svg.j2`` draws what is laid out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Marker = Literal["disc", "square", "triangle"]
MARKERS: tuple[Marker, ...] = ("disc", "square", "triangle")

WIDTH, NARROW, HEIGHT = 400.0, 320.0, 210.0
LEFT, TOP, BOTTOM = 30.0, 14.0, 172.0
"""The plot's edges in units of the drawing; the right one leaves room for the labels."""
LETTER = 6.6
"""Width of a letter of a label, generously."""
LABEL_GAP = 15.0
GAP, KEY = 10.0, 20.0
"""Between plot and labels, and for the marker before a label where there are several."""
MOST_MARKERS, MOST_TICKS = 26, 11
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)


@dataclass(frozen=True)
class Line:
    """Values by place on the axis, in its order; None where there is none.

    ``last`` is how the last value is written at the line's end.
    """

    label: str
    values: tuple[tuple[int, float | None], ...]
    last: str = ""
    marker: Marker = "disc"


@dataclass(frozen=True)
class Chart:
    """Lines on one scale from 0 to ``ceiling``, over the places ``first`` to ``end``.

    ``axis`` says what is counted; ``description`` tells in words what the lines show.
    """

    title: str
    description: str
    axis: str
    ceiling: float
    first: int
    end: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Point:
    """A point of the drawing, in its units from the upper left."""

    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    """A label on an axis, ``at`` units from the left or the top."""

    at: float
    text: str


@dataclass(frozen=True)
class DrawnLine:
    """A line as laid out: its unbroken stretches, its marks, and its label's height."""

    label: str
    marker: Marker
    stretches: tuple[tuple[Point, ...], ...]
    marks: tuple[Point, ...]
    label_y: float = 0.0


@dataclass(frozen=True)
class Drawing:
    """A chart as laid out in ``width`` by ``height`` units; ``right`` is the plot's edge."""

    chart: Chart
    width: float
    right: float
    lines: tuple[DrawnLine, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    height: float = field(default=HEIGHT, init=False)
    left: float = field(default=LEFT, init=False)
    bottom: float = field(default=BOTTOM, init=False)


def drawing(chart: Chart, width: float = WIDTH) -> Drawing:
    """Lay ``chart`` out in ``width`` units; a unit is a pixel where the page is narrow."""
    longest = max((len(_label(line)) for line in chart.lines), default=0)
    right = width - (GAP + KEY if len(chart.lines) > 1 else GAP) - longest * LETTER

    def place(at: int, value: float) -> Point:
        return Point(_x(chart, at, right), _y(chart, value))

    drawn = []
    for line in chart.lines:
        stretches = tuple(
            tuple(place(at, value) for at, value in run) for run in _unbroken(line.values)
        )
        marks = _marked(stretches)
        drawn.append(DrawnLine(_label(line), line.marker, stretches, marks))
    return Drawing(chart, width, right, _labelled(drawn), _across(chart, right), _up(chart))


def _label(line: Line) -> str:
    return f"{line.label} {line.last}".strip()


def _x(chart: Chart, at: int, right: float) -> float:
    if chart.end <= chart.first:
        return round((LEFT + right) / 2, 2)
    return round(LEFT + 8 + (at - chart.first) / (chart.end - chart.first) * (right - LEFT - 14), 2)


def _y(chart: Chart, value: float) -> float:
    return round(BOTTOM - value / chart.ceiling * (BOTTOM - TOP), 2)


def _unbroken(
    values: Iterable[tuple[int, float | None]],
) -> tuple[tuple[tuple[int, float], ...], ...]:
    runs: list[list[tuple[int, float]]] = [[]]
    for at, value in values:
        if value is None:
            runs.append([])
        else:
            runs[-1].append((at, value))
    return tuple(tuple(run) for run in runs if run)


def _marked(stretches: Sequence[Sequence[Point]]) -> tuple[Point, ...]:
    """Return the points that get a mark: all, or where they would touch, the ends and some."""
    step = max(1, -(-sum(map(len, stretches)) // MOST_MARKERS))
    return tuple(
        point
        for run in stretches
        for place, point in enumerate(run)
        if place % step == 0 or place == len(run) - 1
    )


def _labelled(lines: Sequence[DrawnLine]) -> tuple[DrawnLine, ...]:
    """Put each label beside its line's last point, apart from each other and within the plot."""
    ends = [(line.marks[-1].y if line.marks else BOTTOM, n) for n, line in enumerate(lines)]
    heights: dict[int, float] = {}
    floor = TOP
    for y, number in sorted(ends):
        heights[number] = floor = max(y, floor)
        floor += LABEL_GAP
    ceiling = BOTTOM
    for number in sorted(heights, key=lambda n: heights[n], reverse=True):
        heights[number] = min(heights[number], ceiling)
        ceiling = heights[number] - LABEL_GAP
    return tuple(
        DrawnLine(line.label, line.marker, line.stretches, line.marks, round(heights[n], 2))
        for n, line in enumerate(lines)
    )


def _across(chart: Chart, right: float) -> tuple[Tick, ...]:
    places = range(chart.first, chart.end + 1)
    step = next((s for s in _STEPS if len(places) / s <= MOST_TICKS), _STEPS[-1])
    shown = [at for at in places if at % step == 0 or (step > 1 and at == chart.first)]
    if len(shown) > 1 and 0 < shown[1] - shown[0] < step / 2:
        del shown[1]
    return tuple(Tick(_x(chart, at, right), str(at)) for at in shown)


def _up(chart: Chart) -> tuple[Tick, ...]:
    levels = (0.0, chart.ceiling / 2, chart.ceiling)
    return tuple(Tick(_y(chart, level), f"{level:.0f}") for level in levels)
