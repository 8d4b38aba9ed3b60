"""What ``content new`` writes is sound but for what the author has to say."""

import re

import pytest

from simulator.content.lint import lint
from simulator.content.loader import examine_persona, examine_scenario
from simulator.content.nodes import plain
from simulator.content.parsing import libyaml, parse
from simulator.content.problems import Findings
from simulator.content.schema import schema, schema_line
from simulator.content.template import template, write_new, write_schemas
from simulator.customer.proof import Proof
from simulator.domain.language import LANGUAGES
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.domain.script import PROFILES
from simulator.errors import UsageError
from simulator.i18n import Texts
from tests.content.json_schema import violations


def filled(text: str) -> str:
    """Fill in whatever is asked for, each time with words that occur nowhere else."""
    count = 0

    def answer(_found):
        nonlocal count
        count += 1
        first, second = divmod(count, 20)
        start = "bcdfghjklmnpqrstvwxz"[first] + "a" + "bcdfghjklmnpqrstvwxz"[second]
        return f'"{start}ona {start}uli {start}emo."'

    marks = "|".join(re.escape(Texts(language)("template.fill_in")) for language in LANGUAGES)
    return re.sub(f'"(?:{marks})[^"]*"', answer, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_persona_and_scenario_lack_only_what_is_to_be_filled_in(tmp_path, language):
    files = write_new("persona", "krause", tmp_path, language)
    files += write_new("scenario", "paket", tmp_path, language)
    assert [file.name for file in files] == [
        "krause.yaml",
        "paket.yaml",
        *(f"paket.{profile}.yaml" for profile in PROFILES),
    ]
    assert {problem.key for problem in lint([tmp_path], Proof())} == {"unfilled"}
    for file in files:
        file.write_text(filled(file.read_text(encoding="utf-8")), encoding="utf-8")
    assert [problem.render("en") for problem in lint([tmp_path], Proof())] == []


@pytest.mark.parametrize("name", ["persona", "scenario", *PROFILES])
def test_a_template_satisfies_its_schema_in_both_languages(name):
    kind = "script" if name in PROFILES else name
    for language in LANGUAGES:
        root = parse(template(name, language), libyaml, Findings(None))
        assert violations(plain(root), schema(kind)) == []


def test_only_comments_and_blanks_depend_on_the_language():
    def rest(text):
        return [
            re.sub('".*"', "", line)
            for line in text.splitlines()
            if not line.lstrip().startswith("#")
        ]

    for name in ("persona", "scenario", *PROFILES):
        assert rest(template(name, "de")) == rest(template(name, "en"))


@pytest.mark.parametrize(("name", "model"), [("persona", Persona), ("scenario", Scenario)])
def test_every_field_stands_in_the_template_with_its_explanation(name, model):
    text = template(name, "en")
    for field in set(model.model_fields) - {"id"}:
        first = Texts("en")(f"fields.{name}.{field}").split(". ")[0].split()[:4]
        assert re.search(rf"^{field}:", text, re.MULTILINE)
        assert " ".join(first) in text


def test_an_unfilled_template_does_not_reach_the_app(tmp_path):
    [persona] = write_new("persona", "krause", tmp_path, "de")
    scenario = write_new("scenario", "paket", tmp_path, "de")[0]
    assert examine_persona(persona).value is None
    assert examine_scenario(scenario, {"brandt", "hoffmann"}).value is None


@pytest.mark.parametrize("taken", ["scenarios/paket.yaml", "scenarios/scripts/paket.poor.yaml"])
def test_nothing_is_overwritten_and_nothing_half_written(tmp_path, taken):
    file = tmp_path / taken
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    with pytest.raises(UsageError) as raised:
        write_new("scenario", "paket", tmp_path, "de")
    assert raised.value.key == "content_exists"
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [file]
    assert file.read_text() == "mine"


@pytest.mark.parametrize("name", ["../b", "a b", "a/b", "", ".x", "a.good"])
def test_a_name_that_is_no_id(tmp_path, name):
    with pytest.raises(UsageError) as raised:
        write_new("persona", name, tmp_path, "de")
    assert raised.value.key == "content_bad_id"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError) as raised:
        write_new("persona", "krause", tmp_path / "file", "de")
    assert raised.value.key == "content_not_writable"


def test_the_schemas_are_laid_beside_and_an_older_one_stays(tmp_path):
    (tmp_path / "personas").mkdir()
    old = tmp_path / "personas" / "persona.schema.json"
    old.write_text("{}")
    [file] = write_new("persona", "krause", tmp_path, "en")
    assert file.read_text(encoding="utf-8").startswith(schema_line("persona") + "\n")
    assert old.read_text() == "{}"
    assert old in write_schemas(tmp_path)
    assert '"age"' in old.read_text(encoding="utf-8")
    assert (tmp_path / "pack.schema.json").is_file()
