from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.coaching import charts, courses
from simulator.coaching.charts import MARKERS, Chart, Line, drawing
from simulator.domain.conversation import Session
from simulator.domain.score import Dimension
from simulator.i18n import Texts
from tests.calls import agent, call, customer, logs, started

DE = Texts("de")
values = st.lists(st.none() | st.floats(0, 100), max_size=120)


def chart(*series: list[float | None], ceiling: float = 100) -> Chart:
    lines = tuple(
        Line(f"Linie {n}", tuple(enumerate(s, start=1)), "7", MARKERS[n % 3])
        for n, s in enumerate(series)
    )
    end = max([len(s) for s in series], default=1) or 1
    return Chart("Titel", "Worte", "Antwort", ceiling, 1, end, lines)


def value_at(y: float, ceiling: float = 100) -> float:
    """Read a height off the plot's own scale."""
    return (charts.BOTTOM - y) / (charts.BOTTOM - charts.TOP) * ceiling


@given(st.lists(values, min_size=1, max_size=3))
def test_every_point_stands_at_its_value_and_place(series):
    drawn = drawing(chart(*series))
    for given_values, line in zip(series, drawn.lines, strict=True):
        points = [point for run in line.stretches for point in run]
        wanted = [(n, v) for n, v in enumerate(given_values, start=1) if v is not None]
        assert [value_at(p.y) for p in points] == pytest.approx([v for _, v in wanted], abs=0.01)
        assert all(drawn.left < p.x < drawn.right for p in points)
        steps = {
            round((b.x - a.x) / (n - m), 1)
            for (a, (m, _)), (b, (n, _)) in pairwise(zip(points, wanted, strict=True))
        }
        assert not steps or max(steps) - min(steps) <= 0.11


def test_a_value_that_is_missing_breaks_the_line():
    [line] = drawing(chart([10, 20, None, 30, None, None, 40, 50])).lines
    assert [len(run) for run in line.stretches] == [2, 1, 2]
    assert len(line.marks) == 5


@given(st.lists(values, min_size=1, max_size=3))
def test_labels_stand_apart_and_within_the_plot(series):
    heights = sorted(line.label_y for line in drawing(chart(*series)).lines)
    assert all(b - a >= charts.LABEL_GAP - 0.02 for a, b in pairwise(heights))
    assert heights[0] >= charts.TOP
    assert heights[-1] <= charts.BOTTOM


def test_a_lone_line_is_labelled_at_its_end():
    [line] = drawing(chart([10, 80])).lines
    assert value_at(line.label_y) == pytest.approx(80, abs=0.01)


@pytest.mark.parametrize("length", [1, 2, 11, 12, 45, 200, 999])
def test_a_long_call_stays_legible(length):
    drawn = drawing(chart([50.0] * length))
    [line] = drawn.lines
    assert 1 <= len(line.marks) <= charts.MOST_MARKERS + 1
    assert line.marks[-1] == line.stretches[-1][-1]
    assert 1 <= len(drawn.across) <= charts.MOST_TICKS + 1
    assert all(b.at - a.at > 11 for a, b in pairwise(drawn.across))
    assert drawn.across[0].text == "1"


def test_no_more_lines_than_markers_look_different():
    drawn = drawing(chart([1], [2], [3]))
    assert {line.marker for line in drawn.lines} == set(MARKERS)


def test_the_feelings_begin_before_the_first_word():
    session = Session.of((started(), agent(1), customer(1, anger=5.5), agent(2)))
    found = courses.of_feelings(session, DE)
    anger, trust, heard = found.lines
    assert anger.values == ((0, 8.0), (1, 5.5))
    assert (trust.values[-1], heard.values[-1]) == ((1, 3.0), (1, 4.0))
    assert (anger.label, anger.last) == ("Ärger", "5,5")
    assert "Ärger: 0: 8,0; 1: 5,5." in found.description
    assert [tick.text for tick in drawing(found).up] == ["0", "5", "10"]


def test_scores_keep_their_turn_where_one_was_not_rated():
    session = Session.of((started(), agent(1, value=20), agent(2, value=None), agent(3, value=81)))
    found = courses.of_scores(session, DE)
    assert found.lines[0].values == ((1, 20), (2, None), (3, 81))
    assert found.lines[0].last == "81"
    assert "Empathie: 1: 20; 2: –; 3: 81." in found.description


def test_calls_are_counted_in_their_order_by_their_means():
    sessions = [
        Session.of(call("a", exchanges=2)),
        Session.of((started("b"), agent(1, value=None))),
        Session.of((started("c"), agent(1, value=10), agent(2, value=20))),
    ]
    found = courses.of_calls(sessions, Dimension.LISTENING, DE)
    [line] = found.lines
    assert line.values == ((1, 60), (2, None), (3, 15))
    assert re.search(r"Zuhören: 1: 60; 2: –; 3: 15\.", found.description)


@given(logs())
def test_every_call_can_be_plotted(log):
    session = Session.of(log)
    for found in (courses.of_feelings(session, DE), courses.of_scores(session, DE)):
        assert len(drawing(found).lines) == 3
