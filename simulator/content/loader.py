"""Loads one persona, scenario, script or pack from its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from simulator import paths
from simulator.content.nodes import Mapping
from simulator.content.parsing import Events, libyaml, parse, ruamel
from simulator.content.persona_checks import check_persona
from simulator.content.problems import Findings, Problem
from simulator.content.scenario_checks import check_scenario
from simulator.content.shape import shaped
from simulator.content.source import Source, read
from simulator.content.text_checks import check_texts
from simulator.domain.pack import Pack
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.domain.script import PROFILES, Profile, Script
from simulator.errors import ContentError, UsageError

SCRIPTS = "scripts"
"""The folder, beside the scenarios, of what agents of each kind say in them."""

SUFFIXES = frozenset({".yaml", ".yml"})

_LONGEST_EXPLAINED = 200_000
"""Characters up to which ruamel.yaml explains what is wrong: a megabyte would take it 12 s."""

MANIFEST = "pack.yaml"
"""The file that makes a folder a pack."""

Value = TypeVar("Value", Persona, Scenario, Script, Pack)

Check: TypeAlias = Callable[[Value, Mapping, Findings], None]
"""Notes what is wrong with a value beyond what keeps it from being used."""


def _nothing_more(_value: object, _root: Mapping, _findings: Findings) -> None:
    pass


@dataclass(frozen=True)
class Examined(Generic[Value]):
    """A file and what it holds: a value without problems but hints, or problems and no value.

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
    return examine_scenario(path, personas_near(path).keys()).checked()


def examine_persona(path: Path, further: Check[Persona] = _nothing_more) -> Examined[Persona]:
    """Return the persona in ``path`` or every problem of the file.

    ``further`` has a look as well, once the file has the right form.
    """

    def build(root: Mapping, findings: Findings) -> Persona | None:
        persona = shaped(Persona, root, path.stem, findings)
        if persona is not None:
            check_persona(persona, root, findings)
            further(persona, root, findings)
        return persona

    return _examine(path, build)


def examine_scenario(
    path: Path, personas: Set[str], further: Check[Scenario] = _nothing_more
) -> Examined[Scenario]:
    """Return the scenario in ``path`` or every problem of the file.

    ``personas`` are the ids that exist. ``further`` has a look as well, once the file has the
    right form.
    """

    def build(root: Mapping, findings: Findings) -> Scenario | None:
        scenario = shaped(Scenario, root, path.stem, findings)
        if scenario is not None:
            check_scenario(scenario, personas, root, findings)
            further(scenario, root, findings)
        return scenario

    return _examine(path, build)


def load_script(scenario: str, profile: Profile, beside: Path | None = None) -> Script:
    """Return the script lying ``beside`` the scenario's file, the user's or the shipped one.

    Raises UsageError if there is none, ContentError if anything is wrong with the file.
    """
    file = script_file(scenario, profile, beside)
    if file is None:
        name = script_name(scenario, profile)
        raise UsageError("script_missing", scenario=scenario, file=f"{SCRIPTS}/{name}")
    return examine_script(file).checked()


def script_name(scenario: str, profile: Profile) -> str:
    """Return the name of the file with what an agent of this kind says in a scenario."""
    return f"{scenario}.{profile}.yaml"


def script_file(scenario: str, profile: Profile, beside: Path | None = None) -> Path | None:
    """Return where :func:`load_script` finds it, None if there is none."""
    own = [beside.parent] if beside else []
    folders = [*own, paths.home() / "scenarios", paths.shipped("scenarios")]
    files = (folder / SCRIPTS / script_name(scenario, profile) for folder in folders)
    return next((file for file in files if file.is_file()), None)


def examine_script(path: Path) -> Examined[Script]:
    """Return the script in ``path`` or every problem of the file."""
    scenario, _, profile = path.stem.partition(".")

    def build(root: Mapping, findings: Findings) -> Script | None:
        if profile not in PROFILES:
            findings.add(root, "bad_script_name", name=path.stem, names=PROFILES)
            return None
        return shaped(Script, root, scenario, findings)

    return _examine(path, build)


def examine_pack(path: Path) -> Examined[Pack]:
    """Return what a ``pack.yaml`` says or every problem of the file."""
    return _examine(path, lambda root, findings: shaped(Pack, root, path.stem, findings))


def personas_near(path: Path) -> dict[str, Path]:
    """Return whom a scenario in ``path`` may name: shipped, the user's, or lying beside it."""
    beside = path.parent.parent / "personas" if path.parent.name == "scenarios" else path.parent
    folders = (paths.shipped("personas"), paths.home() / "personas", beside)
    return {file.stem: file for folder in folders for file in content_files(folder)}


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
    if examined.value is not None or len(source.text) > _LONGEST_EXPLAINED:
        return examined
    return _parsed(source, ruamel, build)


def _parsed(
    source: Source, events: Events, build: Callable[[Mapping, Findings], Value | None]
) -> Examined[Value]:
    findings = Findings(source.path)
    root = parse(source.text, events, findings)
    value = None
    if root is not None:
        value = build(root, findings)
        check_texts(root, findings)
    problems = findings.problems
    broken = any(not problem.hint for problem in problems)
    return Examined(source.path, source.digest, None if broken else value, problems)
