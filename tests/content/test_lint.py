import re
from pathlib import Path

import pytest

from simulator.content.lint import files_in, kind_of, lint
from simulator.errors import UsageError
from tests.content.examples import PERSONA, SCENARIO, SHORT_SCENARIO, SHORT_SCRIPT, lay_out

ROOT = Path(__file__).parents[2]


def test_shipped_content_has_no_problems():
    files = files_in()
    assert files
    assert [problem.render("en") for problem in lint()] == []


def test_a_folder_is_searched_to_any_depth(tmp_path):
    deep = lay_out(tmp_path / "a" / "b", {"keller": PERSONA}, {"doppelt": SCENARIO})
    (deep / "personas" / "zweite.yml").write_text("age: 5", encoding="utf-8")
    (deep / "notes.txt").write_text("no content")
    assert {problem.path.name for problem in lint([tmp_path])} == {"zweite.yml"}
    assert len(files_in([tmp_path, deep])) == 7


def test_two_files_with_one_id(tmp_path):
    laid = lay_out(tmp_path, {"keller": PERSONA}, {})
    (laid / "personas" / "keller.yml").write_text(PERSONA, encoding="utf-8")
    printed = {problem.path.name: problem.render("en") for problem in lint([tmp_path])}
    assert set(printed) == {"keller.yaml", "keller.yml"}
    assert printed["keller.yml"].endswith(
        "keller.yml:1:1: beside this file lies “keller.yaml” with the same ID, and only one of the"
        " two is read → rename or delete one"
    )


def test_the_kind_follows_the_folder_then_the_keys(tmp_path):
    laid = lay_out(tmp_path, {"odd": "channel: phone"}, {"even": "age: 5"})
    assert kind_of(laid / "personas" / "odd.yaml") == "persona"
    assert kind_of(laid / "scenarios" / "even.yaml") == "scenario"
    for text, kind in ((PERSONA, "persona"), (SCENARIO, "scenario")):
        file = tmp_path / "loose.yaml"
        file.write_text(text, encoding="utf-8")
        assert kind_of(file) == kind


def test_own_content_is_checked_by_default(home):
    lay_out(home, {"keller": "age: 5"}, {})
    assert home / "personas" / "keller.yaml" in {problem.path for problem in lint()}


def test_a_path_that_does_not_exist(tmp_path):
    with pytest.raises(UsageError) as raised:
        lint([tmp_path / "none"])
    assert raised.value.key == "content_path_missing"


@pytest.mark.parametrize("page", ["authors.md", "autoren.md"])
def test_the_examples_of_the_guides_are_the_ones_tested_here(page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) == [
        PERSONA,
        SHORT_SCENARIO,
        SHORT_SCRIPT,
    ]


@pytest.mark.parametrize(("page", "language"), [("authors.md", "en"), ("autoren.md", "de")])
def test_the_printed_problem_of_the_guides_is_what_lint_prints(tmp_path, page, language):
    folder = lay_out(tmp_path, {"keller": PERSONA.replace("misstr", "mistr")}, {})
    [problem] = lint([folder])
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert problem.render(language).removeprefix(f"{folder}/") in text


def test_a_script_is_checked_for_its_name_and_its_form(tmp_path):
    scripts = tmp_path / "scenarios" / "scripts"
    scripts.mkdir(parents=True)
    for name, text in (
        ("internet-kuendigung.good", SHORT_SCRIPT),
        ("internet-kuendigung.best", SHORT_SCRIPT),
        ("internet-kuendigung.poor", "de: []\nen: [Hello.]\n"),
    ):
        (scripts / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = {problem.path.name: problem.key for problem in lint([tmp_path])}
    assert found == {
        "internet-kuendigung.best.yaml": "bad_script_name",
        "internet-kuendigung.poor.yaml": "empty_list",
    }
