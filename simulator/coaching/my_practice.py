"""One trainee's own calls over the weeks, and the words worth finding again; nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from simulator.coaching.development import SaidWell, Stage, strongest
from simulator.coaching.setting import Setting
from simulator.coaching.weeks import own_calls, week_of
from simulator.domain.language import Language
from simulator.domain.score import Dimension
from simulator.store.reply import Line, Reply
from simulator.store.summary import Summary

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue
    from simulator.store.repository import Sessions

QUOTED = 30
"""How many kept lines are read with their calls; the newest."""

Means = Mapping[Dimension, float | None]


@dataclass(frozen=True)
class OwnCall:
    """A call with its mean scores (0 to 100); None where no reply was rated."""

    summary: Summary
    means: Means


@dataclass(frozen=True)
class Case:
    """All calls about the same matter, oldest first."""

    scenario: str
    title: str
    calls: tuple[OwnCall, ...]


@dataclass(frozen=True)
class WeekOfCalls:
    """What one week had: its Monday, its calls, and the mean of their means."""

    monday: date
    calls: int
    means: Means


@dataclass(frozen=True)
class MyPractice:
    """What a trainee has done.

    ``replies`` are all replies of ``calls``, the newest call's first, ``lines`` those of them that
    the trainee keeps. ``kept`` quotes the newest of these, ``best`` the strongest replies.
    """

    calls: tuple[OwnCall, ...]
    cases: tuple[Case, ...]
    replies: tuple[Reply, ...]
    lines: frozenset[Line]
    kept: tuple[SaidWell, ...]
    best: tuple[SaidWell, ...]


def read_my_practice(
    sessions: Sessions, trainee: str, catalogue: Catalogue, language: Language
) -> MyPractice:
    """Read the calls kept under ``trainee`` (those without a name if it is empty).

    Few queries, however many calls there are: only those quoted are read whole. ``language`` is
    the one that cases are named in. Raises StoreError.
    """
    own = own_calls(sessions.list(), trainee)
    ids = [summary.id for summary in own]
    number = {id: place for place, id in enumerate(ids, start=1)}
    replies = sorted(sessions.replies(ids), key=lambda r: (number[r.line.session], r.line.turn))
    calls = _rated(own, replies)
    lines = sessions.kept_lines(ids)
    rated = (
        (mean, (number[reply.line.session], reply.line.turn), reply.text)
        for reply in replies
        if (mean := reply.mean) is not None
    )
    best = [Line(ids[place - 1], turn) for place, turn in strongest(rated)]
    newest = sorted(lines, key=lambda line: (number[line.session], line.turn), reverse=True)
    newest = newest[:QUOTED]
    said = _quoted(sessions, {*best, *newest}, number, catalogue)
    return MyPractice(
        calls=calls,
        cases=_cases(calls, catalogue, language),
        replies=tuple(sorted(replies, key=lambda r: -number[r.line.session])),
        lines=lines,
        kept=tuple(said[line] for line in newest if line in said),
        best=tuple(said[line] for line in best if line in said),
    )


def course(calls: Iterable[OwnCall], weeks: Sequence[date]) -> tuple[WeekOfCalls, ...]:
    """Return what each of ``weeks`` (Mondays) had; in its means every call counts alike."""
    by_week: dict[date, list[OwnCall]] = {}
    for call in calls:
        by_week.setdefault(week_of(call.summary.at), []).append(call)
    return tuple(
        WeekOfCalls(week, len(had), means_of([call.means for call in had]))
        for week in weeks
        for had in [by_week.get(week, [])]
    )


def means_of(several: Sequence[Means]) -> Means:
    """Return the mean of each dimension over what was rated, None where nothing was."""
    means: dict[Dimension, float | None] = {}
    for dimension in Dimension:
        values = [value for one in several if (value := one[dimension]) is not None]
        means[dimension] = sum(values) / len(values) if values else None
    return means


def title_of(summary: Summary, catalogue: Catalogue, language: Language) -> str:
    """Return what a call was about, in today's words; of a call from outside its own."""
    scenario = catalogue.scenarios.get(summary.scenario) if summary.origin == "practice" else None
    return scenario.text(language).title if scenario else summary.scenario


def _rated(own: Iterable[Summary], replies: Iterable[Reply]) -> tuple[OwnCall, ...]:
    rated: dict[str, list[Means]] = {}
    for reply in replies:
        values = {dimension: reply.value(dimension) for dimension in Dimension}
        rated.setdefault(reply.line.session, []).append(values)
    return tuple(OwnCall(summary, means_of(rated.get(summary.id, []))) for summary in own)


def _cases(calls: Iterable[OwnCall], catalogue: Catalogue, language: Language) -> tuple[Case, ...]:
    """Group the calls by case, the one practised most first."""
    cases: dict[tuple[str, str], list[OwnCall]] = {}
    for call in calls:
        cases.setdefault((call.summary.origin, call.summary.scenario), []).append(call)
    named = (
        Case(scenario, title_of(of_case[0].summary, catalogue, language), tuple(of_case))
        for (_, scenario), of_case in cases.items()
    )
    return tuple(sorted(named, key=lambda case: (-len(case.calls), case.title)))


def _quoted(
    sessions: Sessions, lines: Iterable[Line], number: Mapping[str, int], catalogue: Catalogue
) -> dict[Line, SaidWell]:
    wanted = set(lines)
    return {
        line: SaidWell.whole(stage, turn)
        for session in sessions.several({line.session for line in wanted})
        for stage in [Stage(number[session.id], session, Setting.of(session, catalogue))]
        for turn in session.agent_turns
        if (line := Line(session.id, turn.turn)) in wanted
    }
