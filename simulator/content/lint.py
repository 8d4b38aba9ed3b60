"""Examines content files wherever they lie, more closely than a start of the app does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, Protocol

from simulator import paths, settings
from simulator.content.loader import (
    MANIFEST,
    SCRIPTS,
    SUFFIXES,
    examine_pack,
    examine_persona,
    examine_scenario,
    examine_script,
    personas_near,
    script_file,
    script_name,
)
from simulator.content.nodes import Mapping
from simulator.content.packs import pack_folder
from simulator.content.parsing import libyaml, parse
from simulator.content.problems import Findings, Problem
from simulator.content.readability import check_persona_reads, check_scenario_reads
from simulator.content.source import read
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.domain.script import PROFILES
from simulator.errors import UsageError

Kind = Literal["persona", "scenario", "script", "pack"]

_KINDS: dict[str, Kind] = {"personas": "persona", "scenarios": "scenario"}
_FOLDERS: dict[str, Kind] = {**_KINDS, SCRIPTS: "script"}


class Proofreader(Protocol):
    """Notes what goes wrong when the content is played; it lives above this room."""

    def persona(self, persona: Persona, root: Mapping, findings: Findings) -> None:
        """Note what is wrong with this person."""
        ...

    def scenario(
        self, scenario: Scenario, cast: Sequence[Persona], root: Mapping, findings: Findings
    ) -> None:
        """Note what is wrong with this scenario when one of ``cast`` calls."""
        ...


def lint(where: Sequence[Path] = (), proofreader: Proofreader | None = None) -> list[Problem]:
    """Return every problem and hint in the given files, folders and zips, file by file.

    Folders are searched to any depth. Without any, the shipped content, the user's own and the
    packs of the settings are examined. Raises UsageError on a path that does not exist,
    ContentError on a zip that is no pack.
    """
    places = dict(_files(where))
    kinds = {file: kind_of(file) for file in places}
    linted = {file.stem: file for file, kind in kinds.items() if kind == "persona"}
    desk = _Desk(linted, proofreader)
    return [
        replace(problem, path=places[file])
        for file, kind in kinds.items()
        for problem in desk.problems(file, kind)
    ]


def files_in(where: Sequence[Path] = ()) -> list[Path]:
    """Return the files that :func:`lint` would examine, each once; raises as it does."""
    return list(dict(_files(where)))


def kind_of(file: Path) -> Kind:
    """Return what ``file`` is meant to be: by its folder's name, its own, else by its keys."""
    if file.parent.name in _FOLDERS:
        return _FOLDERS[file.parent.name]
    if file.name == MANIFEST:
        return "pack"
    keys = _keys(file)
    persona, scenario = (len(keys & set(m.model_fields)) for m in (Persona, Scenario))
    return "persona" if persona > scenario else "scenario"


class _Desk:
    """Where one file after the other is examined."""

    def __init__(self, linted: dict[str, Path], proofreader: Proofreader | None) -> None:
        self._linted = linted
        self._proofreader = proofreader
        self._people: dict[Path, Persona | None] = {}

    def problems(self, file: Path, kind: Kind) -> tuple[Problem, ...]:
        names = [Problem(file, 1, 1, "id_taken", {"name": file.stem})] if _is_taken(file) else []
        if kind != "pack" and (twin := _twin(file)):
            names.append(Problem(file, 1, 1, "twin", {"name": twin.name}))
        return (*names, *self._examined(file, kind))

    def _examined(self, file: Path, kind: Kind) -> tuple[Problem, ...]:
        if kind == "persona":
            return examine_persona(file, self._check_persona).problems
        if kind == "script":
            return examine_script(file).problems
        if kind == "pack":
            return examine_pack(file).problems
        near = personas_near(file) | self._linted

        def further(scenario: Scenario, root: Mapping, findings: Findings) -> None:
            _check_scripts(scenario, file, root, findings)
            check_scenario_reads(scenario, root, findings)
            if self._proofreader is not None:
                people = [self._person(near[id]) for id in scenario.personas if id in near]
                cast = [person for person in people if person is not None]
                self._proofreader.scenario(scenario, cast, root, findings)

        return examine_scenario(file, near.keys(), further).problems

    def _check_persona(self, persona: Persona, root: Mapping, findings: Findings) -> None:
        check_persona_reads(persona, root, findings)
        if self._proofreader is not None:
            self._proofreader.persona(persona, root, findings)

    def _person(self, file: Path) -> Persona | None:
        if file not in self._people:
            self._people[file] = examine_persona(file).value
        return self._people[file]


def _check_scripts(scenario: Scenario, file: Path, root: Mapping, findings: Findings) -> None:
    names = {profile: script_name(scenario.id, profile) for profile in PROFILES}
    missing = [name for profile, name in names.items() if not script_file(file.stem, profile, file)]
    if missing:
        findings.add(root, "missing_scripts", folder=SCRIPTS, files=tuple(missing))


def _is_taken(file: Path) -> bool:
    """Whether a file of a pack has the id of a shipped one."""
    kind = file.parent.name
    in_pack = kind in _KINDS and (file.parent.parent / MANIFEST).is_file()
    return in_pack and (paths.shipped(kind) / f"{file.stem}.yaml").is_file()


def _twin(file: Path) -> Path | None:
    """Return the file beside this one that has the same id and the other suffix."""
    others = (file.with_suffix(suffix) for suffix in sorted(SUFFIXES - {file.suffix}))
    return next((other for other in others if file.suffix in SUFFIXES and other.is_file()), None)


def _files(where: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield each file with the path by which people know it."""
    for path in where:
        if not path.exists():
            raise UsageError("content_path_missing", path=path)
    for path in where or _default_places():
        if path.is_file() and path.suffix not in SUFFIXES:
            folder = pack_folder(path)
            for file in _found([folder]):
                yield file, path / file.relative_to(folder)
        else:
            for file in _found([path]):
                yield file, file


def _default_places() -> list[Path]:
    roots = [paths.shipped(kind) for kind in _KINDS] + [paths.home() / kind for kind in _KINDS]
    packs = [Path(pack).expanduser() for pack in settings.load().content]
    return [*(root for root in roots if root.is_dir()), *packs]


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
