"""Figures of agreement as plain lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.cli.transcript import plain
from simulator.coaching.agreement import Agreement, Alpha, Disagreement, Pair, Said
from simulator.i18n import Texts

SHOWN = 20
"""Disagreements that are printed; JSON has them all."""

_MISSING = "–"
_LONGEST_REPLY = 100
_PAIR_COLUMNS = ("dimension", "n", "kappa", "interval", "exact", "higher", "lower")
_ALPHA_COLUMNS = ("dimension", "raters", "n", "alpha")


def told(figures: Agreement, text: Texts) -> str:
    """Return the tables that there are figures for, or the sentence that there are none."""
    if not figures.coaches and not figures.overruled:
        return text("agreement.none")
    return "\n\n".join("\n".join(part) for part in _parts(figures, text))


def _parts(figures: Agreement, text: Texts) -> Iterator[list[str]]:
    yield [
        text("agreement.rated", replies=figures.replies, calls=figures.calls),
        text("agreement.coaches", names=", ".join(map(_line, figures.coaches)) or _MISSING),
    ]
    if figures.between:
        yield [text("agreement.title.between"), *_pairs(figures.between, text)]
    if figures.machine:
        yield [text("agreement.title.machine"), *_pairs(figures.machine, text)]
    yield from _alphas(figures.alphas, text)
    if figures.overruled:
        note = text("agreement.not_blind")
        yield [text("agreement.title.overruled"), note, *_pairs(figures.overruled, text)]
    if figures.disagreements:
        yield [text("agreement.title.disagreements"), *_talks(figures.disagreements, text)]
    yield [text("agreement.legend")]


def _pairs(pairs: Sequence[Pair], text: Texts) -> Iterator[str]:
    """Yield a table with a line per pair and dimension, and what the machine left out."""
    heading = ["", *(text(f"agreement.column.{name}") for name in _PAIR_COLUMNS)]
    yield from _table([heading, *(_pair(pair, text) for pair in pairs)], words=2)
    left_out = sum(pair.left_out for pair in pairs)
    if left_out:
        yield text("agreement.left_out", labels=left_out)


def _pair(pair: Pair, text: Texts) -> list[str]:
    other = text("agreement.machine") if pair.other is None else _line(pair.other)
    exact = None if pair.exact is None else f"{pair.exact * 100:.0f}"
    return [
        f"{_line(pair.one)} · {other}",
        text(f"scoring.dimension.{pair.dimension}"),
        str(pair.n),
        _number(pair.kappa, text),
        _interval(pair, text),
        _MISSING if exact is None else text("agreement.percent", share=exact),
        str(pair.higher),
        str(pair.lower),
    ]


def _alphas(alphas: Sequence[Alpha], text: Texts) -> Iterator[list[str]]:
    heading = [text(f"agreement.column.{name}") for name in _ALPHA_COLUMNS]
    for title, with_machine in (("alpha", False), ("alpha_machine", True)):
        rows = [_alpha(one, text) for one in alphas if one.with_machine is with_machine]
        if rows:
            yield [text(f"agreement.title.{title}"), *_table([heading, *rows], words=1)]


def _alpha(one: Alpha, text: Texts) -> list[str]:
    dimension = text(f"scoring.dimension.{one.dimension}")
    return [dimension, str(one.raters), str(one.n), _number(one.alpha, text)]


def _talks(disagreements: Sequence[Disagreement], text: Texts) -> Iterator[str]:
    for talk in disagreements[:SHOWN]:
        dimension = text(f"scoring.dimension.{talk.dimension}")
        said = " · ".join(_said(one, text) for one in talk.said)
        yield text("agreement.talk", session=talk.session, turn=talk.turn, dimension=dimension)
        yield f"   {said}"
        yield f"   {text('agreement.quoted', reply=_shortened(talk.reply))}"
    if len(disagreements) > SHOWN:
        yield text("agreement.more", count=len(disagreements) - SHOWN)


def _said(one: Said, text: Texts) -> str:
    label = text(f"agreement.label.{one.label}")
    return text(f"agreement.said.{one.voice}", coach=_line(one.coach), label=label)


def _table(rows: Sequence[Sequence[str]], words: int) -> Iterator[str]:
    """Yield the rows aligned: the first ``words`` columns to the left, the figures to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        sized = list(zip(row, widths, strict=True))
        cells = [cell.ljust(width) for cell, width in sized[:words]]
        cells += [cell.rjust(width) for cell, width in sized[words:]]
        yield "  ".join(cells).rstrip()


def _interval(pair: Pair, text: Texts) -> str:
    if pair.low is None or pair.high is None:
        return _MISSING
    low, high = _number(pair.low, text), _number(pair.high, text)
    return text("agreement.interval", low=low, high=high)


def _number(value: float | None, text: Texts) -> str:
    if value is None:
        return _MISSING
    written = f"{value:z.2f}".replace("-", "−")
    return written.replace(".", text("sessions.decimal"))


def _line(words: str) -> str:
    """Return ``words`` as one line without what a terminal would take as a command."""
    return " ".join(plain(words).split())


def _shortened(reply: str) -> str:
    line = _line(reply)
    return line if len(line) <= _LONGEST_REPLY else line[: _LONGEST_REPLY - 1].rstrip() + "…"
