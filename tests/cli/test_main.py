"""The command as a whole: help, languages, exit codes, and never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.settings import settings_file
from tests.cli.stage import command, hoerer, replies, script

CALL = ("--persona", "brandt", "--scenario", "internet-kuendigung")
NOUNS = (
    "practice", "simulate", "score", "content", "sessions", "train", "evaluate", "bench",
    "models", "doctor",
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "schwierige Kundengespräche"), ("en", "practise difficult customer calls")],
)
def test_help_speaks_the_users_language(language: str, said: str) -> None:
    shown = hoerer("--help", HOERER_LANG=language)
    assert shown.code == 0
    assert said in " ".join(shown.out.split())
    for noun in NOUNS:
        assert f"  {noun} " in shown.out


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_command_has_help(noun: str, language: str) -> None:
    shown = hoerer(noun, "--help", HOERER_LANG=language)
    assert shown.code == 0
    assert f"hoerer {noun}" in shown.out or f"{noun} [OPTIONS]" in shown.out


def test_help_imports_neither_torch_nor_textual() -> None:
    program = (
        "import sys\n"
        "from simulator.cli.main import app\n"
        "app(['--help'], standalone_mode=False)\n"
        "sys.exit(', '.join({'torch', 'textual', 'transformers'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["nope"],
        ["--nope"],
        ["simulate"],
        ["simulate", *CALL, "--agent", "x", "--seed", "abc"],
        ["simulate", *CALL, "--agent", "x", "--lang", "fr"],
        ["models", "use"],
        ["sessions", "nope"],
    ],
)
def test_wrong_arguments_are_exit_code_2(arguments: list[str]) -> None:
    shown = hoerer(*arguments)
    assert shown.code == 2
    assert shown.out == ""
    assert "Error" in shown.err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "Eine Persona „brant“ gibt es nicht; meintest du „brandt“?"),
        (["--lang", "de"], "Eine Persona „brant“ gibt es nicht; meintest du „brandt“?"),
        (["--lang", "en"], "There is no persona “brant”; did you mean “brandt”?"),
        (["--lang=en"], "There is no persona “brant”; did you mean “brandt”?"),
    ],
)
def test_an_error_is_one_sentence_in_the_asked_language(
    options: list[str], sentence: str, tmp_path: Path
) -> None:
    agent = replies(tmp_path, "Guten Tag.")
    call = ["--persona", "brant", "--scenario", "internet-kuendigung", "--agent", agent]
    assert hoerer("simulate", *call, *options).refused(2) == sentence


def test_text_of_the_users_is_said_as_it_is(tmp_path: Path) -> None:
    said = hoerer("models", "info", "[bold]{0}[/bold] ﷽ 🙂", "--lang", "en").refused(2)
    assert "[bold]{0}[/bold] ﷽ 🙂" in said


@pytest.mark.parametrize("content", ["", "{", '{"modell": "x"}', '{"model": 3}', "\udcff"])
def test_broken_settings(content: str) -> None:
    file = settings_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert str(file) in hoerer("models", "list").refused(2)


def test_a_failure_of_the_machine_is_exit_code_1(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "sessions.sqlite3").write_bytes(b"garbage " * 1000)
    said = hoerer("sessions", "list", HOERER_HOME=str(home)).refused(1)
    assert str(home / "sessions.sqlite3") in said


def test_a_path_the_system_refuses(tmp_path: Path) -> None:
    name = f"{'x' * 300}.yaml"
    said = hoerer("simulate", "--persona", name, "--scenario", "y", "--agent",
                  replies(tmp_path, "Guten Tag."))  # fmt: skip
    assert name in said.refused(1)


def test_nobody_reads_to_the_end() -> None:
    with subprocess.Popen(
        command("content", "list", "--json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()
        assert listing.stderr.read() == b""
    assert listing.returncode in {0, 1}


def test_a_terminal_without_umlauts_still_says_something() -> None:
    shown = hoerer("content", "list", PYTHONIOENCODING="ascii")
    assert shown.code == 0
    assert "brandt" in shown.out


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_a_command_quietly(tmp_path: Path) -> None:
    pipe = tmp_path / "agent.jsonl"
    os.mkfifo(pipe)
    arguments = ["simulate", *CALL, "--model", script(tmp_path), "--agent", str(pipe)]
    with subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        # The command has begun to read its replies when somebody can write to the pipe.
        writer = os.open(pipe, os.O_WRONLY)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
        os.close(writer)
    assert child.returncode == 130
    assert (out, err) == (b"", b"")


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_even_what_swallows_it() -> None:
    program = (
        "import time\n"
        "from simulator.cli import main\n"
        "main.GRACE = 0.2\n"
        "def swallow():\n"
        "    try:\n"
        "        print('here', flush=True)\n"
        "        time.sleep(60)\n"
        "    except BaseException:\n"
        "        time.sleep(60)\n"
        "main.app = swallow\n"
        "main.run()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"here\n"
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=30)
    assert (child.returncode, err) == (130, b"")
