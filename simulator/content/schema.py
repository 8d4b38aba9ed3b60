"""JSON Schema files, from which editors complete, explain and check what an author writes.

They say what the models of :mod:`simulator.domain` say; what depends on more than one place of a
file is for lint. The descriptions stand there in both languages: an editor knows no ``--lang``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from pydantic import BaseModel

from simulator.content.loader import MANIFEST, SCRIPTS
from simulator.content.nodes import Plain
from simulator.domain.language import LANGUAGES
from simulator.domain.pack import Pack
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.domain.script import Script
from simulator.i18n import Texts

Object = dict[str, Plain]

MODELS: dict[str, type[BaseModel]] = {
    "persona": Persona,
    "scenario": Scenario,
    "script": Script,
    "pack": Pack,
}
"""The kinds of files there are."""

_FOLDERS = {
    "persona": Path("personas"),
    "scenario": Path("scenarios"),
    "script": Path("scenarios") / SCRIPTS,
    "pack": Path(),
}


def schema_file(kind: str) -> Path:
    """Return where the schema of a kind lies in a folder of content: beside its files."""
    return _FOLDERS[kind] / f"{kind}.schema.json"


def schema_line(kind: str) -> str:
    """Return the comment by which a file names the schema beside it to an editor."""
    return f"# yaml-language-server: $schema={schema_file(kind).name}"


def schema_text(kind: str) -> str:
    """Return the text of a schema file."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=1) + "\n"


def schema(kind: str) -> Object:
    """Return the JSON Schema (draft 7, which every editor knows) of a kind of file."""
    model = MODELS[kind]
    made = cast("Object", model.model_json_schema(ref_template="#/definitions/{model}"))
    definitions = cast("dict[str, Object]", made.pop("$defs", {}))
    _without(made, "id")
    for name, part in [(model.__name__, made), *definitions.items()]:
        _describe(name, part, definitions)
    head: Object = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"Hörer: {MANIFEST if kind == 'pack' else kind}",
    }
    everything = json.dumps([made, definitions])
    used = {name: each for name, each in definitions.items() if f'/{name}"' in everything}
    rest: Object = {"definitions": cast("Plain", used)} if used else {}
    return head | cast("Object", _untitled(made)) | cast("Object", _untitled(rest))


def described(name: str) -> str:
    """Return under which table of ``fields`` the fields of a class of the domain are explained."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _describe(name: str, part: Object, definitions: dict[str, Object]) -> None:
    """Put what authors are told of a class in place of what programmers are told."""
    part.pop("description", None)
    properties = cast("dict[str, Object]", part.get("properties", {}))
    for field, value in properties.items():
        value["description"] = _both(f"fields.{described(name)}.{field}")
        if "propertyNames" in value:
            _spell_out(value, definitions)


def _spell_out(value: Object, definitions: dict[str, Object]) -> None:
    """Replace "any of these words" as a key by the keys themselves, for an editor to offer."""
    reference = cast("Object", value.pop("propertyNames"))["$ref"]
    name = str(reference).rpartition("/")[2]
    entry = cast("Object", value["additionalProperties"])
    value["properties"] = {
        str(word): {**entry, "description": _both(f"fields.{described(name)}.{word}")}
        for word in cast("list[Plain]", definitions[name]["enum"])
    }
    value["additionalProperties"] = False


def _both(key: str) -> str:
    return "\n\n".join(Texts(language)(key) for language in LANGUAGES)


def _without(made: Object, name: str) -> None:
    """Take out what is not in the file: the id is its name."""
    cast("Object", made["properties"]).pop(name, None)
    made["required"] = [each for each in cast("list[Plain]", made["required"]) if each != name]


def _untitled(value: Plain, named: bool = False) -> Plain:
    """Leave out pydantic's titles; among ``named`` properties, "title" is one of ours."""
    if isinstance(value, list):
        return [_untitled(each) for each in value]
    if not isinstance(value, dict):
        return value
    return dict(_entries(value, named))


def _entries(value: Object, named: bool) -> Iterator[tuple[str, Plain]]:
    for name, each in value.items():
        if named or name != "title":
            among = not named and name in {"properties", "definitions"}
            yield name, _untitled(each, among)
