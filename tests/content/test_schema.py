"""The schema files say what the loader says, as far as a schema can."""

import json
import tomllib

import pytest

from simulator import paths
from simulator.content.lint import files_in, kind_of
from simulator.content.loader import examine_persona, examine_scenario
from simulator.content.nodes import plain
from simulator.content.parsing import libyaml, parse
from simulator.content.problems import Findings
from simulator.content.schema import MODELS, schema, schema_file, schema_line, schema_text
from simulator.domain.act import Act
from simulator.i18n import Texts
from tests.content.examples import HERE, PERSONA, SCENARIO, SHORT_SCRIPT, lay_out
from tests.content.json_schema import violations

SHIPPED = files_in()
KINDS = {file: kind_of(file) for file in SHIPPED}
SCHEMAS = {kind: schema(kind) for kind in MODELS}
BROKEN = tomllib.loads((HERE / "broken.toml").read_text(encoding="utf-8"))
SHAPE = {"unknown_key", "missing_key", "missing_de", "missing_en", "no_value", "not_text"}
SHAPE |= {"empty_text", "bad_id", "not_whole", "not_number", "not_boolean", "not_list"}
SHAPE |= {"not_entries", "empty_list", "unknown_choice", "unknown_cue", "unknown_act"}
SHAPE |= {"too_small", "too_large_value", "unfitting", "superfluous_key", "misplaced_language"}


def value_of(text):
    root = parse(text, libyaml, Findings(HERE))
    return plain(root) if root is not None else None


@pytest.mark.parametrize("kind", ["persona", "scenario", "script"])
def test_the_shipped_schema_file_is_the_one_the_models_give(kind):
    file = paths.shipped("personas").parent / schema_file(kind)
    assert file.read_text(encoding="utf-8") == schema_text(kind), (
        "run “hoerer content schema --into .” in the repository"
    )


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_shipped_content_names_its_schema_and_satisfies_it(file):
    kind = KINDS[file]
    text = file.read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first == schema_line(kind)
    assert (file.parent / first.rpartition("=")[2]).is_file()
    assert violations(value_of(text), SCHEMAS[kind]) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [("persona", PERSONA), ("scenario", SCENARIO), ("script", SHORT_SCRIPT)],
)
def test_the_examples_satisfy_it(kind, text):
    assert violations(value_of(text), SCHEMAS[kind]) == []


def test_a_pack_satisfies_it():
    sound = {"name": "A", "version": "1.0", "licence": "CC0-1.0", "languages": ["de"]}
    assert violations(sound, SCHEMAS["pack"]) == []
    assert violations({**sound, "languages": []}, SCHEMAS["pack"]) == ["/languages: minItems"]
    assert violations({**sound, "version": 1.0}, SCHEMAS["pack"]) == ["/version: type string"]


@pytest.mark.parametrize(
    ("kind", "case"),
    [(kind, case) for kind in ("persona", "scenario") for case in BROKEN[kind] if "old" in case],
    ids=lambda part: part if isinstance(part, str) else part["new"][:30],
)
def test_the_schema_finds_what_the_loader_finds_in_the_form(tmp_path, kind, case):
    sound = {"persona": PERSONA, "scenario": SCENARIO}[kind]
    text = sound.replace(case["old"], case["new"], 1)
    file = lay_out(tmp_path, {"keller": text}, {"doppelt": text}) / f"{kind}s"
    if kind == "persona":
        problems = examine_persona(file / "keller.yaml").problems
    else:
        problems = examine_scenario(file / "doppelt.yaml", {"keller"}).problems
    value = value_of(text)
    if value is None or {problem.key for problem in problems} - SHAPE:
        # no YAML at all, or beyond what a schema can say
        return
    assert bool(violations(value, SCHEMAS[kind])) == bool(problems)


def test_every_field_is_explained_in_both_languages():
    def explained(part):
        for name, value in part.get("properties", {}).items():
            german, english = value["description"].split("\n\n")
            assert german != english, name
            assert "``" not in german + english
        for definition in part.get("definitions", {}).values():
            explained(definition)

    for made in SCHEMAS.values():
        explained(made)
        assert "``" not in json.dumps(made)


def test_the_dialogue_acts_are_offered_one_by_one():
    lines = SCHEMAS["persona"]["definitions"]["PersonaText"]["properties"]["lines"]
    assert list(lines["properties"]) == [act.value for act in Act]
    assert lines["additionalProperties"] is False


def test_the_id_is_no_key_of_a_file_but_one_of_a_fact():
    assert "id" not in SCHEMAS["scenario"]["properties"]
    assert "id" in SCHEMAS["scenario"]["definitions"]["Fact"]["required"]


def test_no_explanation_is_left_over():
    used = {text for made in SCHEMAS.values() for text in _descriptions(made)}
    for language in ("de", "en"):
        texts = Texts(language)
        for key in (key for key in texts.keys if key.startswith("fields.")):
            assert any(texts(key) in text for text in used), key


def _descriptions(part):
    if isinstance(part, dict):
        if isinstance(part.get("description"), str):
            yield part["description"]
        for value in part.values():
            yield from _descriptions(value)
    elif isinstance(part, list):
        for value in part:
            yield from _descriptions(value)
