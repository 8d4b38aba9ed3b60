"""``hoerer replay``: in a pipe, in a terminal, and without any model."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from simulator.cli.replay import replay
from simulator.coaching.pen import Pen
from simulator.domain.annotation import Note, Span
from simulator.domain.cue import Cue
from simulator.domain.score import Dimension
from simulator.errors import UsageError
from simulator.paths import database
from simulator.settings import Settings, choose_model, coach_name, load, save
from simulator.store.repository import Sessions
from simulator.tui.app import HoererApp
from tests.calls import call, ended

app = typer.Typer(rich_markup_mode=None)
app.command()(replay)
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOERER_HOME", str(tmp_path))
    monkeypatch.setenv("HOERER_LANG", "de")


def kept(notes: Iterable[Note] = ()) -> Sessions:
    sessions = Sessions(database())
    for event in (*call("first"), ended("hung_up")):
        sessions.append("first", event)
    for note in notes:
        sessions.annotate("first", note)
    return sessions


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_in_a_pipe_the_call_is_printed_with_its_notes() -> None:
    kim, robin = Pen("Kim", 1), Pen("Robin", 1)
    gone = robin.remark("advice", "weg damit")
    kept(
        [
            kim.remark("praise", "Kurz.\nGut.", Cue.SPECIFIC_APOLOGY, Span(start=0, end=7)),
            kim.overruling(Dimension.EMPATHY, 2, "meint sie"),
            robin.rating({d: n for n, d in enumerate(Dimension)}),
            gone,
            robin.withdrawal(gone),
        ]
    )
    shown = run("fir")
    reply, answer = shown.index("Mia: Das tut mir leid."), shown.index("yilmaz: Na endlich.")
    for said in (
        "   Lob von Kim (Entschuldigung mit Grund) zu „Das tut“: Kurz.\n   Gut.\n",
        "   Korrektur von Kim: Empathie 2 (stark) (meint genau diesen Menschen und sein Gefühl) "
        "statt Maschine 60 (schwach): meint sie\n",
        "   Blindes Urteil von Robin: Empathie 0 (gar nicht) · Zuhören 1 (schwach) · "
        "Deeskalation 2 (stark)\n",
    ):
        assert reply < shown.index(said) < answer
    assert "weg damit" not in shown
    assert "Praise by Kim (Apology with a reason) on “Das tut”" in run("first", "--lang", "en")


def test_what_a_terminal_would_obey_stays_out() -> None:
    kept([Pen("\x1b[31mKim", 1).remark("praise", "\x1b]0;x\x07{ok} [b]")])
    assert "Lob von [31mKim (allgemein): ]0;x{ok} [b]" in run("first")


def test_an_unknown_call_is_refused_before_the_screen_is_taken_over() -> None:
    kept()
    result = CliRunner().invoke(app, ["frist"])
    assert isinstance(result.exception, UsageError)
    assert result.exception.values["near"] == "first"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_in_a_terminal_the_app_opens_on_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    kept()
    opened = []

    def run_nothing(self: HoererApp) -> None:
        opened.append(self)

    monkeypatch.setattr(HoererApp, "run", run_nothing)
    for stream in ("stdout", "stdin"):
        monkeypatch.setattr(sys, stream, Terminal())
    replay("fir", coach="Kim", lang="en")
    [made] = opened
    assert (made._replay_first, made._coach, made.texts.language) == ("first", "Kim", "en")


def test_no_model_is_loaded() -> None:
    kept()
    program = (
        "import sys\n"
        "from simulator.cli.replay import replay\n"
        "replay('first')\n"
        "import simulator.tui.app\n"
        "print(sorted({'torch', 'transformers'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_coach_is_who_is_named_then_the_setting_then_the_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOGNAME", "amira")
    assert coach_name() == "amira"
    save(Settings(coach=" Kim "))
    assert coach_name() == coach_name("  ") == "Kim"
    assert coach_name("Robin") == "Robin"


def test_another_model_for_a_while_leaves_the_coach_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    save(Settings(model="small", coach="Kim"))
    monkeypatch.setenv("HOERER_MODEL", "standard")
    assert load() == Settings(model="standard", coach="Kim")


def test_choosing_a_model_leaves_the_coach_alone() -> None:
    save(Settings(coach="Kim"))
    choose_model("small")
    assert load() == Settings(model="small", coach="Kim")
