"""``hoerer content preview``: the prompt and three turns in each state, or the written lines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from simulator.content.catalogue import Catalogue
from simulator.customer.prompt import anger_word
from simulator.evaluation.preview import STANDS
from tests.cli.stage import hoerer, script

CASE = Catalogue.load().scenario("internet-kuendigung")


def test_three_turns_in_each_state(tmp_path: Path) -> None:
    shown = hoerer("content", "preview", "brandt", "--model", script(tmp_path), "--lang", "de")
    assert (shown.code, shown.err) == (0, "")
    lines = shown.out.splitlines()
    assert lines[0].startswith("Herr Brandt · ")
    states = [line for line in lines if line.startswith("── ")]
    assert [line.split()[1] for line in states] == [
        anger_word(stand.anger, "de").split()[0] for stand in STANDS
    ]
    assert sum(line.startswith("  Agent: ") for line in lines) == 15
    answers = [line for line in lines if line.startswith("  Kunde [")]
    assert len(answers) == 15
    assert sum("vom Modell" in line or "geschrieben" in line for line in lines) == 15
    assert len(set(answers)) > 5


@pytest.mark.parametrize(("language", "first"), [("de", "Kunde: Herr"), ("en", "Customer: Mr")])
def test_without_a_model_the_prompt_and_every_written_line(language: str, first: str) -> None:
    shown = hoerer("content", "preview", CASE.id, "--without-model", "--lang", language)
    assert (shown.code, shown.err) == (0, "")
    assert first in shown.out
    told = shown.out.splitlines()
    text = CASE.text("en" if language == "en" else "de")
    for line in text.lines:
        [shown_line] = [each for each in told if each.startswith(f"  • {line.text}")]
        assert not line.fact or line.fact in shown_line
    assert sum(each.startswith("  • ") for each in told) > len(text.lines)


def test_without_a_model_nothing_heavy_is_loaded() -> None:
    program = (
        "import sys\n"
        "from simulator.cli.main import app\n"
        "app(['content', 'preview', 'brandt', '--without-model'], standalone_mode=False)\n"
        "heavy = {'torch', 'textual', 'transformers'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.stderr, done.returncode) == (b"", 0)


def test_words_that_steer_a_terminal_are_shown_without_that(tmp_path: Path) -> None:
    wild = tmp_path / "wild.txt"
    wild.write_text("Ich \x1b[31mwarte \x07 [b]immer[/b] noch.", encoding="utf-8")
    shown = hoerer("content", "preview", CASE.id, "--model", f"scripted:{wild}")
    assert shown.code == 0
    assert "\x1b" not in shown.out and "\x07" not in shown.out


def test_an_unknown_name_is_one_sentence() -> None:
    shown = hoerer("content", "preview", "brant", "--lang", "de")
    assert shown.refused(2) == (
        "Weder eine Persona noch ein Szenario heißt „brant“; meintest du „brandt“?"
    )
