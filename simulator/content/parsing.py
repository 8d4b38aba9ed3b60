"""From the text of a file to its tree.

Two parsers, one builder: libyaml (through PyYAML, which transformers brings along) takes 2 ms for
what takes ruamel.yaml 50, and a start of the app reads a dozen files. A file with anything wrong
is read again by ruamel.yaml, and only its word on what is wrong and where reaches people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Protocol, TypeAlias, cast

import yaml
from ruamel.yaml import YAML

from simulator.content import syntax
from simulator.content.nodes import Key, Listing, Mapping, Node, Scalar, resolve
from simulator.content.problems import Findings
from simulator.content.source import UNPRINTABLE, Place

DEEPEST = 20
"""Levels of nesting; a scenario has five."""

_OLD_BREAKS = re.compile("[\x85\u2028\u2029]")
_REMARK = re.compile(r"\s*#")
_CURLY = re.compile(r"[„“”«»][^„“”«»]*[“”«»]")
"""A text that somebody put into the quotation marks of a letter instead of those of YAML."""


class Mark(Protocol):
    """Where an event begins, from 0."""

    line: int
    column: int


class Event(Protocol):
    """What both parsers say of a piece of the document."""

    start_mark: Mark
    end_mark: Mark
    anchor: str | None
    tag: str | None
    style: str | None
    value: str


Events: TypeAlias = Callable[[str], Iterator[Event]]


def libyaml(text: str) -> Iterator[Event]:
    """Parse quickly; raises YAMLError where YAML 1.1 breaks a line and 1.2 does not."""
    if _OLD_BREAKS.search(text):
        raise yaml.YAMLError("a line break of YAML 1.1")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return cast("Iterator[Event]", yaml.parse(text, Loader=loader))


def ruamel(text: str) -> Iterator[Event]:
    """Parse slowly, with the better account of what is wrong."""
    for event in cast("Iterator[Event]", YAML(typ="rt", pure=True).parse(text)):
        if getattr(event, "style", None) == ">":
            # ruamel.yaml marks where a folded text was broken
            event.value = event.value.replace("\a", "")
        yield event


def parse(text: str, events: Events, findings: Findings) -> Mapping | None:
    """Return the document's tree; None, with a problem noted, if it is not a mapping."""
    builder = _Builder(findings, text)
    try:
        for event in events(text):
            if not builder.take(event):
                return None
    except Exception as error:  # parsers raise more than their own errors; no file may stop us
        if isinstance(builder.root, Scalar) and builder.root.value is not None:
            # Something follows a lonely word: it was meant as the first key.
            findings.add(builder.root, "no_colon")
        else:
            syntax.note(error, text, builder.reached, findings)
        return None
    if isinstance(builder.root, Mapping):
        return builder.root
    empty = builder.root is None or (
        isinstance(builder.root, Scalar) and builder.root.value is None
    )
    findings.add(builder.root or Place(), "empty" if empty else "no_mapping")
    return None


class _Builder:
    """Builds the tree event by event, without recursion."""

    def __init__(self, findings: Findings, text: str) -> None:
        self.findings = findings
        self.lines = text.splitlines()
        self.reached = Place()
        self.root: Node | None = None
        self.open: list[tuple[Mapping | Listing, Key | None]] = []
        self.key: Key | None = None

    def take(self, event: Event) -> bool:
        """Take the next event; False if the rest of the document is not worth reading."""
        mark = event.start_mark
        self.reached = Place(mark.line + 1, mark.column + 1)
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self._scalar(event)
        elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
            return self._begin(event, Mapping if kind == "MappingStartEvent" else Listing)
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            container, self.key = self.open.pop()
            self._attach(container)
        elif kind == "AliasEvent":
            self.findings.add(self.reached, "alias")
            return False
        elif kind == "DocumentStartEvent" and self.root is not None:
            self.findings.add(self.reached, "several_documents")
            return False
        return True

    def _scalar(self, event: Event) -> None:
        self._plain_only(event)
        if found := UNPRINTABLE.search(event.value):
            self.findings.add(self.reached, "unprintable", code=f"U+{ord(found.group()):04X}")
        text = UNPRINTABLE.sub("?", event.value)
        if self._expects_key():
            self.key = Key(self.reached.line, self.reached.column, text)
        else:
            self._attach(self._value(event, text))

    def _value(self, event: Event, text: str) -> Scalar:
        # A value that is missing stands, for the parser, where the next thing begins.
        marks = f"{event.anchor or ''}{event.tag or ''}"
        missing = not (text or event.style or marks)
        at = self.key if missing and self.key else self.reached
        value = f"{marks}{text}" if event.style or marks else resolve(text)
        if isinstance(value, str) and not event.style:
            self._check_bare(event, value)
        return Scalar(at.line, at.column, value)

    def _check_bare(self, event: Event, value: str) -> None:
        """Hint at what a text without quotation marks loses, or has around it as well."""
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if _REMARK.match(rest):
            self.findings.hint(self.reached, "remark")
        if _CURLY.fullmatch(value):
            self.findings.hint(self.reached, "curly_quotes")

    def _begin(self, event: Event, container: type[Mapping] | type[Listing]) -> bool:
        self._plain_only(event)
        if self._expects_key():
            self.findings.add(self.reached, "strange_key")
            return False
        if len(self.open) >= DEEPEST:
            self.findings.add(self.reached, "too_deep")
            return False
        self.open.append((container(self.reached.line, self.reached.column), self.key))
        self.key = None
        return True

    def _plain_only(self, event: Event) -> None:
        if event.anchor:
            self.findings.add(self.reached, "alias")
        if event.tag:
            self.findings.add(self.reached, "tag")

    def _expects_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1][0], Mapping) and self.key is None

    def _attach(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1][0]
        if isinstance(parent, Listing):
            parent.items.append(node)
        elif (key := self.key) is not None:
            if key.name in parent.entries:
                first = parent.entries[key.name][0]
                self.findings.add(key, "duplicate_key", name=key.name, line=first.line)
            parent.entries.setdefault(key.name, (key, node))
        self.key = None
