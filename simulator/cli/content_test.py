"""``hoerer content test``: the four agents play a scenario, and it passes or not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import (
    AsJson,
    Bar,
    Content,
    Lang,
    Model,
    Persona,
    Scenario,
    T,
    chosen_content,
    chosen_model,
)
from simulator.domain.script import PROFILES
from simulator.i18n import Texts, system_language
from simulator.i18n.figures import decimal

if TYPE_CHECKING:
    from simulator.evaluation.calls import Played
    from simulator.evaluation.customer import Measure
    from simulator.evaluation.trial import Trial

FAILED = 1
"""Exit code of a scenario that has not passed; what is wrong with a file has its own."""

_MARKS = dict(zip(PROFILES, "●■▲◆", strict=True))
_WIDTH, _ROWS = 90, 11

Given = Annotated[str, typer.Argument(metavar="ID", help=T("trial.id"))]
Seeds = Annotated[int, typer.Option("--seeds", min=1, help=T("trial.seeds"))]


def try_out(
    given: Given,
    persona: Persona = None,
    scenario: Scenario = None,
    lang: Lang = None,
    seeds: Seeds = 1,
    model: Model = None,
    content: Content = None,
    as_json: AsJson = False,
) -> None:
    """Play the four agents' scripts; exit code 1 if anything is otherwise than wanted."""
    from simulator.content.cast import cast
    from simulator.evaluation.trial import hold, require_scripts

    texts, catalogue = Texts(lang or system_language()), chosen_content(content)
    language = texts.language
    who, what = cast(catalogue, given, persona, scenario)
    require_scripts(catalogue, what)
    from simulator.switchboard import open_line, open_store

    def played(call: Played) -> None:
        typer.echo(_told(call, texts), err=True)

    board = open_line(chosen_model(model), catalogue, open_store(), Bar(texts))
    trial = hold(board, who, what, language, seeds, played)
    if as_json:
        head = {"persona": who, "scenario": what, "lang": language, "seeds": seeds}
        typer.echo(json.dumps({**head, **document(trial)}, ensure_ascii=False, indent=1))
    else:
        name = catalogue.persona(who).text(language).name
        typer.echo(f"{name} · {catalogue.scenario(what).text(language).title}")
        for line in _report(trial, texts):
            typer.echo(line)
    if not trial.passed:
        raise typer.Exit(FAILED)


def document(trial: Trial) -> dict[str, object]:
    """Return what came of a trial as plain data; a measure without a case has no value."""
    return {
        "passed": trial.passed,
        "checks": {
            key: {
                "value": round(measure.value, 3) if measure.n else None,
                "n": measure.n,
                "wanted": measure.wanted,
                "passed": measure.met,
            }
            for key, measure in trial.checks.items()
        },
        "anger": {
            profile: [round(level, 2) for level in trial.course(profile)] for profile in PROFILES
        },
        "slips": [{"check": each.wrong, "text": each.text} for each in trial.slipped],
        "unanswered": [{"question": m.question, "answer": m.answer} for m in trial.missed],
    }


def _told(call: Played, texts: Texts) -> str:
    session = call.session
    return texts(
        "trial.played",
        agent=texts(f"trial.agent.{call.casting.profile}"),
        seed=session.started.seed,
        replies=len(session.agent_turns),
        start=decimal(session.started.start.anger, texts.language),
        end=decimal(session.state.anger, texts.language),
    )


def _report(trial: Trial, texts: Texts) -> Iterator[str]:
    from simulator.cli.transcript import plain

    yield f"\n{_chart(trial, texts)}\n"
    names = {key: texts(f"trial.check.{key}") for key in trial.checks}
    width = max(map(len, names.values()))
    for key, measure in trial.checks.items():
        yield f"{_verdict(measure, texts)}  {names[key]:<{width}}  {_count(measure, texts)}"
    if trial.slipped:
        yield "\n" + texts("trial.slips")
        yield from (f"  • {names[each.wrong]}: {plain(each.text)}" for each in trial.slipped)
    if trial.missed:
        yield "\n" + texts("trial.missed")
        yield from (f"  • {plain(m.question)} → {plain(m.answer)}" for m in trial.missed)
    failed = sum(measure.met is False for measure in trial.checks.values())
    yield "\n" + texts("trial.failed" if failed else "trial.passed", failed=failed)


def _chart(trial: Trial, texts: Texts) -> str:
    from simulator.tui.widgets.plot import Chart, Series, draw

    series = []
    for profile, mark in _MARKS.items():
        course = trial.course(profile)
        end = decimal(course[-1], texts.language)
        label = texts("trial.ends", agent=texts(f"trial.agent.{profile}"), anger=end)
        series.append(Series(label, mark, "", course))
    chart = Chart(texts("trial.chart"), 10, tuple(series), texts("app.debrief.several"))
    width = min(shutil.get_terminal_size().columns, _WIDTH)
    lines = draw(chart, width, _ROWS).plain.splitlines()
    return "\n".join(line.rstrip() for line in lines)


def _verdict(measure: Measure, texts: Texts) -> str:
    if measure.met is None:
        return texts("trial.verdict.unmeasured")
    return texts("trial.verdict.passed" if measure.met else "trial.verdict.failed")


def _count(measure: Measure, texts: Texts) -> str:
    if not measure.n:
        return ""
    held = round(measure.value * measure.n)
    return texts("trial.count", held=held, n=measure.n, wanted=measure.wanted)
