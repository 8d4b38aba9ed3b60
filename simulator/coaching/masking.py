"""Puts readable placeholders where a call names people, telephones, contracts and accounts.

Rules, no model: what they find and what escapes them stands in ``docs/exchange.md``. Amounts,
dates, times and prices stay, the practice would be poorer without them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator.coaching.identifiers import IDENTIFIER, Kind, kind_of
from simulator.coaching.names import Names, find_names
from simulator.coaching.outside import Transcript
from simulator.domain.language import Language
from simulator.i18n import Texts

_AGAIN = re.compile(r"(\[[^\[\]\n]+\])(?:\s+\1)+")
_NOT_SAME = re.compile(r"[\s/.()-]+")


@dataclass(frozen=True)
class Replacement:
    """What now stands where ``original`` stood."""

    kind: Kind
    original: str
    placeholder: str


@dataclass(frozen=True)
class Masked:
    """Texts without what identifies people, and what was replaced, in order of appearance."""

    texts: tuple[str, ...]
    replaced: tuple[Replacement, ...]


@dataclass
class _Placeholders:
    """Gives the same thing the same placeholder through the whole call."""

    text: Texts
    taken: str
    given: dict[tuple[Kind, str], Replacement] = field(default_factory=dict)

    def of(self, kind: Kind, original: str, same: str) -> str:
        if (kind, same) not in self.given:
            number = 1 + sum(known == kind for known, _ in self.given)
            while (written := self._written(kind, number)) in self.taken:
                number += 1
                self.taken = self.taken.replace(written, "")
            self.given[kind, same] = Replacement(kind, original, written)
        return self.given[kind, same].placeholder

    def _written(self, kind: Kind, number: int) -> str:
        numbered = kind == "name" or number > 1
        key = "exchange.mask.numbered" if numbered else "exchange.mask.single"
        return self.text(key, kind=self.text(f"exchange.mask.{kind}"), number=number)


def mask(texts: Sequence[str], language: Language, known: Sequence[str] = ()) -> Masked:
    """Return ``texts``, one call in its order, with placeholders in the call's language.

    ``known`` are names that are masked wherever they stand, however they were come by.
    """
    placeholders = _Placeholders(Texts(language), "\n".join(texts))

    def identifier(match: re.Match[str]) -> str:
        kind = kind_of(match)
        if kind is None:
            return match[0]
        value = match["value"] or match["value_alone"] or match["phone_value"] or match[0]
        place = match[0].rindex(value)
        same = _NOT_SAME.sub("", value).casefold()
        return match[0][:place] + placeholders.of(kind, value, same)

    without = [IDENTIFIER.sub(identifier, text) for text in texts]
    names = find_names(without, known)
    done = tuple(_named(text, names, placeholders) for text in without)
    return Masked(done, tuple(placeholders.given.values()))


def mask_transcript(
    transcript: Transcript, title: str
) -> tuple[Transcript, str, tuple[Replacement, ...]]:
    """Return the transcript and its title masked; who is named as a speaker is so everywhere."""
    named = {turn.name for turn in transcript.turns if turn.name != turn.label.strip()}
    texts = [turn.text for turn in transcript.turns]
    labels = [turn.label for turn in transcript.turns]
    doubts = [problem.found for problem in transcript.problems]
    masked = mask([*texts, *labels, title, *doubts], transcript.language, sorted(named))
    count = len(texts)
    without = list(masked.texts)
    reworded = transcript.reworded(
        without[:count], without[count : 2 * count], without[2 * count + 1 :]
    )
    return reworded, without[2 * count], masked.replaced


def _named(text: str, names: Names, placeholders: _Placeholders) -> str:
    if names.pattern is None:
        return text

    def name(match: re.Match[str]) -> str:
        person = names.person(match["name"])
        return placeholders.of("name", person, person) + (match["s"] or "")

    return _AGAIN.sub(r"\1", names.pattern.sub(name, text))
