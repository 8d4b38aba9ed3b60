"""``hoerer replay ID --as-customer`` and ``--plain``, in a pipe and in a terminal."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from simulator.cli.replay import replay
from simulator.coaching.diary import Diary
from simulator.paths import database
from simulator.store.repository import Sessions
from simulator.tui.app import HoererApp
from tests.cli.stage import hoerer
from tests.tui.desk import recorded

app = typer.Typer(rich_markup_mode=None)
app.command()(replay)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOERER_HOME", str(tmp_path))
    monkeypatch.setenv("HOERER_LANG", "de")


@pytest.fixture
def sessions() -> Sessions:
    kept = Sessions(database())
    start, *rest = recorded()
    cast = {"persona": "brandt", "scenario": "internet-kuendigung"}
    kept.begin([start.model_copy(update=cast), *rest])
    return kept


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch):
    def typed(*lines: str) -> Terminal:
        screen = Terminal()
        monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))
        monkeypatch.setattr(sys, "stdout", screen)
        return screen

    return typed


def test_in_a_pipe_all_of_it_is_printed_and_nobody_is_asked(sessions: Sessions):
    text = run("a1b2", "--as-customer")
    assert text.startswith("Du bist jetzt Herr Brandt · ")
    assert text.index("[1 von 4]") < text.index("[4 von 4]") < text.index("Du hast aufgelegt.")
    assert text.endswith("Welchen Satz hättest du als Herr Brandt gern gehört?\n")
    assert "Enter" not in text
    assert "You are Mr Brandon now" not in text
    # the words of the call stay what they were, only the house speaks English
    assert "You hear:\n   Guten Tag, Frau Yılmaz" in run("a1b2", "--as-customer", "--lang", "en")


def test_in_a_terminal_every_exchange_waits_and_the_answer_is_kept(sessions, terminal):
    screen = terminal(*[""] * 5, "Das war unser Fehler.")
    replay("a1b2", as_customer=True, plain=True, lang="de")
    text = screen.getvalue()
    assert text.count("[Enter: weiter]") == 5
    assert text.endswith("Behalten, nur für dich.\n")
    assert Diary.of("a1b2", sessions).line.text == "Das war unser Fehler."
    screen = terminal(*[""] * 6)
    replay("a1b2", as_customer=True, plain=True, lang="de")
    assert "Deine Zeile von damals: Das war unser Fehler." in screen.getvalue()
    assert Diary.of("a1b2", sessions).line.text == "Das war unser Fehler."


def test_plain_alone_is_the_call_with_its_notes(sessions, terminal):
    screen = terminal()
    replay("a1b2", plain=True, lang="de")
    assert "Mia: Guten Tag, Frau Yılmaz" in screen.getvalue()


def test_in_a_terminal_the_app_opens_on_the_other_side(sessions, terminal, monkeypatch):
    opened = []

    def run_nothing(self: HoererApp) -> None:
        opened.append(self)

    monkeypatch.setattr(HoererApp, "run", run_nothing)
    terminal()
    replay("a1b2", as_customer=True, lang="en")
    assert [(app._replay_first, app._as_customer) for app in opened] == [("a1b2c3d4e5f6", True)]


def test_the_command_says_so_and_refuses_an_unknown_call():
    assert "--as-customer" in hoerer("replay", "--help").out
    assert "nope" in hoerer("replay", "nope", "--as-customer").refused(2)
