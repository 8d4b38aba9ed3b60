import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from simulator.cli.content import app
from simulator.errors import UsageError
from tests.content.examples import PERSONA, SCENARIO, lay_out


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    folder = lay_out(tmp_path / "home", {"keller": PERSONA}, {"doppelt": SCENARIO})
    monkeypatch.setenv("HOERER_HOME", str(folder))
    return folder


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_list_as_json(home):
    result = run("list", "--json", "--lang", "en")
    assert result.exit_code == 0
    listing = json.loads(result.stdout)
    assert {
        "id": "keller",
        "name": "Ms Keller",
        "age": 47,
        "temperament": "misstrauisch",
        "difficulty": 2,
        "summary": "Believes nothing she does not have in writing.",
    } in listing["personas"]
    [own] = [entry for entry in listing["scenarios"] if entry["id"] == "doppelt"]
    assert own["title"] == "Charged twice"
    assert own["channel"] == "phone"
    assert own["personas"] == ["keller"]


@pytest.mark.parametrize(
    ("lang", "persona", "scenario"),
    [
        ("de", "keller: Frau Keller, misstrauisch, Schwierigkeit 2 von 3.", "(Telefon, "),
        ("en", "keller: Ms Keller, suspicious, difficulty 2 of 3.", "(phone, "),
    ],
)
def test_the_list_for_people(lang, persona, scenario):
    result = run("list", "--lang", lang)
    assert result.exit_code == 0
    assert persona in result.stdout
    assert scenario in result.stdout


def test_the_list_says_what_was_left_out(home):
    (home / "personas" / "keller.yaml").write_text("[red]: x", encoding="utf-8")
    result = run("list", "--lang", "de", "--json")
    assert "keller" not in [entry["id"] for entry in json.loads(result.stdout)["personas"]]
    assert "hoerer content lint" in result.stderr


def test_lint_prints_every_problem_and_exits_with_2(home):
    file = home / "personas" / "keller.yaml"
    file.write_text(PERSONA.replace("age: 47", "age: 5\n'[b]x[/b]': 1"), encoding="utf-8")
    result = run("lint", file, "--lang", "en")
    assert result.exit_code == 2
    first, second = result.stdout.splitlines()
    assert first == f"{file}:1:6: “age” is 5, which is too small → use at least 14"
    assert second.startswith(f"{file}:2:1: there is no key “[b]x[/b]” here")


def test_lint_is_content(home):
    result = run("lint", home, "--lang", "de")
    assert result.exit_code == 0
    assert result.stdout == "Alles in Ordnung. Geprüfte Dateien: 6.\n"


def test_lint_of_an_empty_folder(tmp_path):
    (tmp_path / "empty").mkdir()
    result = run("lint", tmp_path / "empty", "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout == "There are no YAML files here; nothing to check.\n"


def test_a_missing_path(tmp_path):
    result = run("lint", tmp_path / "none.yaml")
    assert isinstance(result.exception, UsageError)
    assert result.exception.exit_code == 2


@pytest.mark.parametrize("command", ["list", "lint"])
def test_neither_torch_nor_textual_is_imported(command):
    program = (
        "import sys\n"
        "from simulator.cli.content import app\n"
        f"app(['{command}'], standalone_mode=False)\n"
        "heavy = {'torch', 'textual', 'transformers', 'sqlalchemy'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0
