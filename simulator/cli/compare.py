"""``hoerer sessions compare``: two courses of a call, exchange by exchange."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from simulator.cli.options import AsJson, Lang
from simulator.cli.transcript import plain, written_date
from simulator.coaching import comparison
from simulator.coaching.comparison import Courses, Exchange, Pair, names, way
from simulator.domain.conversation import Session
from simulator.domain.emotion import EmotionalState, Feeling
from simulator.domain.score import Dimension
from simulator.i18n import Texts, system_language
from simulator.i18n.figures import arrow, decimal, signed
from simulator.paths import database
from simulator.store.repository import Sessions

T = Texts(system_language())

_APART = " · "


def compare(
    id: Annotated[str, typer.Argument(metavar="ID", help=T("compare.command.session"))],
    other: Annotated[str, typer.Argument(metavar="OTHER", help=T("compare.command.other"))],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Print two courses and what differed; as JSON ``first``, ``second``, ``parting``, ``pairs``.

    Differences are what the second has more than the first, null where nothing can be compared.
    """
    sessions = Sessions(database())
    courses = comparison.compare(sessions.session(id), sessions.session(other))
    if as_json:
        typer.echo(json.dumps(_data(courses), ensure_ascii=False, indent=2))
        return
    typer.echo("\n".join(_report(courses, Texts(lang or system_language()))))


def _data(courses: Courses) -> dict[str, object]:
    return {
        "first": _call(courses.first),
        "second": _call(courses.second),
        "common": len(courses.common),
        "parting": courses.parting,
        "same_models": courses.same_models,
        "same_content": courses.same_content,
        "difference": {f.value: courses.feeling(f) for f in Feeling}
        | {d.value: courses.score(d) for d in Dimension},
        "pairs": [
            {
                "turn": pair.turn,
                "first": _exchange(pair.first),
                "second": _exchange(pair.second),
                "difference": {f.value: pair.feeling(f) for f in Feeling}
                | {d.value: pair.score(d) for d in Dimension},
            }
            for pair in courses.pairs
        ],
    }


def _call(session: Session) -> dict[str, object]:
    started = session.started
    return {
        "id": session.id,
        "at": started.at.isoformat(),
        "forked": started.forked.model_dump() if started.forked else None,
        "ended": session.ended.reason if session.ended else None,
        "state": session.state.model_dump(),
    }


def _exchange(exchange: Exchange | None) -> dict[str, object] | None:
    if exchange is None:
        return None
    reply, answer = exchange.reply, exchange.answer
    return {
        "reply": reply.text,
        "scores": {d.value: reply.scores.of(d).value for d in Dimension},
        "answer": answer.text if answer else None,
        "act": answer.act.value if answer else None,
        "state": answer.state.model_dump() if answer else None,
        "facts_only_here": list(exchange.facts),
        "need_only_here": exchange.need,
    }


def _report(courses: Courses, text: Texts) -> Iterator[str]:
    both = courses.first, courses.second
    for name, call in zip(names(courses, text), both, strict=True):
        dated = f"{call.id}, {written_date(call.started.at, text)}"
        yield f"{plain(name)} ({plain(dated)}): {text(f'app.ended_short.{_ending(call)}')}"
    for key, same in (("models", courses.same_models), ("content", courses.same_content)):
        if not same:
            yield f"! {text(f'compare.other_{key}')}"
    count = len(courses.common)
    kind = "none" if count == 0 else "one" if count == 1 else "many"
    yield ""
    yield text(f"compare.common_{kind}" if courses.pairs else "compare.all_common", count=count)
    for pair in courses.pairs:
        yield ""
        yield from _pair(pair, courses, text)
    yield ""
    yield f"{text('compare.end.heading')}:"
    yield f"   {_feelings({f: courses.feeling(f) for f in Feeling}, text)}"
    yield f"   {_scores({d: courses.score(d) for d in Dimension}, text)}"


def _ending(session: Session) -> str:
    return session.ended.reason if session.ended else "open"


def _pair(pair: Pair, courses: Courses, text: Texts) -> Iterator[str]:
    yield text("compare.exchange", turn=pair.turn)
    calls = ((pair.first, courses.first), (pair.second, courses.second))
    for name, (exchange, session) in zip(names(courses, text), calls, strict=True):
        yield f"   {plain(name)}"
        yield from (f"      {line}" for line in _told(exchange, session, text))
    if pair.first and pair.second:
        yield f"   {_feelings({f: pair.feeling(f) for f in Feeling}, text)}"
        yield f"   {_scores({d: pair.score(d) for d in Dimension}, text)}"


def _told(exchange: Exchange | None, session: Session, text: Texts) -> Iterator[str]:
    if exchange is None:
        yield text("compare.not_reached")
        return
    reply, answer, started = exchange.reply, exchange.answer, session.started
    yield from _spoken(started.trainee or text("compare.you"), reply.text)
    scores = {d.value: _figure(reply.scores.of(d).value) for d in Dimension}
    yield text("sessions.score", **scores)
    if answer is None:
        yield text("compare.unanswered")
        return
    yield from _spoken(started.persona, answer.text)
    yield text("sessions.state", **_levels(answer.state, text))
    for fact in exchange.facts:
        yield f"* {text('compare.fact_here', fact=plain(fact))}"
    if exchange.need:
        yield f"* {text('compare.need_here_bare')}"


def _spoken(speaker: str, words: str) -> Iterator[str]:
    first, *rest = plain(words).split("\n")
    yield f"{plain(speaker)}: {first}"
    yield from (f"   {line}" for line in rest)


def _levels(state: EmotionalState, text: Texts) -> dict[str, str]:
    return {f.value: decimal(state.level(f), text.language) for f in Feeling}


def _feelings(changes: dict[Feeling, float | None], text: Texts) -> str:
    return _APART.join(
        f"{text(f'app.feeling.{feeling}')} {text('compare.score.none')}"
        if change is None
        else f"{text(f'app.feeling.{feeling}')} {arrow(change)} {signed(change, text.language)} "
        f"{text(f'compare.feeling.{feeling}_{way(change)}')}"
        for feeling, change in changes.items()
    )


def _scores(changes: dict[Dimension, float | None], text: Texts) -> str:
    return _APART.join(
        f"{text(f'scoring.dimension.{dimension}')} {_rated(change, text)}"
        for dimension, change in changes.items()
    )


def _rated(change: float | None, text: Texts) -> str:
    if change is None:
        return text("compare.score.none")
    points = round(change)
    figure = f"{points:+d}".replace("-", "−") if points else "0"
    return f"{arrow(points)} {figure} {text(f'compare.score.{way(points)}')}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
