"""All personas and scenarios there are: shipped ones, the user's own, those of packs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Generic, Literal

from simulator import paths, settings
from simulator.content.loader import (
    SUFFIXES,
    Examined,
    Value,
    content_files,
    examine_persona,
    examine_scenario,
    load_script,
    personas_near,
)
from simulator.content.packs import OpenPack, open_packs
from simulator.content.problems import Problem, closest
from simulator.content.stamp import Stamp, stamp
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.domain.script import Profile, Script
from simulator.errors import ContentError, UsageError

_FINGERPRINT_LENGTH = 16

Kind = Literal["persona", "scenario"]


class Catalogue:
    """Every persona and scenario that can be used, and the problems of those that cannot."""

    def __init__(
        self, personas: Sequence[Examined[Persona]], scenarios: Sequence[Examined[Scenario]]
    ) -> None:
        self._personas = _Shelf("unknown_persona", personas)
        self._scenarios = _Shelf("unknown_scenario", scenarios)

    @classmethod
    def load(cls, packs: Sequence[Path] = ()) -> Catalogue:
        """Read the shipped content, the user's, and the packs: those of the settings and ``packs``.

        The user's own files override the shipped ones of the same id. A broken file is left out
        and reported in ``problems``. Raises ContentError if a pack cannot be used or has an id
        that is taken, UsageError if there is no such pack or the settings cannot be read.
        """
        opened = open_packs([*map(Path, settings.load().content), *packs])
        persona_files = _files("personas", opened)
        personas = [examine_persona(path) for path in persona_files.values()]
        scenarios = [
            examine_scenario(path, persona_files.keys())
            for path in _files("scenarios", opened).values()
        ]
        return cls(personas, scenarios)

    @property
    def personas(self) -> Mapping[str, Persona]:
        """The personas by id."""
        return MappingProxyType(self._personas.values)

    @property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The scenarios by id."""
        return MappingProxyType(self._scenarios.values)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files that were left out."""
        return self._personas.problems + self._scenarios.problems

    def persona(self, id_or_path: str) -> Persona:
        """Return a persona by id, or the one in a YAML file.

        Raises UsageError on an unknown id or missing file, ContentError on a broken one.
        """
        return self._persona(id_or_path).checked()

    def scenario(self, id_or_path: str) -> Scenario:
        """Return a scenario by id, or the one in a YAML file.

        Raises UsageError on an unknown id or missing file, ContentError on a broken one.
        """
        return self._scenario(id_or_path).checked()

    def script(self, scenario: str, profile: Profile) -> Script:
        """Return what an agent of this kind says in a scenario.

        Raises UsageError on an unknown scenario or a missing script, ContentError on a broken one.
        """
        path = self._scenario(scenario).path
        return load_script(path.stem, profile, path)

    def fingerprint(self, persona: str, scenario: str) -> str:
        """Return a short SHA-256, in hex, of the two files' bytes; ids or paths.

        Raises UsageError on an unknown id or missing file.
        """
        digests = self._persona(persona).digest + self._scenario(scenario).digest
        return sha256(digests.encode()).hexdigest()[:_FINGERPRINT_LENGTH]

    def kind(self, id: str) -> Kind | None:
        """Return what has this id, usable or not: a scenario before a persona; None if nothing."""
        if id in self._scenarios.known:
            return "scenario"
        return "persona" if id in self._personas.known else None

    @property
    def known(self) -> frozenset[str]:
        """Every id, also those of files that cannot be used."""
        return self._personas.known | self._scenarios.known

    def stamp(self) -> Stamp:
        """Return how the files lie there now, those beside them too that have come since."""
        roots = self._personas.roots | self._scenarios.roots | {paths.home()}
        return stamp(root / kind for root in roots for kind in ("personas", "scenarios"))

    def loses(self, since: Catalogue) -> bool:
        """Whether a file is broken here whose persona or scenario could be used in ``since``."""
        return bool(
            self._personas.broken & since.personas.keys()
            or self._scenarios.broken & since.scenarios.keys()
        )

    def pairs(self) -> Iterator[tuple[Persona, Scenario]]:
        """Yield every persona with every scenario they can find themselves in."""
        for scenario in self.scenarios.values():
            for persona in scenario.personas:
                if persona in self.personas:
                    yield self.personas[persona], scenario

    def _persona(self, id_or_path: str) -> Examined[Persona]:
        path = _path(id_or_path)
        return examine_persona(path) if path else self._personas.named(id_or_path)

    def _scenario(self, id_or_path: str) -> Examined[Scenario]:
        path = _path(id_or_path)
        if path is None:
            return self._scenarios.named(id_or_path)
        return examine_scenario(path, personas_near(path).keys() | self._personas.known)


@dataclass(frozen=True)
class _Shelf(Generic[Value]):
    """The files of one kind, usable or not."""

    unknown: str
    examined: Sequence[Examined[Value]]

    @property
    def values(self) -> dict[str, Value]:
        return {e.path.stem: e.value for e in self.examined if e.value is not None}

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for e in self.examined for problem in e.problems)

    @property
    def known(self) -> frozenset[str]:
        return frozenset(e.path.stem for e in self.examined)

    @property
    def roots(self) -> frozenset[Path]:
        return frozenset(e.path.parent.parent for e in self.examined)

    @property
    def broken(self) -> frozenset[str]:
        return frozenset(e.path.stem for e in self.examined if e.value is None)

    def named(self, name: str) -> Examined[Value]:
        for examined in self.examined:
            if examined.path.stem == name:
                return examined
        ids = sorted(self.known)
        near = closest(name, ids)
        if near:
            raise UsageError(f"{self.unknown}_near", name=name, suggestion=near)
        raise UsageError(self.unknown, name=name, names=", ".join(ids) or "–")


def _files(kind: str, packs: Sequence[OpenPack]) -> dict[str, Path]:
    folders = (paths.shipped(kind), paths.home() / kind)
    files = {file.stem: file for folder in folders for file in content_files(folder)}
    shown = dict(files)
    for pack in packs:
        for file in pack.files(kind):
            name = file.stem
            if name in files:
                raise ContentError(
                    "pack_id_taken", name=name, first=pack.shown(file), second=shown[name]
                )
            files[name], shown[name] = file, pack.shown(file)
    return files


def _path(id_or_path: str) -> Path | None:
    path = Path(id_or_path)
    if path.suffix not in SUFFIXES and not {"/", "\\"} & set(id_or_path):
        return None
    if not path.is_file():
        raise UsageError("content_path_missing", path=id_or_path)
    return path
