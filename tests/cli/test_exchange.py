"""``hoerer sessions import`` and ``export`` on a real database, with the small scorer."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from simulator import switchboard
from simulator.cli import exchange
from simulator.domain.annotation import Remark
from simulator.domain.conversation import HeardTurn
from simulator.errors import StoreError, UsageError
from simulator.paths import database
from simulator.scoring.scorer import Scorer
from simulator.store.repository import Sessions
from tests.calls import NOON, agent, call, customer, ended
from tests.scoring.reading import HashReader, examples, heads

TEXT = """\
Kunde (Herr Meier): Guten Tag, Meier. Seit drei Wochen warte ich, Kundennummer 4829173!
Agent: Guten Tag Herr Meier, das tut mir leid.
Kunde (Herr Meier): Und was passiert jetzt?
Agent: Ich schicke Ihnen am Freitag um 10 Uhr jemanden vorbei.
Kunde (Herr Meier): Na gut.
"""
NOTE = Remark(id="note0001", author="Ute", at=NOON, turn=1, kind="praise", text="Schön.")

app = typer.Typer(rich_markup_mode=None)
app.command("import")(exchange.import_call)
app.command("export")(exchange.export_calls)


@pytest.fixture(autouse=True)
def _small_scorer(monkeypatch):
    monkeypatch.setenv("HOERER_LANG", "de")
    monkeypatch.setattr(switchboard, "open_reader", lambda _progress: HashReader())
    monkeypatch.setattr(
        switchboard, "open_scorer", lambda reader: Scorer(reader, heads(), examples())
    )


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "anruf.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def kept():
    sessions = Sessions(database())
    sessions.begin((*call("first"), ended()))
    sessions.begin(call("second", exchanges=1, minutes=10))
    sessions.annotate("first", NOTE)
    return sessions


def run(*arguments):
    result = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*arguments):
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert isinstance(result.exception, UsageError | StoreError), result.exception
    return result.exception.key


def only():
    [line] = Sessions(database()).list()
    return Sessions(database()).session(line.id)


def test_a_transcript_is_shown_scored_and_kept(file):
    said = run("import", file, "--yes", "--trainee", "Mia", "--title", "Technikertermin")
    session = only()
    assert session.id in said
    assert "anruf.txt: Text, Sprache Deutsch (geschätzt" in said
    assert "5 Redebeiträge: 2 von „Agent“" in said
    assert "3 von „Herr Meier“" in said
    assert "Agent: Guten Tag Herr Meier, das tut mir leid." in said
    assert "… und 1 weitere" in said
    assert session.from_outside
    assert (session.started.trainee, session.started.scenario) == ("Mia", "Technikertermin")
    assert session.started.persona == "Herr Meier"
    assert session.started.models == {"scorer": f"hash hash+{heads().fingerprint}"}
    assert [type(turn).__name__ for turn in session.turns] == [
        "HeardTurn", "AgentTurn", "HeardTurn", "AgentTurn", "HeardTurn",
    ]  # fmt: skip
    assert all(turn.scores.mean is not None for turn in session.agent_turns)
    assert session.ended is not None


def test_the_title_is_otherwise_that_of_the_file(file):
    run("import", file, "--yes", "--lang", "en")
    assert only().started.scenario == "anruf"
    assert only().started.language == "en"


def test_a_file_whose_name_is_no_text_is_kept_all_the_same(file):
    odd = os.fsencode(file.parent) + b"/anruf\xff.txt"
    Path(os.fsdecode(odd)).write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(app, ["import", os.fsdecode(odd), "--yes", "--json"])
    assert result.exit_code == 0, result.exception
    assert only().started.scenario == "anruf"


def test_masked_means_masked_everywhere(file):
    said = run("import", file, "--yes", "--mask", "--title", "Meier ruft an")
    assert "[Name 1] statt „Meier“" in said
    kept = "\n".join(e.model_dump_json() for e in Sessions(database()).events(only().id))
    assert "Meier" not in kept
    assert "4829173" not in kept
    assert only().started.persona == "Herr [Name 1]"
    assert only().started.scenario == "[Name 1] ruft an"
    assert "um 10 Uhr" in kept
    assert b"Meier" not in database().read_bytes()


def test_a_preview_keeps_nothing(file):
    said = run("import", file, "--preview", "--yes")
    assert "5 Redebeiträge" in said
    assert not database().exists()


def test_without_a_terminal_nothing_is_kept_unless_told_so(file):
    assert refused("import", file) == "import_unconfirmed"
    assert refused("import", file, "--json") == "import_unconfirmed"
    assert not database().exists()


def test_json(file):
    shown = json.loads(run("import", file, "--yes", "--json", "--mask"))
    assert shown["session"] == only().id
    assert (shown["form"], shown["language"], shown["guessed"]) == ("text", "de", True)
    assert shown["speakers"]["customer"] == {"name": "Herr [Name 1]", "turns": 3}
    assert shown["masked"] == {"name": 1, "number": 1}
    assert "Meier" not in json.dumps(shown)
    seen = json.loads(run("import", file, "--preview", "--json"))
    assert (seen["session"], seen["masked"], seen["problems"]) == (None, None, [])


def test_the_same_transcript_is_not_kept_twice(file):
    run("import", file, "--yes")
    assert refused("import", file, "--yes") == "session_exists"
    run("import", file, "--yes", "--trainee", "Mia")
    assert len(Sessions(database()).list()) == 2


def test_problems_are_shown_with_their_line(tmp_path):
    path = tmp_path / "anruf.csv"
    path.write_bytes("sprecher;text\nKunde;Größe?\nSystem;[red]\x1b[2J\nAgent;Ja.".encode("cp1252"))
    said = run("import", path, "--preview")
    assert "Zeile 3: „System“ ist weder" in said
    assert "Größe?" in said


@pytest.mark.parametrize("content", [b"\x00", b"", b"Hallo", b'{"speaker": 1}', b"speaker,text\na"])
def test_a_broken_file_is_refused(tmp_path, content):
    path = tmp_path / "kaputt"
    path.write_bytes(content)
    assert refused("import", path, "--yes").startswith("outside_")
    assert refused("import", tmp_path, "--yes") == "import_file"


def test_words_of_the_file_reach_the_terminal_as_words(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("Kunde (\x1b[31m[b]): a\x1b[2J\nHerr \x07X: b\nAgent: ja", encoding="utf-8")
    assert "\x1b" not in run("import", path, "--preview")


@pytest.mark.parametrize(("typed", "count"), [("j\n", 1), ("n\n", 0), ("\n", 0)])
def test_at_a_terminal_it_asks(file, tmp_path, typed, count):
    whole = tmp_path / "calls.json"
    Sessions(database()).begin((*call("first"), ended()))
    run("export", "first", "-o", whole)
    Sessions(database()).delete("first")
    keyboard, terminal = pty.openpty()
    os.write(keyboard, typed.encode())
    program = (
        "import typer; from simulator.cli import exchange; app = typer.Typer();"
        "app.command()(exchange.import_call); app()"
    )
    asked = subprocess.run(
        [sys.executable, "-c", program, str(whole)],
        stdin=terminal, capture_output=True, text=True, check=False,
    )  # fmt: skip
    os.close(keyboard)
    os.close(terminal)
    assert "Prüfsumme stimmt, Gespräche: 1" in asked.stdout
    assert "[j/N]" in asked.stdout
    assert asked.returncode == 1 - count
    assert len(Sessions(database()).list()) == count


def test_a_bundle_goes_from_desk_to_desk_and_back(kept, tmp_path, monkeypatch):
    whole = tmp_path / "anruf.json"
    assert str(whole) in run("export", "fir", "-o", whole)
    monkeypatch.setenv("HOERER_HOME", str(tmp_path / "coach"))
    assert "first: aufgenommen, Anmerkungen: 1." in run("import", whole, "--yes")
    coach = Sessions(database())
    assert coach.events("first") == kept.events("first")
    assert coach.notes("first") == (NOTE,)
    more = NOTE.model_copy(update={"id": "note0002", "text": "Noch etwas."})
    coach.annotate("first", more)
    run("export", "first", "-o", whole, "--force")
    monkeypatch.setenv("HOERER_HOME", str(tmp_path / "hoerer"))
    back = json.loads(run("import", whole, "--yes", "--json"))
    assert back["calls"][0] | {"trainee": "Mia"} == {
        "id": "first", "trainee": "Mia", "replies": 2, "notes": 2,
        "new": False, "events_added": 0, "notes_added": 1,
    }  # fmt: skip
    assert kept.notes("first") == (NOTE, more)
    assert "Anmerkungen: 0" in run("import", whole, "--yes")


def test_a_bundle_that_contradicts_what_is_kept_is_refused(kept, tmp_path):
    whole = tmp_path / "anruf.json"
    run("export", "second", "-o", whole)
    kept.delete("second")
    kept.begin((*call("second", exchanges=0, minutes=10), agent(1, "Anders."), customer(1)))
    assert refused("import", whole, "--yes") == "session_differs"


def test_a_bundle_is_kept_as_it_is_or_refused(kept, tmp_path):
    whole = tmp_path / "anruf.json"
    run("export", "first", "-o", whole)
    for option in (["--mask"], ["--lang", "de"], ["--trainee", "Jo"], ["--title", "x"]):
        assert refused("import", whole, "--yes", *option) == "bundle_as_it_is"
    whole.write_text(whole.read_text(encoding="utf-8").replace("leid", "Leid"), encoding="utf-8")
    assert refused("import", whole, "--yes") == "bundle_damaged"


def test_everything_about_a_trainee_is_in_one_file(kept, tmp_path):
    whole = json.loads(run("export", "--trainee", "Mia"))
    assert [one["events"][0]["session"] for one in whole["calls"]] == ["first", "second"]
    assert whole["calls"][0]["notes"][0]["text"] == "Schön."
    lines = run("export", "--trainee", "Mia", "--format", "jsonl").splitlines()
    assert len(lines) == len(kept.events("first")) + len(kept.events("second")) + 1
    found = json.loads(run("export", "--trainee", "Mia", "--format", "xapi"))
    assert len(found) == 1 + 2 + 1 + 1 + 1 + 1
    assert refused("export", "--trainee", "Jo") == "trainee_unknown"


def test_kept_lines_are_the_trainees_and_go_only_with_everything_of_theirs(kept, tmp_path):
    kept.keep_line("first", 2)
    assert "kept_lines" not in run("export", "first")
    everything = tmp_path / "alles.json"
    run("export", "--trainee", "Mia", "-o", everything)
    kept.delete_trainee("Mia")
    run("import", everything, "--yes")
    assert kept.kept_lines(["first", "second"]) == {("first", 2)}


def test_csv_has_a_row_per_exchange(kept, tmp_path):
    path = tmp_path / "anruf.csv"
    run("export", "first", "--format", "csv", "-o", path)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 3
    assert rows[0][0] == "Gespräch"


def test_what_to_export_must_be_said(kept):
    assert refused("export") == "export_what"
    assert refused("export", "first", "--trainee", "Mia") == "export_what"
    assert refused("export", "nirgends") == "session_unknown"


def test_no_file_is_overwritten_by_accident(kept, tmp_path):
    path = tmp_path / "da.json"
    path.write_text("meins", encoding="utf-8")
    assert refused("export", "first", "-o", path) == "export_exists"
    assert path.read_text(encoding="utf-8") == "meins"
    run("export", "first", "-o", path, "--force")
    assert json.loads(path.read_text(encoding="utf-8"))["format"] == "hoerer-calls"


def test_a_call_from_outside_travels_like_any_other(file, tmp_path):
    run("import", file, "--yes")
    before = Sessions(database()).events(only().id)
    whole = tmp_path / "weiter.json"
    run("export", only().id, "-o", whole)
    Sessions(database()).delete(only().id)
    run("import", whole, "--yes")
    assert Sessions(database()).events(only().id) == before
    assert any(isinstance(event, HeardTurn) for event in before)


def test_the_desk_loads_neither_torch_nor_the_screen_for_a_preview(file):
    program = (
        "import sys, typer; from simulator.cli import exchange; app = typer.Typer();"
        "app.command()(exchange.import_call);\n"
        "try: app()\n"
        "finally: print([m for m in ('torch', 'textual', 'sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(file), "--preview"],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
