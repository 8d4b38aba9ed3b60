"""Questions of an agent: which fact of a scenario they ask for, or that they ask for none."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from simulator.domain.language import Language


@dataclass(frozen=True)
class Question:
    """A question of the agent's to which one fact of the scenario is the answer."""

    scenario: str
    fact: str
    language: Language
    text: str

    @property
    def kept_aside(self) -> bool:
        """Whether its scenario is in the half that nothing was fitted on: its hash is odd."""
        return hashlib.sha256(self.scenario.encode()).digest()[-1] % 2 == 1


@dataclass(frozen=True)
class Other:
    """A question of the agent's that asks for no fact of any scenario."""

    language: Language
    text: str


def questions() -> tuple[Question, ...]:
    """Return all questions, in the order of their file."""
    return TypeAdapter(tuple[Question, ...]).validate_python(_read()["question"])


def others() -> tuple[Other, ...]:
    """Return all questions that ask for no fact, in the order of their file."""
    return TypeAdapter(tuple[Other, ...]).validate_python(_read()["other"])


@cache
def _read() -> dict[str, list[object]]:
    return tomllib.loads(files("simulator.training").joinpath("questions.toml").read_text("utf-8"))
