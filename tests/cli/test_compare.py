"""``hoerer sessions compare`` on a real database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from simulator.cli.compare import compare
from simulator.domain.conversation import Fork
from simulator.errors import UsageError
from simulator.paths import database
from simulator.store.repository import Sessions
from tests.calls import agent, customer, ended, started

app = typer.Typer()
app.command()(compare)


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sessions:
    monkeypatch.setenv("HOERER_HOME", str(tmp_path))
    monkeypatch.setenv("HOERER_LANG", "de")
    sessions = Sessions(database())
    beginning = (agent(1, "Guten Tag."), customer(1))
    worse = (agent(2, "Ruhe, [bold]\nbitte!\x1b[2J", 20), customer(2, anger=8.5), ended("hung_up"))
    sessions.begin((started("aaa111"), *beginning, *worse))
    fork = started("bbb222").model_copy(update={"forked": Fork(session="aaa111", turn=2)})
    told = customer(2, anger=5).model_copy(update={"facts": ("router",), "need": True})
    sessions.begin((fork, *beginning, agent(2, "Tut mir leid.", None), told, agent(3, "Ja?")))
    return sessions


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_both_courses_and_what_differed():
    shown = run("aaa", "bbb")
    lines = [line.strip() for line in shown.splitlines()]
    assert lines[0].startswith("Wie es war (aaa111, ")
    assert lines[0].endswith(": abgebrochen")
    assert lines[1].startswith("Was wäre, wenn (bbb222, ")
    assert "Gemeinsamer Anfang: 1 Antwort" in lines
    assert "Mia: Ruhe, [bold]" in lines
    assert "Mia: Tut mir leid." in lines
    assert "* Nur hier verraten: router" in lines
    assert "Ärger ▼ −3,5 ruhiger · Vertrauen = 0,0 gleich · Gehört = 0,0 gleich" in lines
    assert (
        "Empathie nicht vergleichbar · Zuhören nicht vergleichbar · Deeskalation nicht vergleichbar"
        in lines
    )
    assert "Empathie ▲ +40 stärker · Zuhören ▲ +40 stärker · Deeskalation ▲ +40 stärker" in lines
    assert "So weit geht dieser Verlauf nicht." in lines
    assert "(noch ohne Antwort)" in lines
    assert "\x1b" not in shown


def test_in_english():
    shown = run("aaa", "bbb", "--lang", "en")
    assert "Anger ▼ −3.5 calmer" in shown
    assert "Empathy ▲ +40 stronger" in shown


def test_as_json():
    shown = json.loads(run("aaa", "bbb", "--json"))
    assert (shown["first"]["id"], shown["second"]["id"]) == ("aaa111", "bbb222")
    assert shown["second"]["forked"] == {"session": "aaa111", "turn": 2}
    assert (shown["common"], shown["parting"]) == (1, 2)
    first, second = shown["pairs"]
    assert first["difference"] == {
        "anger": -3.5, "trust": 0.0, "feeling_heard": 0.0,
        "empathy": None, "listening": None, "de_escalation": None,
    }  # fmt: skip
    assert first["second"]["facts_only_here"] == ["router"]
    assert first["second"]["need_only_here"] is True
    assert second["first"] is None
    assert second["second"]["answer"] is None
    assert shown["difference"]["empathy"] == 40


def test_other_calls_are_refused(kept: Sessions):
    kept.begin((started("ccc333").model_copy(update={"seed": 99}), agent(1)))
    result = CliRunner().invoke(app, ["aaa", "ccc"])
    assert isinstance(result.exception, UsageError)
    assert result.exception.key == "courses_apart"
