"""What is plotted of a call, and of a trainee's calls one after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from simulator.coaching.charts import MARKERS, Chart, Line
from simulator.domain.conversation import Session
from simulator.domain.emotion import Feeling
from simulator.domain.score import Dimension
from simulator.i18n import Texts
from simulator.i18n.figures import decimal


def of_feelings(session: Session, texts: Texts) -> Chart:
    """Return the customer's three feelings (0 to 10), from before the first word (0) on."""
    states = [(0, session.started.start), *((t.turn, t.state) for t in session.customer_turns)]
    lines = []
    for feeling, marker in zip(Feeling, MARKERS, strict=True):
        values = tuple((turn, state.level(feeling)) for turn, state in states)
        last = decimal(values[-1][1], texts.language)
        lines.append(Line(texts(f"app.feeling.{feeling}"), values, last, marker))
    end = max(turn for turn, _ in states)
    axis = texts("report.axis_reply")
    return Chart(
        texts("report.feelings"), _described(lines, texts, 1), axis, 10, 0, end, tuple(lines)
    )


def of_scores(session: Session, texts: Texts) -> Chart:
    """Return the three scores (0 to 100) of reply after reply."""
    lines = []
    for dimension, marker in zip(Dimension, MARKERS, strict=True):
        values = tuple((t.turn, t.scores.of(dimension).value) for t in session.agent_turns)
        name = texts(f"scoring.dimension.{dimension}")
        lines.append(Line(name, values, _last(values), marker))
    end = max((t.turn for t in session.agent_turns), default=1)
    axis = texts("report.axis_reply")
    return Chart(
        texts("report.scores"), _described(lines, texts, 0), axis, 100, 1, end, tuple(lines)
    )


def of_calls(sessions: Sequence[Session], dimension: Dimension, texts: Texts) -> Chart:
    """Return the mean score of one dimension (0 to 100) in call after call, counted from 1."""
    values = tuple((n, mean(session, dimension)) for n, session in enumerate(sessions, start=1))
    name = texts(f"scoring.dimension.{dimension}")
    line = Line("", values, _last(values), MARKERS[list(Dimension).index(dimension)])
    axis, end = texts("report.axis_call"), max(len(sessions), 1)
    return Chart(
        texts("report.per_call", dimension=name),
        _described([replace(line, label=name)], texts, 0),
        axis,
        100,
        1,
        end,
        (line,),
    )


def mean(session: Session, dimension: Dimension) -> float | None:
    """Return the mean of the call's rated replies (0 to 100), None if none was rated."""
    values = [v for t in session.agent_turns if (v := t.scores.of(dimension).value) is not None]
    return sum(values) / len(values) if values else None


def _last(values: Sequence[tuple[int, float | None]]) -> str:
    return next((f"{value:.0f}" for _, value in reversed(values) if value is not None), "–")


def _described(lines: Iterable[Line], texts: Texts, places: int) -> str:
    def written(value: float | None) -> str:
        if value is None:
            return "–"
        return decimal(value, texts.language) if places else f"{value:.0f}"

    return " ".join(
        texts(
            "report.described",
            label=line.label,
            values="; ".join(f"{at}: {written(value)}" for at, value in line.values) or "–",
        )
        for line in lines
    )
