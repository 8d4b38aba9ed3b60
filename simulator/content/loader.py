"""Loads one persona or scenario from its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from simulator import paths
from simulator.content.nodes import Mapping
from simulator.content.parsing import Events, libyaml, parse, ruamel
from simulator.content.persona_checks import check_persona
from simulator.content.problems import Findings, Problem
from simulator.content.scenario_checks import check_scenario
from simulator.content.shape import shaped
from simulator.content.source import Source, read
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.domain.script import PROFILES, Profile, Script
from simulator.errors import ContentError, UsageError

SCRIPTS = "scripts"
"""The folder, beside the scenarios, of what agents of each kind say in them."""

SUFFIXES = frozenset({".yaml", ".yml"})

Value = TypeVar("Value", Persona, Scenario, Script)


@dataclass(frozen=True)
class Examined(Generic[Value]):
    """A file and what it holds: a value without problems, or problems and no value.

    ``digest`` is the SHA-256 of the file's bytes in hex, empty if they could not be read.
    """

    path: Path
    digest: str
    value: Value | None
    problems: tuple[Problem, ...]

    def checked(self) -> Value:
        """Return the value; raises ContentError with the first problem if there is none."""
        if self.value is None:
            first, *more = self.problems
            raise ContentError("content_broken", problem=first, more=len(more), path=self.path)
        return self.value


def load_persona(path: Path) -> Persona:
    """Return the persona in ``path``; raises ContentError if anything is wrong with the file."""
    return examine_persona(path).checked()


def load_scenario(path: Path) -> Scenario:
    """Return the scenario in ``path``; raises ContentError if anything is wrong with the file.

    The personas it names may be shipped, the user's own, or lie beside it.
    """
    return examine_scenario(path, personas_near(path)).checked()


def examine_persona(path: Path) -> Examined[Persona]:
    """Return the persona in ``path`` or every problem of the file."""

    def build(root: Mapping, findings: Findings) -> Persona | None:
        persona = shaped(Persona, root, path.stem, findings)
        if persona is not None:
            check_persona(persona, root, findings)
        return persona

    return _examine(path, build)


def examine_scenario(path: Path, personas: Set[str]) -> Examined[Scenario]:
    """Return the scenario in ``path`` or every problem of the file.

    ``personas`` are the ids that exist.
    """

    def build(root: Mapping, findings: Findings) -> Scenario | None:
        scenario = shaped(Scenario, root, path.stem, findings)
        if scenario is not None:
            check_scenario(scenario, personas, root, findings)
        return scenario

    return _examine(path, build)


def load_script(scenario: str, profile: Profile) -> Script:
    """Return the user's or the shipped script of a scenario.

    Raises UsageError if there is none, ContentError if anything is wrong with the file.
    """
    name = f"{scenario}.{profile}.yaml"
    folders = (paths.home() / "scenarios", paths.shipped("scenarios"))
    for file in (folder / SCRIPTS / name for folder in folders):
        if file.is_file():
            return examine_script(file).checked()
    raise UsageError("script_missing", scenario=scenario, file=f"{SCRIPTS}/{name}")


def examine_script(path: Path) -> Examined[Script]:
    """Return the script in ``path`` or every problem of the file."""
    scenario, _, profile = path.stem.partition(".")

    def build(root: Mapping, findings: Findings) -> Script | None:
        if profile not in PROFILES:
            findings.add(root, "bad_script_name", name=path.stem, names=PROFILES)
            return None
        return shaped(Script, root, scenario, findings)

    return _examine(path, build)


def personas_near(path: Path) -> frozenset[str]:
    """Return the ids a scenario in ``path`` may name: shipped, the user's, or lying beside it."""
    beside = path.parent.parent / "personas" if path.parent.name == "scenarios" else path.parent
    folders = (paths.shipped("personas"), paths.home() / "personas", beside)
    return frozenset(file.stem for folder in folders for file in content_files(folder))


def content_files(folder: Path) -> Iterator[Path]:
    """Yield the YAML files directly in ``folder``, in the order of their names."""
    if folder.is_dir():
        yield from sorted(f for f in folder.iterdir() if f.suffix in SUFFIXES and f.is_file())


def _examine(path: Path, build: Callable[[Mapping, Findings], Value | None]) -> Examined[Value]:
    findings = Findings(path)
    source = read(path, findings)
    if source is None:
        return Examined(path, "", None, findings.problems)
    examined = _parsed(source, libyaml, build)
    return _parsed(source, ruamel, build) if examined.problems else examined


def _parsed(
    source: Source, events: Events, build: Callable[[Mapping, Findings], Value | None]
) -> Examined[Value]:
    findings = Findings(source.path)
    root = parse(source.text, events, findings)
    value = build(root, findings) if root is not None else None
    problems = findings.problems
    return Examined(source.path, source.digest, None if problems else value, problems)
