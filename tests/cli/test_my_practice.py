"""``hoerer my-practice`` on a real database."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import typer
from typer.testing import CliRunner

from simulator import settings
from simulator.cli.my_practice import my_practice
from simulator.coaching.weeks import week_of, written
from simulator.errors import HoererError
from simulator.paths import database
from simulator.store.repository import Sessions
from tests.calls import agent, customer, ended, started
from tests.cli.stage import hoerer

NOW = datetime.now(UTC)
app = typer.Typer(rich_markup_mode=None)
app.command()(my_practice)


@pytest.fixture(autouse=True)
def _german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOERER_LANG", "de")


@pytest.fixture
def kept() -> Sessions:
    sessions = Sessions(database())
    for id, ago, value, trainee in (
        ("older1", 7, 40, "Mia"),
        ("newer1", 0, 80, "Mia"),
        ("others", 0, 99, "Jens"),
    ):
        at = NOW - timedelta(days=ago)
        start = started(id, trainee=trainee).model_copy(update={"at": at, "scenario": "weg\x1b[2J"})
        reply = agent(1, f"Das ist von {trainee}, {value}.\x1b[31m", value)
        sessions.begin((start, reply, customer(1), ended()))
    return sessions


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_ones_own_weeks_cases_and_lines_and_nobody_elses(kept: Sessions) -> None:
    text = run("--trainee", "Mia", "--goal", 1)
    assert text.startswith("Mein Übungsweg · Mia\nWochenziel: 1 Gespräch\n")
    assert "1 von 1" in text
    rows = [" ".join(line.split()) for line in text.splitlines()]
    assert f"{written(week_of(NOW))} 1 80 80 80" in rows
    assert f"{written(week_of(NOW - timedelta(days=7)))} 1 40 40 40" in rows
    assert "weg[2J 2 60 60 60" in rows, "what steers a terminal is left out"
    assert "Das ist von Mia, 80.[31m" in text and "von Mia, 40" not in text
    assert "Danach: Ärger 8,0 → 5,5" in text
    assert "Jens" not in text and "99" not in text
    assert "\x1b" not in text


def test_a_line_is_kept_and_let_go(kept: Sessions) -> None:
    text = run("--trainee", "Mia", "--keep", "old", 1)
    assert text.startswith("Behalten: Gespräch older1, Antwort 1.\n")
    assert text.index("Was du behältst") < text.index("von Mia, 40") < text.index("stärksten")
    assert kept.kept_lines(["older1"])
    text = run("--trainee", "Mia", "--drop", "older1", 1)
    assert text.startswith("Nicht mehr behalten: Gespräch older1, Antwort 1.\n")
    assert not kept.kept_lines(["older1"])
    assert "Noch nichts.\n" in text


def test_as_json(kept: Sessions) -> None:
    kept.keep_line("older1", 1)
    data = json.loads(run("--trainee", "Mia", "--json", "--goal", 2, "--no-reminder"))
    assert (data["trainee"], data["goal"], data["reminder"]) == ("Mia", 2, False)
    assert data["this_week"] == {"week": written(week_of(NOW)), "calls": 1}
    assert (data["weeks_practised"], data["weeks_kept"]) == (2, 0)
    assert [week["empathy"] for week in data["weeks"]] == [40, 80]
    [case] = data["cases"]
    assert [week["calls"] for week in case["weeks"]] == [1, 1]
    [line] = data["kept"]
    assert (line["session"], line["turn"], line["mean"]) == ("older1", 1, 40)
    assert line["moved"]["anger"] == {"before": 8.0, "after": 5.5}


def test_the_goal_can_be_given_up_and_the_reminder_turned_off_and_on(kept: Sessions) -> None:
    run("--goal", 7, "--no-reminder")
    assert (settings.load().weekly_goal, settings.load().reminder) == (7, False)
    run("--goal", 0, "--reminder")
    assert (settings.load().weekly_goal, settings.load().reminder) == (None, True)
    assert "Wochenziel: keins" in run("--trainee", "Mia")
    assert CliRunner().invoke(app, ["--goal", "8"]).exit_code == 2


def test_nothing_yet_is_no_reproach() -> None:
    text = run("--lang", "en")
    assert text == (
        "My practice · no name\nWeekly goal: none\nThere is nothing here yet, and that is fine. "
        "See a call through with “hoerer practice”; your course begins here afterwards.\n"
    )
    assert json.loads(run("--json"))["weeks"] == []


@pytest.mark.parametrize("line", [("older1", 2), ("nobody", 1)])
def test_a_reply_that_is_not_there_cannot_be_kept(kept: Sessions, line: tuple[str, int]) -> None:
    result = CliRunner().invoke(app, ["--keep", *map(str, line)])
    assert isinstance(result.exception, HoererError)


def test_the_command_is_one_of_hoerers(kept: Sessions) -> None:
    said = hoerer("my-practice", "--trainee", "Mia")
    assert said.code == 0 and "von Mia, 80" in said.out
    assert "Antwort 5" in hoerer("my-practice", "--keep", "older1", 5).refused(2)
