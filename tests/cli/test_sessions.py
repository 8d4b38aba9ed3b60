"""``hoerer sessions`` on a real database."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulator.cli.sessions import app
from simulator.domain.conversation import CallStarted, Fork, Session
from simulator.domain.exam import PassMarks
from simulator.errors import UsageError
from simulator.paths import database
from simulator.store.repository import Sessions
from tests.calls import agent, call, customer, ended, started
from tests.cli.stage import hoerer, script
from tests.store.noted import remark


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOERER_HOME", str(tmp_path))
    monkeypatch.setenv("HOERER_LANG", "de")
    return tmp_path


@pytest.fixture
def kept(home: Path) -> Sessions:
    sessions = Sessions(database())
    for event in (*call("first"), ended("hung_up")):
        sessions.append("first", event)
    for event in call("second", exchanges=1, minutes=10):
        sessions.append("second", event)
    return sessions


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_list_as_json_is_an_array_of_objects_with_id(kept: Sessions) -> None:
    calls = json.loads(run("list", "--json"))
    assert [c["id"] for c in calls] == ["second", "first"]
    assert calls[1]["ended"] == "hung_up"
    assert calls[0]["turns"] == 1


def test_an_empty_list(home: Path) -> None:
    assert json.loads(run("list", "--json")) == []
    assert run("list") == "Noch keine Gespräche.\n"
    assert run("list", "--lang", "en") == "No calls yet.\n"


def test_the_list_speaks_the_readers_language(kept: Sessions) -> None:
    heading, newest, oldest = run("list").splitlines()
    assert heading.split() == [
        "Kennung", "Beginn", "Person", "Fall", "Antworten", "Ärger", "Mittel", "Ende",
    ]  # fmt: skip
    assert newest.startswith("second")
    assert newest.endswith("8,0 → 5,5  60      offen")
    assert oldest.endswith("abgebrochen")
    english = run("list", "--lang", "en")
    assert "8.0 → 5.5" in english
    assert "broken off" in english


def test_the_list_says_what_came_from_outside_and_what_is_a_fork(kept: Sessions) -> None:
    assert "Herkunft" not in run("list")
    outside = started("heard1", minutes=20).model_copy(update={"origin": "outside"})
    kept.begin((outside, agent(1)))
    fork = Fork(session="first", turn=2)
    kept.begin((started("forked", minutes=30).model_copy(update={"forked": fork}), agent(1)))
    heading, newest, heard, *others = run("list").splitlines()
    assert heading.split()[-2:] == ["Ende", "Herkunft"]
    assert newest.endswith("offen        Abzweig von first")
    assert heard.endswith("–          60      offen        von außen")
    assert [line.split()[-1] for line in others] == ["offen", "abgebrochen"]
    english = run("list", "--lang", "en")
    assert "from outside" in english
    assert "fork of first" in english
    calls = json.loads(run("list", "--json"))
    assert [(c["origin"], c["forked"]) for c in calls[:2]] == [
        ("practice", "first"),
        ("outside", ""),
    ]


def test_the_list_counts_notes_where_there_are_any(kept: Sessions) -> None:
    assert "Notizen" not in run("list")
    kept.annotate("first", remark())
    kept.annotate("first", remark("note0002"))
    heading, without, noted = run("list").splitlines()
    assert heading.split()[-1] == "Notizen"
    assert (without.split()[-1], noted.split()[-1]) == ("offen", "2")


def test_nobody_knows_where_a_customer_from_outside_stood(home: Path) -> None:
    outside = started().model_copy(update={"origin": "outside"})
    Sessions(database()).begin((outside, agent(1)))
    assert "Ärger" not in run("show", "abc123")


def test_show_prints_the_call_with_scores_and_states(kept: Sessions) -> None:
    shown = run("show", "first")
    assert "Mia: Das tut mir leid." in shown
    assert "60 Empathie · 60 Zuhören · 60 Deeskalation" in shown
    assert "yilmaz: Na endlich." in shown
    assert "Ärger 5,5 · Vertrauen 3,0 · fühlt sich gehört 4,0" in shown
    assert "Startwert 7" in shown
    assert "drehbuch 0f" in shown
    assert "c0ffee" in shown
    assert shown.endswith("Ende: abgebrochen\n")


def test_show_as_json_has_the_whole_call(kept: Sessions) -> None:
    shown = json.loads(run("show", "fir", "--json"))
    assert shown["id"] == "first"
    assert shown["started"]["seed"] == 7
    assert [turn["type"] for turn in shown["turns"]] == ["agent_turn", "customer_turn"] * 2
    assert shown["ended"]["reason"] == "hung_up"


def test_show_marks_what_was_not_rated_and_what_was_cut_short(home: Path) -> None:
    sessions = Sessions(database())
    cut = customer(1, "Aber ich").model_copy(update={"interrupted": True})
    for event in (started(trainee=""), agent(1, value=None), cut):
        sessions.append("abc123", event)
    shown = run("show", "abc123")
    assert "Du: Das tut mir leid." in shown
    assert "– Empathie" in shown
    assert "Aber ich (unterbrochen)" in shown


def test_words_reach_the_terminal_as_words(home: Path) -> None:
    sessions = Sessions(database())
    sessions.append("abc123", started(trainee="\x1b]0;Titel\x07[bold]Mia"))
    sessions.append("abc123", agent(1, "[red]{x}\x1b[2J\nzweite Zeile"))
    shown = run("show", "abc123")
    assert "\x1b" not in shown
    assert "[bold]Mia: [red]{x}[2J\n   zweite Zeile" in shown


@pytest.mark.parametrize("command", [["show", "secnod"], ["delete", "secnod", "--yes"]])
def test_an_unknown_id_is_a_usage_error(kept: Sessions, command: list[str]) -> None:
    result = CliRunner().invoke(app, command)
    assert isinstance(result.exception, UsageError)
    assert result.exception.exit_code == 2
    assert result.exception.values["near"] == "second"


def test_delete_with_yes(kept: Sessions) -> None:
    assert run("delete", "first", "--yes") == "Gespräch first gelöscht.\n"
    assert [line.id for line in kept.list()] == ["second"]


def test_delete_without_a_terminal_and_without_yes_deletes_nothing(kept: Sessions) -> None:
    result = CliRunner().invoke(app, ["delete", "first"], input="j\n")
    assert isinstance(result.exception, UsageError)
    assert result.exception.key == "session_delete_unconfirmed"
    assert len(kept.list()) == 2


def at_a_terminal(typed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    keyboard, terminal = pty.openpty()
    os.write(keyboard, typed.encode())
    program = "from simulator.cli.sessions import app; app()"
    command = [sys.executable, "-c", program, *arguments]
    asked = subprocess.run(command, stdin=terminal, capture_output=True, text=True, check=False)
    os.close(keyboard)
    os.close(terminal)
    return asked


@pytest.mark.parametrize(
    ("typed", "code", "left"),
    [("j\n", 0, ["second"]), ("n\n", 1, ["second", "first"]), ("\n", 1, ["second", "first"])],
)
def test_delete_asks_at_a_terminal(kept: Sessions, typed: str, code: int, left: list[str]) -> None:
    asked = at_a_terminal(typed, "delete", "first")
    assert asked.returncode == code
    assert "Gespräch first vom 04.03.2025" in asked.stdout
    assert "endgültig löschen? [j/N]" in asked.stdout
    assert [line.id for line in kept.list()] == left


@pytest.mark.parametrize(("typed", "code", "left"), [("j\n", 0, ["other1"]), ("n\n", 1, None)])
def test_deleting_a_trainee_asks_and_says_how_many(
    kept: Sessions, typed: str, code: int, left: list[str] | None
) -> None:
    kept.begin((started("other1", trainee="Jens"), agent(1)))
    before = [line.id for line in kept.list()]
    asked = at_a_terminal(typed, "delete", "--trainee", "Mia")
    assert asked.returncode == code
    question = "Alle Gespräche von Mia (2) mit allen Notizen endgültig löschen? [j/N] "
    answer = "Nichts gelöscht.\n" if code else "Alles von Mia gelöscht (Gespräche: 2).\n"
    assert asked.stdout == question + answer
    assert [line.id for line in kept.list()] == (left or before)


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (["--trainee", "Mia"], "trainee_delete_unconfirmed"),
        (["--trainee", "mai", "--yes"], "trainee_unknown_near"),
        (["--trainee", "Ruprecht", "--yes"], "trainee_unknown"),
        (["--trainee", "", "--yes"], "trainee_unknown"),
        (["first", "--trainee", "Mia", "--yes"], "delete_which"),
        (["--yes"], "delete_which"),
    ],
)
def test_a_deletion_that_is_not_plainly_meant_deletes_nothing(
    kept: Sessions, arguments: list[str], key: str
) -> None:
    result = CliRunner().invoke(app, ["delete", *arguments], input="j\n")
    assert isinstance(result.exception, UsageError)
    assert result.exception.key == key
    assert result.exception.values.get("near", "Mia") == "Mia"
    assert len(kept.list()) == 2


NAME, WORD, ADVICE = "Ruprecht Zimtstern", "Blaubeerkuchen", "Quittengelee"


def test_a_trainee_leaves_no_trace_in_database_journal_or_cache(tmp_path: Path) -> None:
    home, cache = tmp_path / "daten", tmp_path / "ablage"
    places = {"HOERER_HOME": str(home), "HOERER_CACHE": str(cache)}

    def practised(name: str, words: str) -> None:
        options = ("--persona", "brandt", "--scenario", "internet-kuendigung", "--trainee", name)
        call = ("practice", "--plain", *options, "--model", script(tmp_path))
        assert hoerer(*call, stdin=f"{words}\nWas ist passiert?\n", **places).code == 0

    practised(NAME, f"Guten Tag, hier ist {NAME}, {WORD} für alle.")
    practised("Jens", "Guten Tag.")
    sessions = Sessions(home / "sessions.sqlite3")
    [own] = sessions.of_trainee(NAME)
    sessions.annotate(own.id, remark(text=f"{NAME}: {ADVICE}"))
    assert isinstance(sessions.events(own.id)[0], CallStarted)

    def traces() -> set[str]:
        files = [file for place in (home, cache) for file in place.rglob("*") if file.is_file()]
        sought = [word.encode() for word in (NAME, WORD, ADVICE, own.id)]
        return {f.name for f in files if any(word in f.read_bytes() for word in sought)}

    assert traces() == {"sessions.sqlite3"}
    said = hoerer("sessions", "delete", "--trainee", NAME, "--yes", **places)
    assert said.out == f"Alles von {NAME} gelöscht (Gespräche: 1).\n"
    assert traces() == set()
    assert [line.trainee for line in sessions.list()] == ["Jens"]
    assert len(sessions.events(sessions.list()[0].id)) > 4


def test_an_unknown_language_is_a_usage_error(home: Path) -> None:
    assert CliRunner().invoke(app, ["list", "--lang", "fr"]).exit_code == 2


def sealed(sessions: Sessions, end: bool) -> None:
    start = started("exam01").model_copy(update={"exam": PassMarks(), "guess": "Die \x1b[2JMiete."})
    events = [start, *call("exam01", exchanges=3)[1:]]
    if end:
        events.append(Session.of(events).ending(events[-1].at, "closed"))
    for event in events:
        sessions.append("exam01", event)


def test_an_exam_that_goes_on_tells_its_words_and_nothing_else(home: Path) -> None:
    sealed(Sessions(database()), end=False)
    line = next(each for each in run("list").splitlines() if each.startswith("exam01"))
    assert "läuft" in line and "60" not in line and "5,5" not in line
    [kept] = json.loads(run("list", "--json"))
    assert (kept["exam"], kept["score"]) == ("open", None)
    assert kept["anger_start"] == kept["anger_end"]
    told = run("show", "exam01")
    assert "Das tut mir leid." in told and "Diese Prüfung läuft noch" in told
    assert "Vermutung vor dem Gespräch: „Die [2JMiete.“" in told
    assert "Empathie ·" not in told.split("Prüfung mit den Grenzen")[1].split("\n", 1)[1]
    assert "5,5" not in told
    with pytest.raises(UsageError) as error:
        run("show", "exam01", "--json")
    assert error.value.key == "exam_open"


@pytest.mark.parametrize(
    "command", [("replay", "exam01"), ("report", "exam01", "-o", "report.html")]
)
def test_nothing_else_opens_it_either(home: Path, command: tuple[str, ...]) -> None:
    sealed(Sessions(database()), end=False)
    assert "läuft noch" in hoerer(*command, HOERER_HOME=str(home)).refused(2)


def test_an_exam_that_is_over_shows_its_result(home: Path) -> None:
    sealed(Sessions(database()), end=True)
    line = next(each for each in run("list").splitlines() if each.startswith("exam01"))
    assert "bestanden" in line and "60" in line
    told = run("show", "exam01", "--lang", "en")
    assert "✓ Empathy: 60.0 on average, pass mark 50: reached (3 of 3 replies scored)" in told
    assert "Every reply was scored." in told
    assert "neither meant nor fit for decisions about hiring" in told


def test_a_list_without_exams_says_nothing_of_them(kept: Sessions) -> None:
    assert "Prüfung" not in run("list")
