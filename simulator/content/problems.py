"""What is wrong with a content file, as data; the sentence comes with the reader's language."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

from simulator.domain.language import Language
from simulator.i18n import Texts

_LONGEST_VALUE = 60


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong at ``line`` and ``column`` (both from 1) of ``path``.

    ``key`` names its sentence under ``content.problem`` in the catalogue of texts, ``values`` fill
    it in; ``suggestion`` is the name that was probably meant, or empty. Where ``values`` has
    ``names``, they are the ones possible, told if there is no suggestion. A ``hint`` is worth a
    look and keeps nothing from being used.
    """

    path: Path
    line: int
    column: int
    key: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    suggestion: str = ""
    hint: bool = False

    def render(self, language: Language) -> str:
        """Return ``file:line:column: what is wrong → what to do`` as a single line."""
        texts = Texts(language)
        shown = {name: _shown(value) for name, value in self.values.items()}
        sentence = texts(f"content.problem.{self.key}", **shown)
        if self.hint:
            sentence = texts("content.hint", sentence=sentence)
        if self.suggestion:
            sentence += texts("content.did_you_mean", suggestion=_shown(self.suggestion))
        elif shown.get("names"):
            sentence += texts("content.possible", names=shown["names"])
        return f"{_name(self.path)}:{self.line}:{self.column}: {sentence}"

    def __format__(self, language: str) -> str:
        # A sentence of the catalogue that quotes a problem says in which language: {problem:de}.
        return self.render("en" if language == "en" else "de")


class Located(Protocol):
    """Anything with a place in a file."""

    @property
    def line(self) -> int:
        """Line, from 1."""
        ...

    @property
    def column(self) -> int:
        """Column in characters, from 1."""
        ...


class Findings:
    """The problems of one file while it is being examined."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._found: dict[tuple[int, int, str], Problem] = {}

    def add(self, at: Located, key: str, suggestion: str = "", /, **values: object) -> None:
        """Note a problem; the same one at the same place is noted once."""
        self._note(Problem(self.path, at.line, at.column, key, values, suggestion))

    def hint(self, at: Located, key: str, /, **values: object) -> None:
        """Note what is worth a look and no problem."""
        self._note(Problem(self.path, at.line, at.column, key, values, hint=True))

    def _note(self, problem: Problem) -> None:
        place = (problem.line, problem.column, f"{problem.key} {problem.values}")
        self._found.setdefault(place, problem)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found, in the order of the file."""
        return tuple(sorted(self._found.values(), key=lambda p: (p.line, p.column)))


def closest(word: str, names: Iterable[str]) -> str:
    """Return the name that ``word`` was probably meant to be, or nothing."""
    lowered = {name.casefold(): name for name in names}
    near = get_close_matches(word.casefold(), lowered, n=1, cutoff=0.6)
    return lowered[near[0]] if near else ""


def _name(path: Path) -> str:
    return " ".join(os.fsencode(path).decode("utf-8", "replace").splitlines())


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    if isinstance(value, bool):
        return str(value).lower()
    text = f"{value:g}" if isinstance(value, float) else " ".join(str(value).split())
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1].rstrip() + "…"
