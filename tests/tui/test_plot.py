from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.tui.widgets.plot import Chart, Series, draw


def chart(*values: tuple[float | None, ...], ceiling: int = 10) -> Chart:
    marks = "▲●◆"
    series = tuple(Series(f"Linie {m}", m, "", v) for m, v in zip(marks, values, strict=False))
    return Chart("Verlauf", ceiling, series, "mehrere")


def rows(drawn: Chart, width: int = 40) -> list[str]:
    return draw(drawn, width, 9).plain.split("\n")


def test_the_marks_stand_where_the_values_are():
    title, *grid, turns, legend = rows(chart((10, 0)))
    assert title == "Verlauf"
    assert grid[0].startswith("  10┤▲") and grid[8].endswith("▲")
    assert turns.split("└")[1].split() == ["0", "1"]
    assert "▲ Linie ▲" in legend and "mehrere" not in legend


def test_lines_that_meet_share_a_mark_that_is_explained():
    drawn = rows(chart((5, 2), (5, 8)))
    assert "✱" in drawn[5] and "✱ mehrere" in drawn[-1]


def test_a_missing_value_leaves_a_gap():
    text = "\n".join(rows(chart((5, None, 5)))[1:-2])
    assert text.count("▲") == 2 and "·" not in text


def test_labels_take_the_place_of_the_numbers():
    weeks = replace(chart((5, 7, 6)), labels=("52", "53", "1"))
    assert rows(weeks)[-2].split("└")[1].split() == ["52", "53", "1"]


@pytest.mark.parametrize("turns", [0, 1, 2, 30, 200])
@pytest.mark.parametrize("width", [20, 70])
def test_any_call_fits_the_width(turns, width):
    values = tuple(float(turn % 11) for turn in range(turns))
    assert all(len(line) <= width for line in rows(chart(values), width)[:-1])
