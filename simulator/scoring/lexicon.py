"""The wordings of one language as compiled patterns and word sets, read from ``cues_*.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from simulator.domain.language import Language

Pattern = re.Pattern[str]
Span = tuple[int, int]

_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_SHORTENED = re.compile(r"(?<=\d)[.](?=\d)|\b(Dr|Mr|Mrs|Ms|Nr|ca|z\.B|bzw|St)\.")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*")


@dataclass(frozen=True)
class Word:
    """A word or number of a text: its lower-case form and where it stands."""

    form: str
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """Compiled wordings of a language; ``told`` pairs what is asked with how it was told before."""

    wordings: dict[str, tuple[Pattern, ...]]
    words: dict[str, frozenset[str]]
    told: tuple[tuple[Pattern, Pattern], ...]

    def spans(self, wording: str, text: str) -> list[Span]:
        """Return where a wording stands in plain ``text``, longest first at each place."""
        found = [
            match.span() for pattern in self.wordings[wording] for match in pattern.finditer(text)
        ]
        return apart(trimmed(text, span) for span in found)

    def has(self, wording: str, text: str) -> bool:
        """Return whether a wording stands in plain ``text``."""
        return any(pattern.search(text) for pattern in self.wordings[wording])


@cache
def lexicon(language: Language) -> Lexicon:
    """Return the wordings of ``language``, compiled once."""
    data = tomllib.loads(
        files("simulator.scoring").joinpath(f"cues_{language}.toml").read_text(encoding="utf-8")
    )
    return Lexicon(
        wordings={
            name: tuple(_compiled(line) for line in lines.strip().splitlines())
            for name, lines in data["wordings"].items()
        },
        words={name: frozenset(lines.lower().split()) for name, lines in data["words"].items()},
        told=tuple((_compiled(pair["ask"]), _compiled(pair["told"])) for pair in data["told"]),
    )


def plain(text: str) -> str:
    """Return ``text`` with plain apostrophes, character by character."""
    return text.translate(_APOSTROPHES)


@lru_cache(maxsize=64)
def words(text: str) -> tuple[Word, ...]:
    """Return the words and numbers of plain ``text`` in order."""
    # A reply and what was heard before it are asked for by many a rule in turn.
    return tuple(Word(m.group().lower(), *m.span()) for m in _WORD.finditer(text))


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of ``text``, without outer white space."""
    masked = _SHORTENED.sub(lambda m: m.group().replace(".", "_"), text)
    for match in _SENTENCE.finditer(masked):
        start, end = trimmed(text, match.span())
        if start < end:
            yield start, end


def trimmed(text: str, span: Span) -> Span:
    """Return ``span`` without outer white space and commas."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return start, end


def apart(spans: Iterator[Span]) -> list[Span]:
    """Return ``spans`` in order, without empty ones and those that begin inside a kept one."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < end and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def _compiled(line: str) -> Pattern:
    return re.compile(line, re.IGNORECASE)
