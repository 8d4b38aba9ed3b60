"""``hoerer content test``: a chart, a verdict for each measure, and an exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.domain.script import PROFILES
from simulator.evaluation.trial import CHECKS
from tests.cli.stage import Said, hoerer, script
from tests.content.examples import PERSONA, SCENARIO, lay_out

REPLIES = {
    "de": '["Was ist passiert?", "Das sehe ich mir jetzt an."]',
    "en": '["What has happened?", "I will look into it now."]',
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = lay_out(tmp_path / "home", {"keller": PERSONA}, {"doppelt": SCENARIO})
    scripts = folder / "scenarios" / "scripts"
    scripts.mkdir(exist_ok=True)
    for profile in PROFILES:
        text = f"de: {REPLIES['de']}\nen: {REPLIES['en']}\n"
        (scripts / f"doppelt.{profile}.yaml").write_text(text, encoding="utf-8")
    return folder


def tried(home: Path, *options: str) -> Said:
    model = ("--model", script(home))
    return hoerer("content", "test", "doppelt", *model, *options, HOERER_HOME=str(home))


def test_a_scenario_that_nobody_can_calm_fails_with_its_chart(home: Path) -> None:
    shown = tried(home, "--lang", "de")
    assert shown.code == 1
    lines = shown.out.splitlines()
    assert lines[0] == "Frau Keller · Zweimal abgebucht"
    assert "Ärger des Kunden (0 bis 10) nach jeder Antwort" in shown.out
    assert sum("┤" in line or "│" in line for line in lines) == 11
    verdicts = [line for line in lines if line.startswith(("✓", "✗", "–"))]
    assert len(verdicts) == len(CHECKS)
    assert all(len(line) <= 80 for line in lines[: lines.index(verdicts[-1])])
    order = next(line for line in verdicts if "gut < gemischt < schlecht" in line)
    assert order.startswith("✗ verfehlt") and order.endswith("0 von 1, soll ≥ 95 %")
    assert lines[-1].startswith("Nicht bestanden; ")
    # one line for each call on the way
    assert [line.split(",")[0] for line in shown.err.splitlines()] == [
        "gut",
        "gemischt",
        "schlecht",
        "Floskeln",
    ]


def test_as_json_every_figure_is_there(home: Path) -> None:
    shown = tried(home, "--json", "--seeds", "2", "--lang", "en")
    assert shown.code == 1
    told = json.loads(shown.out)
    assert (told["persona"], told["scenario"], told["lang"], told["seeds"]) == (
        "keller",
        "doppelt",
        "en",
        2,
    )
    assert told["passed"] is False
    assert set(told["checks"]) == set(CHECKS.values())
    assert told["checks"]["order"] == {"value": 0, "n": 2, "wanted": "≥ 95 %", "passed": False}
    assert set(told["anger"]) == set(PROFILES)
    assert told["anger"]["good"][0] == 6


def test_a_missing_script_is_one_sentence_and_nothing_is_played(home: Path) -> None:
    (home / "scenarios" / "scripts" / "doppelt.gaming.yaml").unlink()
    sentence = tried(home, "--lang", "en").refused(2)
    assert "scripts/doppelt.gaming.yaml" in sentence and "docs/authors.md" in sentence
