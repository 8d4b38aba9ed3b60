"""Examines content files wherever they lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from simulator import paths
from simulator.content.loader import (
    SCRIPTS,
    SUFFIXES,
    examine_persona,
    examine_scenario,
    examine_script,
    personas_near,
)
from simulator.content.nodes import Mapping
from simulator.content.parsing import libyaml, parse
from simulator.content.problems import Findings, Problem
from simulator.content.source import read
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.errors import UsageError

Kind = Literal["persona", "scenario", "script"]

_KINDS: dict[str, Kind] = {"personas": "persona", "scenarios": "scenario"}
_FOLDERS: dict[str, Kind] = {**_KINDS, SCRIPTS: "script"}


def lint(where: Sequence[Path] = ()) -> list[Problem]:
    """Return every problem in the given files and folders, file by file.

    Folders are searched to any depth. Without any, the shipped content and the user's own are
    examined. Raises UsageError on a path that does not exist.
    """
    files = files_in(where)
    kinds = {file: kind_of(file) for file in files}
    linted = frozenset(file.stem for file, kind in kinds.items() if kind == "persona")
    problems: list[Problem] = []
    for file, kind in kinds.items():
        if kind == "persona":
            problems += examine_persona(file).problems
        elif kind == "script":
            problems += examine_script(file).problems
        else:
            problems += examine_scenario(file, linted | personas_near(file)).problems
    return problems


def files_in(where: Sequence[Path] = ()) -> list[Path]:
    """Return the files that :func:`lint` would examine, each once."""
    for path in where:
        if not path.exists():
            raise UsageError("content_path_missing", path=path)
    return list(dict.fromkeys(_found(where or _default_folders())))


def kind_of(file: Path) -> Kind:
    """Return what ``file`` is meant to be: by its folder's name, else by its keys."""
    if file.parent.name in _FOLDERS:
        return _FOLDERS[file.parent.name]
    keys = _keys(file)
    persona, scenario = (len(keys & set(m.model_fields)) for m in (Persona, Scenario))
    return "persona" if persona > scenario else "scenario"


def _default_folders() -> list[Path]:
    roots = [paths.shipped(kind) for kind in _KINDS] + [paths.home() / kind for kind in _KINDS]
    return [root for root in roots if root.is_dir()]


def _found(where: Iterable[Path]) -> Iterator[Path]:
    for path in where:
        if path.is_dir():
            yield from sorted(f for f in path.rglob("*") if f.suffix in SUFFIXES and f.is_file())
        else:
            yield path


def _keys(file: Path) -> set[str]:
    unread = Findings(file)
    source = read(file, unread)
    root = parse(source.text, libyaml, unread) if source else None
    return set(root.entries) if isinstance(root, Mapping) else set()
