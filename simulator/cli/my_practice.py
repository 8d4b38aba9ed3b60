"""``hoerer my-practice``: one's own weeks, course and best lines as plain text, and the goal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import AsJson, Lang
from simulator.cli.transcript import plain
from simulator.i18n import Texts, system_language

if TYPE_CHECKING:
    from simulator.coaching.development import SaidWell
    from simulator.coaching.my_practice import Means, MyPractice, OwnCall, WeekOfCalls
    from simulator.coaching.weeks import Rhythm
    from simulator.store.repository import Sessions

T = Texts(system_language())


def my_practice(
    trainee: Annotated[str, typer.Option("--trainee", help=T("my_practice.help.trainee"))] = "",
    goal: Annotated[
        int | None, typer.Option("--goal", min=0, max=7, help=T("my_practice.help.goal"))
    ] = None,
    reminder: Annotated[
        bool | None,
        typer.Option("--reminder/--no-reminder", help=T("my_practice.help.reminder")),
    ] = None,
    keep: Annotated[
        tuple[str, int] | None,
        typer.Option("--keep", metavar="ID N", help=T("my_practice.help.keep")),
    ] = None,
    drop: Annotated[
        tuple[str, int] | None,
        typer.Option("--drop", metavar="ID N", help=T("my_practice.help.drop")),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Print one's own practice, after keeping what was chosen.

    As JSON ``trainee``, ``goal``, ``reminder``, ``this_week``, ``weeks``, ``cases``, ``kept`` and
    ``best``; means are null where nothing was rated.
    """
    from simulator import settings
    from simulator.coaching.my_practice import read_my_practice
    from simulator.coaching.weeks import Rhythm
    from simulator.content.catalogue import Catalogue
    from simulator.switchboard import open_store

    texts, store = Texts(lang or system_language()), open_store()
    if goal is not None:
        settings.choose_goal(goal or None)
    if reminder is not None:
        settings.choose_reminder(reminder)
    said = list(_kept(store, keep, drop, texts))
    chosen, now = settings.load(), datetime.now(UTC)
    mine = read_my_practice(store, trainee, Catalogue.load(), texts.language)
    rhythm = Rhythm.of((call.summary for call in mine.calls), chosen.weekly_goal, now)
    if as_json:
        whole = {"trainee": trainee, "goal": chosen.weekly_goal, "reminder": chosen.reminder}
        typer.echo(json.dumps(whole | _data(mine, rhythm), ensure_ascii=False, indent=2))
        return
    who = plain(trainee) or texts("my_practice.nameless")
    typer.echo("\n".join([*said, *_told(mine, rhythm, who, now, texts)]))


def _kept(
    store: Sessions, keep: tuple[str, int] | None, drop: tuple[str, int] | None, texts: Texts
) -> Iterator[str]:
    for chosen, key, change in (
        (keep, "kept_one", store.keep_line),
        (drop, "dropped_one", store.drop_line),
    ):
        if chosen is not None:
            line = change(*chosen)
            yield texts(f"my_practice.lines.{key}", session=line.session, turn=line.turn)
            yield ""


def _told(mine: MyPractice, rhythm: Rhythm, who: str, now: datetime, texts: Texts) -> Iterator[str]:
    from simulator.coaching.practice_words import goal_named, rhythm_told

    yield f"{texts('my_practice.title')} · {who}"
    goal = goal_named(rhythm.goal or 0, texts)
    yield f"{texts('my_practice.goal.title')}: {goal}"
    if not mine.calls:
        yield texts("my_practice.empty_plain")
        return
    yield from rhythm_told(rhythm, texts)
    yield from ("", texts("my_practice.course.chart"), *_weeks_told(mine, now, texts))
    yield from ("", *_cases_told(mine, texts))
    yield from ("", texts("my_practice.lines.kept"))
    yield from _quoted(mine.kept, "none_kept_plain", texts)
    if len(mine.lines) > len(mine.kept):
        yield texts("my_practice.lines.more_plain", count=len(mine.lines) - len(mine.kept))
    yield from ("", texts("my_practice.lines.best"))
    yield from _quoted(mine.best, "none_rated", texts)


def _weeks_told(mine: MyPractice, now: datetime, texts: Texts) -> Iterator[str]:
    """Return a table of the weeks that had calls; the others need no line."""
    from simulator.coaching import weeks
    from simulator.coaching.my_practice import course

    axis = weeks.up_to(now, weeks.week_of(mine.calls[0].summary.at))
    had = [week for week in course(mine.calls, axis) if week.calls]
    heading = (texts("my_practice.week.row"), texts("my_practice.week.calls"))
    rows = [(weeks.written(week.monday), str(week.calls)) for week in had]
    yield from _table(heading, rows, [week.means for week in had], texts)
    if weeks.week_of(mine.calls[0].summary.at) < axis[0]:
        yield texts("my_practice.course.latest", weeks=len(axis))


def _cases_told(mine: MyPractice, texts: Texts) -> Iterator[str]:
    heading = (texts("my_practice.course.column_case"), texts("my_practice.course.column_calls"))
    rows = [(plain(case.title), str(len(case.calls))) for case in mine.cases]
    yield from _table(heading, rows, [_over_all(case.calls) for case in mine.cases], texts)


def _table(
    heading: tuple[str, str],
    rows: Sequence[tuple[str, str]],
    means: Sequence[Means],
    texts: Texts,
) -> Iterator[str]:
    from simulator.domain.score import Dimension

    names = [texts(f"scoring.dimension.{dimension}") for dimension in Dimension]
    first = max(len(row[0]) for row in (heading, *rows))
    yield "  ".join([heading[0].ljust(first), heading[1], *names])
    for (name, calls), of_row in zip(rows, means, strict=True):
        values = [
            _number(of_row[dimension], texts).rjust(len(called))
            for dimension, called in zip(Dimension, names, strict=True)
        ]
        yield "  ".join([name.ljust(first), calls.rjust(len(heading[1])), *values])


def _number(value: float | None, texts: Texts) -> str:
    return texts("my_practice.unrated") if value is None else f"{value:.0f}"


def _over_all(calls: Sequence[OwnCall]) -> Means:
    from simulator.coaching.my_practice import means_of

    return means_of([call.means for call in calls])


def _quoted(several: Sequence[SaidWell], none: str, texts: Texts) -> Iterator[str]:
    from simulator.coaching.practice_words import earned, moved, where

    if not several:
        yield texts(f"my_practice.lines.{none}")
    for said in several:
        yield f"- {plain(where(said, texts))}  [{said.stage.session.id} {said.turn.turn}]"
        if said.before:
            before = plain(" ".join(said.before.split()))
            yield "  " + texts("my_practice.lines.before", words=before)
        yield from (f"  {line}" for line in plain(said.words).split("\n"))
        yield from (f"  + {plain(words)}" for words in earned(said.turn, texts))
        if told := moved(said, texts):
            yield f"  {told}"


def _data(mine: MyPractice, rhythm: Rhythm) -> dict[str, object]:
    from simulator.coaching import weeks
    from simulator.coaching.my_practice import course

    def rows(calls: Sequence[OwnCall]) -> list[dict[str, object]]:
        had = sorted({weeks.week_of(call.summary.at) for call in calls})
        return [_week(week) for week in course(calls, had)]

    return {
        "this_week": {"week": weeks.written(rhythm.week), "calls": rhythm.this_week},
        "weeks_practised": rhythm.practised,
        "weeks_kept": rhythm.kept,
        "weeks": rows(mine.calls),
        "cases": [
            {"scenario": case.scenario, "title": case.title, "weeks": rows(case.calls)}
            for case in mine.cases
        ],
        "kept": [_said(said) for said in mine.kept],
        "best": [_said(said) for said in mine.best],
    }


def _week(week: WeekOfCalls) -> dict[str, object]:
    from simulator.coaching import weeks

    means = {dimension.value: mean for dimension, mean in week.means.items()}
    return {"week": weeks.written(week.monday), "calls": week.calls, **means}


def _said(said: SaidWell) -> dict[str, object]:
    return {
        "session": said.stage.session.id,
        "turn": said.turn.turn,
        "at": said.stage.session.started.at.isoformat(),
        "title": said.stage.setting.title,
        "before": said.before,
        "text": said.words,
        "mean": said.turn.scores.mean,
        "moved": {f.value: {"before": b, "after": a} for f, (b, a) in said.moved.items()},
    }
