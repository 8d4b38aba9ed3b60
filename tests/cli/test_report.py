"""``hoerer report`` on a real database."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from simulator.cli.report import report
from simulator.domain.annotation import Remark
from simulator.errors import UsageError
from simulator.paths import database
from simulator.store.repository import Sessions
from tests.calls import NOON, call, ended
from tests.coaching.pages import Page

app = typer.Typer()
app.command()(report)


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOERER_LANG", "de")
    sessions = Sessions(database())
    for event in (*call("first"), ended("hung_up")):
        sessions.append("first", event)
    for event in call("second", exchanges=1, minutes=10):
        sessions.append("second", event)
    note = Remark(id="n0000001", author="Anna", at=NOON, turn=1, kind="praise", text="Weiter so.")
    sessions.annotate("first", note)


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: object) -> UsageError:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert isinstance(result.exception, UsageError), result.output
    return result.exception


def written(file: Path) -> Page:
    page = Page(file.read_text(encoding="utf-8"))
    page.check()
    return page


def test_the_report_of_a_call_has_its_notes(tmp_path: Path) -> None:
    file = tmp_path / "call.html"
    assert run("fir", "-o", file) == f"Bericht geschrieben: {file}\n"
    text = written(file).text
    assert "yilmaz" in text or "Frau Yılmaz" in text
    assert "Weiter so." in text


def test_the_report_speaks_the_language_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "call.html"
    assert run("first", "-o", file, "--lang", "en") == f"Report written: {file}\n"
    assert "What you brought about" in written(file).text


def test_a_trainees_course_has_all_their_calls(tmp_path: Path) -> None:
    file = tmp_path / "course.html"
    run("--trainee", "Mia", "-o", file)
    text = written(file).text
    assert "2 Gespräche vom 04.03.2025 bis zum 04.03.2025." in text
    assert "Weiter so." in text


def test_a_file_is_overwritten_only_by_force(tmp_path: Path) -> None:
    file = tmp_path / "call.html"
    file.write_text("Meins", encoding="utf-8")
    assert refused("first", "-o", file).key == "report_exists"
    assert file.read_text(encoding="utf-8") == "Meins"
    run("first", "-o", file, "--force")
    assert "Gesprächsbericht" in written(file).text


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        ([], "report_of_whom"),
        (["first", "--trainee", "Mia"], "report_of_whom"),
        (["--trainee", "Niemand"], "trainee_unknown"),
        (["frist"], "session_unknown_near"),
    ],
)
def test_what_cannot_be_reported_is_refused_and_nothing_written(
    tmp_path: Path, arguments: list[str], key: str
) -> None:
    file = tmp_path / "r.html"
    assert refused(*arguments, "-o", file).key == key
    assert not file.exists()


def test_a_folder_that_is_not_there_is_the_systems_word(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["first", "-o", str(tmp_path / "no" / "call.html")])
    assert isinstance(result.exception, FileNotFoundError)
