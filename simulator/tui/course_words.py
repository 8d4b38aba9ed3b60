"""What differs between two courses, as it reads on the screen: sign, figure, word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content

from simulator.coaching.comparison import Courses, Exchange, Pair, names, way
from simulator.domain.conversation import Session
from simulator.domain.emotion import EmotionalState, Feeling
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.domain.score import Dimension
from simulator.i18n import Texts
from simulator.tui.evidence import marked, spans
from simulator.tui.figures import arrow, decimal, signed
from simulator.tui.literal import literal
from simulator.tui.widgets.gauges import style_of

_FAINT = "$foreground 60%"
_APART = Content(" · ")
_NOTHING = Content()
_LINE = 60  # cells that an 80-column terminal has beside the label of a difference


@dataclass(frozen=True)
class _Row:
    """A line of a table: ``cells`` of both courses, or a caption without any."""

    name: str
    cells: tuple[str, str] | None = None
    difference: Content = _NOTHING


class CourseWords:
    """Puts ``courses`` into words; persona and scenario are None where they are gone."""

    def __init__(
        self, texts: Texts, courses: Courses, persona: Persona | None, scenario: Scenario | None
    ) -> None:
        self._texts = texts
        self._courses = courses
        self._scenario = scenario
        self._language = courses.first.started.language
        self._customer = (
            persona.text(self._language).name if persona else courses.first.started.persona
        )

    @property
    def title(self) -> Content:
        """Who called about what."""
        scenario = self._scenario
        started = self._courses.first.started
        matter = scenario.text(self._language).title if scenario else started.scenario
        kind = self._texts("compare.title")
        return literal(self._customer, "bold $primary") + literal(f"  {matter} · {kind}")

    @property
    def common(self) -> str:
        """How much both courses share, in a line."""
        count = len(self._courses.common)
        if not self._courses.pairs:
            return self._texts("compare.all_common")
        kind = "none" if count == 0 else "one" if count == 1 else "many"
        return self._texts(f"compare.common_{kind}", count=count)

    @property
    def beginning(self) -> Content:
        """What both courses share, word by word."""
        session = self._courses.first
        return Content("\n\n").join(self._said(each, session) for each in self._courses.common)

    @property
    def notes(self) -> Content:
        """What else may have made a difference, a line each; empty if nothing has."""
        same = {"models": self._courses.same_models, "content": self._courses.same_content}
        lines = (f"! {self._texts(f'compare.other_{key}')}" for key in same if not same[key])
        return Content.styled("\n".join(lines), "$text-warning")

    def end(self) -> Content:
        """What differs in the end: a table of both courses and the difference."""
        texts, courses = self._texts, self._courses
        calls = courses.first, courses.second
        rows = [_Row("", names(courses, texts))]
        for feeling in Feeling:
            before, after = (self._level(each.state, feeling) for each in calls)
            moved = self._moved(feeling, courses.feeling(feeling))
            rows.append(_Row(texts(f"app.feeling.{feeling}"), (before, after), moved))
        before, after = (self._ending(each) for each in calls)
        rows.append(_Row(texts("compare.end.ending"), (before, after)))
        if courses.parting is None:
            return _table(rows)
        rows.append(_Row(texts("compare.end.means", turn=courses.parting)))
        for dimension in Dimension:
            before, after = (_figure(mean) for mean in courses.means(dimension))
            rated = self._rated(courses.score(dimension))
            rows.append(
                _Row(f"  {texts(f'scoring.dimension.{dimension}')}", (before, after), rated)
            )
        return _table(rows)

    def heading(self, pair: Pair) -> str:
        """Name the exchange."""
        return self._texts("compare.exchange", turn=pair.turn)

    def course(self, pair: Pair, second: bool) -> Content:
        """One course of an exchange: what was said, how it was rated, where it led."""
        exchange = pair.second if second else pair.first
        session = self._courses.second if second else self._courses.first
        name = literal(names(self._courses, self._texts)[second], "bold $accent")
        if exchange is None:
            missing = self._texts("compare.not_reached")
            return Content("\n").join([name, Content.styled(missing, _FAINT)])
        return Content("\n").join([name, self._said(exchange, session), *self._told(exchange)])

    def difference(self, pair: Pair) -> Content:
        """What differs in an exchange; empty where one course does not go that far."""
        texts = self._texts
        if pair.first is None or pair.second is None:
            return Content()
        feelings = [(f, change) for f in Feeling if (change := pair.feeling(f)) is not None]
        scores = [(d, change) for d in Dimension if (change := pair.score(d)) is not None]
        customer = [self._moved(f, change) for f, change in feelings if way(change) != "same"]
        reply = [
            literal(f"{texts(f'scoring.dimension.{d}')} ") + self._rated(change)
            for d, change in scores
            if _whole(change)
        ]
        same = Content.styled(f"= {texts('compare.state.same')}", _FAINT)
        parts = (("reply", scores, reply), ("customer", feelings, customer))
        width = max(len(texts(f"compare.state.{key}")) for key, _, _ in parts) + 2
        return Content("\n").join(
            Content.styled(texts(f"compare.state.{key}").ljust(width), "bold")
            + Content("\n" + " " * width).join(_lines(differing or [same]))
            for key, compared, differing in parts
            if compared
        )

    def _said(self, exchange: Exchange, session: Session) -> Content:
        reply, answer, texts = exchange.reply, exchange.answer, self._texts
        trainee = literal(f"{session.started.trainee or texts('compare.you')}: ", "bold")
        lines = [trainee + marked(reply.text, spans(reply.scores))]
        rated = (
            f"{texts(f'scoring.dimension.{d}')} {_figure(reply.scores.of(d).value)}"
            for d in Dimension
        )
        lines.append(Content.styled(" · ".join(rated), _FAINT))
        if answer is None:
            return Content("\n").join([*lines, Content.styled(texts("compare.unanswered"), _FAINT)])
        lines.append(literal(f"{self._customer}: ", "bold") + literal(answer.text))
        levels = (f"{texts(f'app.feeling.{f}')} {self._level(answer.state, f)}" for f in Feeling)
        return Content("\n").join([*lines, Content.styled(" · ".join(levels), _FAINT)])

    def _told(self, exchange: Exchange) -> Iterator[Content]:
        texts, scenario = self._texts, self._scenario
        known = {f.id: f.text(self._language) for f in scenario.facts} if scenario else {}
        for fact in exchange.facts:
            here = texts("compare.fact_here", fact=known.get(fact, fact))
            yield literal(f"✦ {here}", "$text-success")
        if exchange.need:
            need = scenario.hidden_need.text(self._language) if scenario else ""
            key = "compare.need_here" if need else "compare.need_here_bare"
            yield literal(f"✦ {texts(key, need=need)}", "$text-success")

    def _ending(self, session: Session) -> str:
        return self._texts(f"app.ended_short.{session.ended.reason if session.ended else 'open'}")

    def _level(self, state: EmotionalState, feeling: Feeling) -> str:
        return decimal(state.level(feeling), self._texts.language)

    def _moved(self, feeling: Feeling, change: float) -> Content:
        word = self._texts(f"compare.feeling.{feeling}_{way(change)}")
        figure = f" {signed(change, self._texts.language)}" if way(change) != "same" else ""
        return Content.styled(f"{arrow(change)}{figure} {word}", style_of(feeling, change))

    def _rated(self, change: float | None) -> Content:
        if change is None:
            return Content.styled(self._texts("compare.score.none"), _FAINT)
        points = _whole(change)
        word = self._texts(f"compare.score.{way(points)}")
        figure = f" {points:+d}".replace("-", "−") if points else ""
        style = "$text-success" if points > 0 else "$text-error" if points else _FAINT
        return Content.styled(f"{arrow(points)}{figure} {word}", style)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _whole(change: float) -> int:
    return round(change)


def _lines(items: list[Content]) -> list[Content]:
    """Join ``items`` to lines of at most ``_LINE`` cells, breaking none of them in two."""
    lines = items[:1]
    for item in items[1:]:
        longer = lines[-1] + _APART + item
        if longer.cell_length > _LINE:
            lines.append(item)
        else:
            lines[-1] = longer
    return lines


def _table(rows: list[_Row]) -> Content:
    label = max(len(row.name) for row in rows if row.cells)
    first, second = (max(len(row.cells[place]) for row in rows if row.cells) for place in (0, 1))
    lines = []
    for row in rows:
        if row.cells is None:
            lines.append(Content.styled(row.name, _FAINT))
            continue
        left, right = row.cells
        figures = f"{row.name.ljust(label)}  {left.rjust(first)}   {right.rjust(second)}   "
        lines.append(literal(figures) + row.difference)
    return Content("\n").join(lines)
