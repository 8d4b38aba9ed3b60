"""Reads the catalogue and fills in values."""

from __future__ import annotations

import locale
import os
import tomllib
from functools import cache
from importlib.resources import files

from simulator.domain.language import Language
from simulator.errors import HoererError


@cache
def _catalogue(language: Language) -> dict[str, str]:
    texts: dict[str, str] = {}
    for room in sorted(files("simulator.i18n").joinpath(language).iterdir(), key=lambda p: p.name):
        if room.name.endswith(".toml"):
            content = tomllib.loads(room.read_text(encoding="utf-8"))
            texts.update(_flat(room.name.removesuffix(".toml"), content))
    return texts


def _flat(prefix: str, table: dict[str, object]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        name = f"{prefix}.{key}"
        flat.update(_flat(name, value) if isinstance(value, dict) else {name: str(value)})
    return flat


class Texts:
    """The texts of one language: ``texts("app.home.title", count=3)``."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts = _catalogue(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text of ``key`` with ``values`` filled in; KeyError if there is none."""
        return self._texts[key].format(**values)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    @property
    def keys(self) -> frozenset[str]:
        """Every key of the catalogue."""
        return frozenset(self._texts)


def explain(error: HoererError, language: Language) -> str:
    """Return the one sentence that says what is wrong, where, and what to do."""
    return Texts(language)(f"errors.{error.key}", **error.values)


def system_language() -> Language:
    """Return the language of the user's locale; German unless it is plainly another one.

    ``HOERER_LANG`` overrides.
    """
    named = (
        os.environ.get("HOERER_LANG")
        or os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
        or locale.getlocale()[0]
        or ""
    )
    code = named.lower()
    return "de" if code.startswith("de") or code in {"", "c", "c.utf-8", "posix"} else "en"
