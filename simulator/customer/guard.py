"""Throws out what a caller would not say: the agent's voice, inventions, repetitions, secrets."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from simulator.domain.language import LANGUAGES, Language

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CONTROL = re.compile(
    r"<[|/!\w]|[|\[\]{}*#_`\\~^=@]|https?:|\bwww\.|^\s*[-•–]\s|&[a-z]+;|\bX{3,}\b"
    r"|\b(agent(in)?|kunde|kundin|anrufer(in)?|berater(in)?|mitarbeiter(in)?|customer|caller"
    r"|advis[eo]r|representative|assistant|assistent(in)?|user|system|human|ai|ki|narrator)"
    r"\s*(\([^)]*\)\s*)?:",
    re.IGNORECASE | re.MULTILINE,
)
_STAGE = re.compile(r"[()]")
_NO_LATIN = re.compile(r"[\u0370-\u1cff\u2190-\u2bff\u2e80-\U0010ffff]")
_QUOTED = re.compile(r"[„“‚‘»«\"][^„“”‘»«\"]*[“”‘»«\"]")
_CLAUSE = re.compile(r"[.!?…,;:–\n]+")
_LONGEST = {"phone": 60, "email": 120}
_SHORTEST = {"phone": 1, "email": 10}
_ECHO_WORDS, _ECHO = 4, 0.75
_RUN = 5
"""Words in a row that, said before by either side, make a line a repetition."""
_LOOPS = ((1, 4), (2, 3), (3, 3), (4, 3))
"""So many words, so many times in a row, are a loop; “wait, wait, wait” is still speech."""
_SECRET_STEMS = 3
_SECRET_SHARE = 0.6
"""Words of a telling, not known otherwise, that give the secret away: so many or such a share."""


@dataclass(frozen=True)
class _Signs:
    agent_voice: re.Pattern[str]
    function_words: frozenset[str]
    names: re.Pattern[str]
    calendar: re.Pattern[str]
    common_capitals: frozenset[str]


@cache
def _signs(language: Language) -> _Signs:
    text = files("simulator.customer").joinpath(f"guard_{language}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    nouns = "".join(rf"(?<!\b{word} )" for word in data["no_title_after"].split())
    return _Signs(
        re.compile("|".join(data["agent_voice"]), re.IGNORECASE),
        frozenset(data["function_words"].split()),
        re.compile(
            rf"(?:{nouns}\b(?:{data['titles']})\.?|(?:{data['introductions']}))"
            r"\s+([A-ZÄÖÜ][^\W\d_]+)"
        ),
        re.compile(rf"\b({data['calendar']}|(?:{data['calendar'].lower()})(?=s\b))s?\b"),
        frozenset(data.get("common_capitals", "").lower().split()),
    )


@dataclass(frozen=True)
class Guard:
    """What this customer may say at this moment.

    ``known`` is all text of the scenario and the conversation: only its numbers, dates and names
    may be said. ``said`` are the customer's own earlier lines, ``reply`` the agent's last words,
    ``secret`` the hidden need while it may not come out, and the lines that tell it, one each;
    else empty.
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
        if not any(map(str.isalpha, text)) or (whole and len(words) < _SHORTEST[self.channel]):
            return "too_short"
        if len(words) > _LONGEST[self.channel]:
            return "too_long"
        rules = (
            ("control_text", self._controls(text)),
            ("agent_voice", bool(_signs(self.language).agent_voice.search(_unquoted(text)))),
            ("other_language", _foreign(text, self.language)),
            ("invented", self._invents(text)),
            ("repeats", self._repeats(text)),
            ("secret", self._tells_secret(text)),
        )
        return next((name for name, broken in rules if broken), None)

    def _controls(self, text: str) -> bool:
        stage = self.channel == "phone" and _STAGE.search(text)
        return bool(stage or _CONTROL.search(text)) or not text.replace("\n", " ").isprintable()

    def _invents(self, text: str) -> bool:
        signs, known = _signs(self.language), _vocabulary(self.known)
        numbers = set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", self.known))
        named = [*signs.names.findall(text), *signs.calendar.findall(text)]
        if self.language == "en":
            named += re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{2,}", text)
        known |= signs.common_capitals
        return bool(numbers) or not known.issuperset(map(str.lower, named))

    def _repeats(self, text: str) -> bool:
        words = _words(text)
        runs = _runs(words, _RUN)
        if len(runs) != len(set(runs)) or any(_loops(words, *loop) for loop in _LOOPS):
            return True
        before = {run for line in (*self.said, self.reply) for run in _runs(_words(line), _RUN)}
        same = [_words(line) for line in self.said]
        return (
            not before.isdisjoint(runs) or (len(words) > 1 and words in same) or self._echoes(words)
        )

    def _echoes(self, words: list[str]) -> bool:
        """Whether it gives the agent's own words back, in whatever order, as a small model does."""
        heard = frozenset(_words(self.reply))
        return len(words) >= _ECHO_WORDS and sum(w in heard for w in words) / len(words) >= _ECHO

    def _tells_secret(self, text: str) -> bool:
        open_stems, stems = _stems(self.known, self.language), _stems(text, self.language)
        runs = frozenset(_runs(_words(text), _RUN))
        for telling in self.secret.splitlines():
            hidden = _stems(telling, self.language) - open_stems
            told = len(hidden & stems)
            if told >= _SECRET_STEMS or (hidden and told / len(hidden) >= _SECRET_SHARE):
                return True
            if not runs.isdisjoint(_runs(_words(telling), _RUN)):
                return True
        return False


def _unquoted(text: str) -> str:
    """Return ``text`` without what it quotes; a line that is nothing but a quotation stays."""
    rest = _QUOTED.sub(" ", text)
    return (rest if _WORD.search(rest) else text).replace("’", "'")


def _foreign(text: str, language: Language) -> bool:
    if _NO_LATIN.search(text):
        return True
    return any(_reads_as_other(_words(part), language) for part in (text, *_CLAUSE.split(text)))


def _reads_as_other(words: list[str], language: Language) -> bool:
    counts = {
        each: sum(word in _signs(each).function_words for word in words) for each in LANGUAGES
    }
    other = max(count for each, count in counts.items() if each != language)
    return other >= 2 and other > counts[language]


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _runs(words: list[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + length]) for i in range(len(words) - length + 1)]


def _loops(words: list[str], length: int, times: int) -> bool:
    spans = _runs(words, length * times)
    return any(span == span[:length] * times for span in spans)


# What is known is the same text for every line of a moment, and much of it.
@lru_cache(maxsize=8)
def _vocabulary(known: str) -> frozenset[str]:
    return frozenset(_words(known))


@lru_cache(maxsize=64)
def _stems(text: str, language: Language) -> frozenset[str]:
    ignored = _signs(language).function_words
    return frozenset(word[:6] for word in _words(text) if len(word) > 3 and word not in ignored)
