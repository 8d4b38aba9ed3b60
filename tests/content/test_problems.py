"""One broken file each: the exact lines that are printed, in both languages."""

import tomllib
from pathlib import Path

import pytest

from simulator.content.problems import Problem, closest
from simulator.domain.language import LANGUAGES
from simulator.i18n import Texts
from tests.content.examples import HERE, PERSONA, SCENARIO, SHORT_SCENARIO, found, lay_out

BROKEN = tomllib.loads((HERE / "broken.toml").read_text(encoding="utf-8"))


def broken(sound: str, case: dict) -> str:
    if "old" not in case:
        return case["new"]
    assert case["old"] in sound
    return sound.replace(case["old"], case["new"], 1)


@pytest.mark.parametrize("case", BROKEN["persona"], ids=lambda case: case["new"][:30])
def test_a_broken_persona(tmp_path, case):
    file = lay_out(tmp_path, {"keller": broken(PERSONA, case)}, {}) / "personas" / "keller.yaml"
    assert found(file, "en") == case["en"]
    assert found(file, "de") == case["de"]


@pytest.mark.parametrize("case", BROKEN["scenario"], ids=lambda case: case["new"][:30])
def test_a_broken_scenario(tmp_path, case):
    folder = lay_out(tmp_path, {"keller": PERSONA}, {"doppelt": broken(SCENARIO, case)})
    file = folder / "scenarios" / "doppelt.yaml"
    assert found(file, "en") == case["en"]
    assert found(file, "de") == case["de"]


def test_a_short_scenario(tmp_path):
    folder = lay_out(tmp_path, {"keller": PERSONA}, {"doppelt": SHORT_SCENARIO})
    assert found(folder / "scenarios" / "doppelt.yaml") == [
        f"doppelt.yaml:{line}:5: the scenario has 5 lines in this language and needs at least 40"
        " → write more"
        for line in (37, 56)
    ]


def test_the_sound_examples_have_no_problems(tmp_path):
    folder = lay_out(tmp_path, {"keller": PERSONA}, {"doppelt": SCENARIO})
    assert found(folder / "personas" / "keller.yaml") == []
    assert found(folder / "scenarios" / "doppelt.yaml") == []


def test_several_problems_come_in_the_order_of_the_file(tmp_path):
    text = PERSONA.replace("age: 47", "age: 5").replace("name: Ms", "nam: Ms")
    folder = lay_out(tmp_path, {"keller": text.replace("inertia: 0.3", "inertia: 1")}, {})
    printed = found(folder / "personas" / "keller.yaml")
    assert [line.split(":")[1] for line in printed] == ["1", "5", "38"]


def test_not_utf8(tmp_path):
    file = tmp_path / "keller.yaml"
    file.write_bytes("age: 5\nname: Müller".encode("latin-1"))
    assert found(file) == [
        "keller.yaml:2:8: from here on the file is not UTF-8 → save it as UTF-8 in your editor"
    ]


def test_a_byte_order_mark_is_no_problem(tmp_path):
    folder = lay_out(tmp_path, {}, {})
    file = folder / "personas" / "keller.yaml"
    file.write_text(PERSONA, encoding="utf-8-sig")
    assert found(file) == []


def test_too_large(tmp_path):
    file = tmp_path / "keller.yaml"
    file.write_text("a: " + "x" * 1_000_000)
    assert found(file) == ["keller.yaml:1:1: the file is larger than 1000000 bytes → split it"]


def test_a_file_name_that_is_no_id(tmp_path):
    file = lay_out(tmp_path, {"frau keller": PERSONA}, {}) / "personas" / "frau keller.yaml"
    assert found(file) == [
        "frau keller.yaml:1:1: “frau keller” cannot be an ID → "
        "use only letters, digits, - and _ in the file name"
    ]


def test_values_are_shown_on_one_line_and_cut():
    problem = Problem(Path("a.yaml"), 1, 1, "duplicate_key", {"name": "x\ny " * 50, "line": 2})
    printed = problem.render("en")
    assert "\n" not in printed
    assert "x y x y" in printed
    assert "…” is already given in line 2" in printed


def test_values_are_never_format_fields():
    problem = Problem(Path("a.yaml"), 1, 1, "unknown_key", {"name": "{line} [b]"}, "{x}")
    assert (
        problem.render("en")
        == "a.yaml:1:1: there is no key “{line} [b]” here → did you mean “{x}”?"
    )


def test_a_sentence_quotes_a_problem_in_its_language():
    problem = Problem(Path("a.yaml"), 1, 2, "no_value", {"name": "age"})
    assert f"{problem:en}" == "a.yaml:1:2: “age” has no value → add one or delete the line"
    assert (
        f"{problem:de}" == "a.yaml:1:2: „age“ hat keinen Wert → ergänze ihn oder lösche die Zeile"
    )


def test_closest_disregards_case():
    assert closest("STYLE", ["style", "lines"]) == "style"
    assert closest("zzz", ["style", "lines"]) == ""


def test_both_languages_have_the_same_sentences():
    german, english = (
        {key for key in Texts(language).keys if key.startswith("content.")}
        for language in LANGUAGES
    )
    assert german == english
