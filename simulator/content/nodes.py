"""A YAML document as a tree that knows where each of its parts stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
"""The values that YAML and JSON share."""

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# Eighteen digits fit into every machine's integer; what is longer is no number of ours.
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")


@dataclass(slots=True)
class Scalar:
    """A single value."""

    line: int
    column: int
    value: bool | int | float | str | None


@dataclass(slots=True)
class Listing:
    """A list."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Key:
    """The name of an entry."""

    line: int
    column: int
    name: str


@dataclass(slots=True)
class Mapping:
    """Named values; a name that was given twice keeps its first value."""

    line: int
    column: int
    entries: dict[str, tuple[Key, Node]] = field(default_factory=dict)


Node = Scalar | Listing | Mapping


def resolve(text: str) -> bool | int | float | str | None:
    """Return what an unquoted scalar means in YAML 1.2: no dates, no ``yes`` and ``no``."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


def plain(node: Node) -> Plain:
    """Return the values without their places."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return {name: plain(value) for name, (_, value) in node.entries.items()}


def locate(root: Node, steps: Sequence[int | str]) -> Node:
    """Return the node that ``steps`` lead to, or the last one on the way there."""
    node = root
    for step in steps:
        if isinstance(node, Mapping) and step in node.entries:
            node = node.entries[str(step)][1]
        elif isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node


def key_of(root: Node, steps: Sequence[int | str], name: str) -> Key | Node:
    """Return the key ``name`` of the mapping that ``steps`` lead to."""
    parent = locate(root, steps)
    if isinstance(parent, Mapping) and name in parent.entries:
        return parent.entries[name][0]
    return parent
