"""Who calls about what, where an author names only one of the two."""

from __future__ import annotations

from pathlib import Path

from simulator.content.catalogue import Catalogue
from simulator.content.lint import kind_of
from simulator.content.loader import SUFFIXES
from simulator.content.problems import closest
from simulator.errors import UsageError


def cast(
    catalogue: Catalogue, given: str, persona: str | None = None, scenario: str | None = None
) -> tuple[str, str]:
    """Return persona and scenario (ids, or paths as they were given) for ``given``, one of them.

    The other one is the option, else the first that goes with it; a name that both a scenario and
    a persona have is the scenario's. Raises UsageError on an unknown id or missing file,
    ContentError on a broken one.
    """
    if _is_scenario(catalogue, given):
        named = catalogue.scenario(given).personas
        who = persona or next((id for id in named if id in catalogue.personas), named[0])
        catalogue.persona(who)
        return who, given
    who = catalogue.persona(given).id
    fitting = (each.id for each in catalogue.scenarios.values() if who in each.personas)
    what = scenario or next(fitting, None) or next(iter(catalogue.scenarios))
    catalogue.scenario(what)
    return given, what


def _is_scenario(catalogue: Catalogue, given: str) -> bool:
    if kind := catalogue.kind(given):
        return kind == "scenario"
    path = Path(given)
    if path.suffix in SUFFIXES:
        if not path.is_file():
            raise UsageError("content_path_missing", path=given)
        return kind_of(path) == "scenario"
    if near := closest(given, sorted(catalogue.known)):
        raise UsageError("unknown_content_near", name=given, suggestion=near)
    raise UsageError("unknown_content", name=given)
