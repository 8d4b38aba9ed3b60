"""Whether a file has the form of what it is: pydantic's findings, one sentence each."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from types import UnionType
from typing import TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simulator.content.nodes import Key, Mapping, Node, Scalar, key_of, locate, plain
from simulator.content.problems import Findings, closest
from simulator.domain.language import LANGUAGES

Steps = tuple[int | str, ...]
Model = TypeVar("Model", bound=BaseModel)

_KEY_STEP = "[key]"
_SENTENCES = {
    "string_type": "not_text",
    "string_too_short": "empty_text",
    "string_pattern_mismatch": "bad_id",
    "int_type": "not_whole",
    "int_from_float": "not_whole",
    "float_type": "not_number",
    "bool_type": "not_boolean",
    "tuple_type": "not_list",
    "dict_type": "not_entries",
    "model_type": "not_entries",
    "too_short": "empty_list",
    "enum": "unknown_choice",
    "literal_error": "unknown_choice",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large_value",
}
_CUE_FIELDS = {"cues", "after"}


def shaped(model: type[Model], root: Mapping, stem: str, findings: Findings) -> Model | None:
    """Return the value of type ``model`` in the document; None, with problems noted, otherwise.

    The id, if it has one, is the file's ``stem``. Strict: a number in quotes is no
    number, a bare one no text.
    """
    named = {"id": stem} if "id" in model.model_fields else {}
    if named and "id" in root.entries:
        findings.add(root.entries["id"][0], "id_in_file", name=stem)
    if not re.fullmatch(r"\w[\w-]*", stem):
        findings.add(root, "bad_file_name", name=stem)
        return None
    values = {name: plain(value) for name, (_, value) in root.entries.items()}
    try:
        # Through JSON because only there does strict still take a list for a tuple and a word for
        # a member of an enum.
        return model.model_validate_json(json.dumps({**values, **named}), strict=True)
    except ValidationError as failure:
        _note(model, root, failure.errors(include_url=False, include_input=False), findings)
        return None


def _note(
    model: type[BaseModel], root: Mapping, errors: Sequence[ErrorDetails], findings: Findings
) -> None:
    meant: set[Steps] = set()
    for error in errors:
        if error["type"] == "extra_forbidden":
            *steps, name = error["loc"]
            at = key_of(root, steps, str(name))
            if steps and name in LANGUAGES and name not in root.entries:
                meant.add((name,))
                findings.add(at, "misplaced_language", name=name)
                continue
            names = allowed(model, tuple(steps)) - _given(root, steps)
            suggestion = closest(str(name), names)
            meant.add((*steps, suggestion))
            key = "unknown_key" if names else "superfluous_key"
            findings.add(at, key, suggestion, name=name, names=tuple(sorted(names)))
    for error in errors:
        # One slip, one problem: "styl" is not also a missing "style".
        if error["type"] == "missing" and error["loc"] not in meant:
            *steps, name = error["loc"]
            language = name in LANGUAGES
            key = f"missing_{name}" if language else "missing_key"
            findings.add(locate(root, steps), key, **({} if language else {"name": name}))
        elif error["type"] not in {"missing", "extra_forbidden"}:
            _note_value(root, error, findings)


def _note_value(root: Mapping, error: ErrorDetails, findings: Findings) -> None:
    steps = error["loc"]
    name = next((str(step) for step in reversed(steps) if isinstance(step, str)), "")
    if steps and steps[-1] == _KEY_STEP:
        word = str(steps[-2])
        at: Key | Node = key_of(root, steps[:-2], word)
        names = _expected(error)
        key = "unknown_landing" if "inner" in steps else "unknown_act"
        findings.add(at, key, closest(word, names), word=word, names=names)
        return
    node = locate(root, steps)
    value = node.value if isinstance(node, Scalar) else None
    key = _SENTENCES.get(error["type"], "unfitting")
    if isinstance(node, Scalar) and value is None:
        findings.add(node, "no_value", name=name)
    elif key == "unknown_choice":
        names = _expected(error)
        key = "unknown_cue" if _CUE_FIELDS & set(steps) else key
        findings.add(
            node, key, closest(str(value or ""), names), name=name, word=value or "…", names=names
        )
    else:
        context = error.get("ctx", {})
        limit = context.get("ge", context.get("le", ""))
        findings.add(node, key, name=name, value="…" if value is None else value, limit=limit)


def _expected(error: ErrorDetails) -> tuple[str, ...]:
    return tuple(re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", ""))))


def _given(root: Mapping, steps: Sequence[int | str]) -> set[str]:
    parent = locate(root, steps)
    return set(parent.entries) if isinstance(parent, Mapping) else set()


def allowed(model: type[BaseModel], steps: Steps) -> set[str]:
    """Return the keys that the part of ``model`` which ``steps`` lead to may have."""
    part: object = model
    for step in steps:
        if isinstance(part, type) and issubclass(part, BaseModel):
            part = _bare(part.model_fields[str(step)].annotation)
        elif get_origin(part) is tuple:
            part = _bare(get_args(part)[0])
    fields = part.model_fields if isinstance(part, type) and issubclass(part, BaseModel) else {}
    return set(fields) - {"id"} if part is model else set(fields)


def _bare(annotation: object) -> object:
    if get_origin(annotation) in {Union, UnionType}:
        return next(arg for arg in get_args(annotation) if arg is not type(None))
    return annotation
