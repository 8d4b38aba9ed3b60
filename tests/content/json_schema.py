"""As much of JSON Schema (draft 7) as our schema files use; anything else in one is an error."""

from __future__ import annotations

import re

from simulator.content.nodes import Plain

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
SILENT = {"$schema", "title", "description", "default", "definitions"}


def violations(value: Plain, schema: dict, root: dict | None = None, at: str = "") -> list[str]:
    """Return where ``value`` breaks ``schema``, and which of its words."""
    root = root or schema
    found: list[str] = []
    for word, wanted in schema.items():
        if word in SILENT:
            continue
        found += _RULES[word](value, wanted, schema, root, at)
    return found


def _ref(value, wanted, _schema, root, at):
    assert wanted.startswith("#/definitions/")
    return violations(value, root["definitions"][wanted.rpartition("/")[2]], root, at)


def _type(value, wanted, _schema, _root, at):
    right = isinstance(value, TYPES[wanted])
    if wanted in {"integer", "number"} and isinstance(value, bool):
        right = False
    return [] if right else [f"{at}: type {wanted}"]


def _properties(value, wanted, _schema, root, at):
    if not isinstance(value, dict):
        return []
    return [
        each
        for name, part in wanted.items()
        if name in value
        for each in violations(value[name], part, root, f"{at}/{name}")
    ]


def _additional(value, wanted, schema, root, at):
    if not isinstance(value, dict):
        return []
    others = {n: part for n, part in value.items() if n not in schema.get("properties", {})}
    if wanted is False:
        return [f"{at}/{name}: unknown" for name in others]
    return [
        each for n, part in others.items() for each in violations(part, wanted, root, f"{at}/{n}")
    ]


def _required(value, wanted, _schema, _root, at):
    if not isinstance(value, dict):
        return []
    return [f"{at}/{name}: missing" for name in wanted if name not in value]


def _items(value, wanted, _schema, root, at):
    if not isinstance(value, list):
        return []
    return [
        each
        for index, item in enumerate(value)
        for each in violations(item, wanted, root, f"{at}/{index}")
    ]


def _any_of(value, wanted, _schema, root, at):
    fits = any(not violations(value, part, root, at) for part in wanted)
    return [] if fits else [f"{at}: none of"]


def _holds(name, kind, test):
    def rule(value, wanted, _schema, _root, at):
        measured = isinstance(value, kind) and not isinstance(value, bool)
        return [f"{at}: {name}"] if measured and not test(value, wanted) else []

    return rule


_RULES = {
    "$ref": _ref,
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "required": _required,
    "items": _items,
    "anyOf": _any_of,
    "enum": lambda value, wanted, *rest: [] if value in wanted else [f"{rest[-1]}: enum"],
    "minItems": _holds("minItems", list, lambda value, least: len(value) >= least),
    "minLength": _holds("minLength", str, lambda value, least: len(value) >= least),
    "minimum": _holds("minimum", (int, float), lambda value, least: value >= least),
    "maximum": _holds("maximum", (int, float), lambda value, most: value <= most),
    "pattern": _holds("pattern", str, lambda value, pattern: bool(re.search(pattern, value))),
}
