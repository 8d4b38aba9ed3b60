"""Checks of what a customer said, by the text alone and by other means than the guard's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal

from simulator.domain.language import Language
from simulator.training.spelling import foreign

Slip = Literal["agent_voice", "other_language", "control_text", "invented"]
"""What must never happen."""

REPEATED = 0.6
"""From which share of its word triples on a line repeats an earlier one of the same call."""
COPIED = 0.6
"""From which share of its word triples on a line copies one of the corpus."""

_CONTROL = re.compile(
    r"[\[\]{}<>|\\^~`#*_=]|\b(?:agent|kunde|kundin|customer|caller|assistant|user|system)\s*:|"
    r"https?:|www\.",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAMED = re.compile(r"\b(?:Herrn?|Frau|Firma|Mr|Mrs|Ms|Miss|Dr|Doktor)\.?\s+([A-ZÄÖÜ][\w’'-]+)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORT = 4


@dataclass(frozen=True)
class _Signs:
    agent_voice: re.Pattern[str]
    calendar: re.Pattern[str]
    numbers: dict[str, str]


@cache
def _signs(language: Language) -> _Signs:
    text = files("simulator.evaluation").joinpath(f"signs_{language}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    voice = re.compile("|".join(data["agent_voice"]), re.IGNORECASE)
    return _Signs(voice, re.compile(rf"\b({data['calendar']})s?\b"), data["numbers"])


def slips(text: str, language: Language, known: str, names: frozenset[str]) -> list[Slip]:
    """Return what is wrong with a line.

    ``known`` is everything that scenario and conversation contain up to here; ``names`` are words
    that may be capitalised in the middle of a sentence without being anybody's name.
    """
    found: list[Slip] = []
    if _signs(language).agent_voice.search(text):
        found.append("agent_voice")
    if foreign(text, language) or re.search(r"[\u0370-\u1cff\u2e80-\U0001fbff]", text):
        found.append("other_language")
    if _CONTROL.search(text):
        found.append("control_text")
    if invented(text, language, known, names):
        found.append("invented")
    return found


def invented(text: str, language: Language, known: str, names: frozenset[str]) -> list[str]:
    """Return the numbers, dates, amounts and proper names that ``known`` does not contain.

    Numbers are compared as figures, also where they are written as words.
    """
    have = set(_figures(known, language))
    numbers = [figure for figure in _figures(text, language) if figure not in have]
    heard = {word.lower() for word in _WORD.findall(known)}
    named = [n for n in _named(text, language) if n.lower() not in heard and n.lower() not in names]
    return numbers + named


def repeated(text: str, earlier: Iterable[str]) -> bool:
    """Whether a line says over again what one earlier line of the same speaker said."""
    own = triples(text)
    return bool(own) and any(len(own & triples(e)) / len(own) > REPEATED for e in earlier)


def copied(text: str, lines: Sequence[frozenset[tuple[str, ...]]]) -> bool:
    """Whether a line is one of ``lines`` (their word triples); too short a line copies nothing."""
    own = triples(text)
    return len(own) >= _SHORT and any(len(own & line) / len(own) > COPIED for line in lines)


def triples(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of three words of a text."""
    words = [word.lower() for word in _WORD.findall(text)]
    return frozenset(tuple(words[i : i + 3]) for i in range(len(words) - 2))


def distinct_pairs(texts: Iterable[str], tokens: int) -> float:
    """Return the share of different ones among the first ``tokens`` pairs of words (distinct-2).

    After Li et al. 2016 (arXiv 1510.03055). Raises ValueError if there are too few pairs.
    """
    pairs: list[tuple[str, str]] = []
    for text in texts:
        words = [word.lower() for word in _WORD.findall(text)]
        pairs += pairwise(words)
        if len(pairs) >= tokens:
            return len(set(pairs[:tokens])) / tokens
    raise ValueError(f"only {len(pairs)} pairs of words")


def _figures(text: str, language: Language) -> list[str]:
    """Return the numbers of a text as figures, without thousands' marks and empty decimals."""
    written = _signs(language).numbers
    figures = [_plain(number) for number in _NUMBER.findall(text)]
    words = (word.lower() for word in _WORD.findall(text))
    return figures + [written[word] for word in words if word in written]


def _plain(number: str) -> str:
    return re.sub(r"[.,:]0+$", "", number).lstrip("0") or "0"


def _named(text: str, language: Language) -> list[str]:
    named = _NAMED.findall(text) + _signs(language).calendar.findall(text)
    if language == "en":
        named += re.findall(r"(?<=[a-z,;] )([A-Z][a-z]{2,})", text)
    return named
