"""Throws out what a caller would not say: the agent's voice, inventions, repetitions, secrets."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from simulator.domain.language import LANGUAGES, Language

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CONTROL = re.compile(
    r"<[|/\w]|\||[\[\]{}*#_`\\~^=]|\b(agent|kunde|kundin|customer|assistant|user|system)\s*:",
    re.IGNORECASE,
)
_LONGEST = {"phone": 60, "email": 120}
_SHORTEST = {"phone": 1, "email": 10}
_SECRET_WORDS = 3
_RUN = 5
"""Words in a row that, said before by either side, make a line a repetition."""


@dataclass(frozen=True)
class _Signs:
    agent_voice: re.Pattern[str]
    function_words: frozenset[str]
    names: re.Pattern[str]
    calendar: re.Pattern[str]


@cache
def _signs(language: Language) -> _Signs:
    text = files("simulator.customer").joinpath(f"guard_{language}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return _Signs(
        re.compile("|".join(data["agent_voice"]), re.IGNORECASE),
        frozenset(data["function_words"].split()),
        re.compile(rf"\b(?:{data['titles']})\.?\s+([^\W\d_]\w+)"),
        re.compile(rf"\b(?:{data['calendar']})s?\b", re.IGNORECASE),
    )


@dataclass(frozen=True)
class Guard:
    """What this customer may say at this moment.

    ``known`` is all text of the scenario and the conversation: only its numbers, dates and names
    may be said. ``said`` are the customer's own earlier lines, ``reply`` the agent's last words,
    ``secret`` the hidden need while it may not come out, else empty.
    """

    language: Language
    channel: str
    known: str
    said: tuple[str, ...] = ()
    reply: str = ""
    secret: str = ""

    def objection(self, text: str, whole: bool = True) -> str | None:
        """Return the name of the first rule that ``text`` breaks, None if it may be said.

        ``whole`` is False for a clause of a line that is still growing: it is not too short.
        """
        words = text.split()
        if not _WORD.search(text) or (whole and len(words) < _SHORTEST[self.channel]):
            return "too_short"
        if len(words) > _LONGEST[self.channel]:
            return "too_long"
        signs = _signs(self.language)
        rules = (
            (
                "control_text",
                bool(_CONTROL.search(text)) or not text.replace("\n", " ").isprintable(),
            ),
            ("agent_voice", bool(signs.agent_voice.search(text))),
            ("other_language", _foreign(text, self.language)),
            ("invented", self._invents(text)),
            ("repeats", self._repeats(text)),
            ("secret", self._tells_secret(text)),
        )
        return next((name for name, broken in rules if broken), None)

    def _invents(self, text: str) -> bool:
        signs, known = _signs(self.language), self.known.lower()
        numbers = set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", self.known))
        named = [*signs.names.findall(text), *signs.calendar.findall(text)]
        if self.language == "en":
            named += re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{2,}", text)
        return bool(numbers) or any(name.lower() not in known for name in named)

    def _repeats(self, text: str) -> bool:
        words = _words(text)
        runs = _runs(words, _RUN)
        if len(runs) != len(set(runs)) or _stutters(words):
            return True
        before = {run for line in (*self.said, self.reply) for run in _runs(_words(line), _RUN)}
        same = [_words(line) for line in self.said]
        return not before.isdisjoint(runs) or (len(words) > 1 and words in same)

    def _tells_secret(self, text: str) -> bool:
        if not self.secret:
            return False
        told = _stems(text) & _stems(self.secret) - _stems(self.known)
        return len(told) >= _SECRET_WORDS


def _foreign(text: str, language: Language) -> bool:
    if re.search(r"[\u0370-\u1cff\u2e80-\uffff]", text):
        return True
    words = _words(text)
    counts = {
        each: sum(word in _signs(each).function_words for word in words) for each in LANGUAGES
    }
    other = max(count for each, count in counts.items() if each != language)
    return other >= 2 and other > counts[language]


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _runs(words: list[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + length]) for i in range(len(words) - length + 1)]


def _stutters(words: list[str]) -> bool:
    return any(a == b == c for a, b, c in zip(words, words[1:], words[2:], strict=False))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:7] for word in _words(text) if len(word) > 5)
