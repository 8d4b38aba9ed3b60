"""What came of an exam, in words."""

from __future__ import annotations

from simulator.domain.exam import FEWEST_RATED, ExamResult, Outcome, PassMarks
from simulator.domain.score import Dimension
from simulator.i18n import Texts
from simulator.i18n.figures import decimal


def result_lines(result: ExamResult, texts: Texts) -> tuple[str, ...]:
    """Return the result line by line: all in all, each dimension, and how it was counted."""
    lines = (_line(outcome, result, texts) for outcome in result.outcomes)
    return verdict(result, texts), *lines, counted(result, texts)


def result_table(result: ExamResult, texts: Texts) -> tuple[tuple[str, ...], ...]:
    """Return the result as rows of cells, the headings first: one row for each dimension."""
    headings = (texts(f"exam.table.{key}") for key in ("value", "mark", "verdict", "rated"))
    return ("", *headings), *(_row(outcome, result, texts) for outcome in result.outcomes)


def counted(result: ExamResult, texts: Texts) -> str:
    """Return which replies counted."""
    left_out = any(outcome.rated < result.replies for outcome in result.outcomes)
    return texts("exam.abstained" if left_out else "exam.abstained_none")


def verdict(result: ExamResult, texts: Texts) -> str:
    """Return in a word or two whether it was passed, or that nothing can be said."""
    if result.passed:
        return texts("exam.passed")
    return texts("exam.failed" if result.enough else "exam.too_few")


def sign(outcome: Outcome) -> str:
    """Return the sign of an outcome."""
    return "✓" if outcome.passed else "✗" if outcome.enough else "–"


def marks_told(key: str, marks: PassMarks, texts: Texts) -> str:
    """Return the sentence ``key`` with the three pass marks in it."""
    return texts(key, **{d.value: figure(marks.of(d), texts) for d in Dimension})


def figure(value: float, texts: Texts) -> str:
    """Return a score without a decimal that says nothing: "50", but "61,3"."""
    return f"{value:.0f}" if value == round(value) else decimal(value, texts.language)


def _row(outcome: Outcome, result: ExamResult, texts: Texts) -> tuple[str, ...]:
    name = texts(f"scoring.dimension.{outcome.dimension}")
    reached = f"exam.verdict_{'passed' if outcome.passed else 'failed'}"
    return (
        f"{sign(outcome)} {name}",
        "–" if outcome.value is None else decimal(outcome.value, texts.language),
        figure(outcome.mark, texts),
        texts(reached) if outcome.enough else texts("exam.table.too_few", fewest=FEWEST_RATED),
        texts("exam.table.rated_of", rated=outcome.rated, replies=result.replies),
    )


def _line(outcome: Outcome, result: ExamResult, texts: Texts) -> str:
    told = {
        "sign": sign(outcome),
        "dimension": texts(f"scoring.dimension.{outcome.dimension}"),
        "rated": outcome.rated,
        "replies": result.replies,
    }
    if not outcome.enough or outcome.value is None:
        return texts("exam.line_too_few", **told, fewest=FEWEST_RATED)
    return texts(
        "exam.line",
        **told,
        value=decimal(outcome.value, texts.language),
        mark=figure(outcome.mark, texts),
        verdict=texts(f"exam.verdict_{'passed' if outcome.passed else 'failed'}"),
    )
