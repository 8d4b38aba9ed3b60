"""Finds the names of people in a call by what introduces them: Herr, Mrs, „mein Name ist“."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.domain.language import LANGUAGES
from simulator.scoring.lexicon import lexicon

_WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+){0,4}"
_NEXT = re.compile(rf"\s*((?:Dr|Prof|St)\.|{_WORD})")
_TITLE = re.compile(
    r"(?<!\w)(?:Herrn?|Frau|Fräulein|Hr\.|Fr\.|Mr\.?|Mrs\.?|Ms\.?|Miss|Mx\.?)(?=\s)", re.IGNORECASE
)
_MY_NAME_IS = re.compile(
    r"\b(?:mein Name (?:ist|lautet)|ich heiße|my name(?: is|['’]s)|I(?:['’]m| am) called)(?=\s)",
    re.IGNORECASE,
)
_THIS_IS = re.compile(
    rf"\bthis is ((?:{_WORD}\s+){{1,3}})(?=(?:speaking|calling|from|here)\b)", re.IGNORECASE
)
# How a line is answered: „Stadtwerke, Petra Lange, guten Tag“, “Acme, Jane Porter speaking”.
_ANSWERS = re.compile(
    rf"(?:^|,|\bhier (?:ist|spricht)|\bSie sprechen mit|\byou(?:['’]re| are) (?:speaking|talking) "
    rf"(?:to|with))\s*((?-i:[A-ZÄÖÜ]){_WORD}\s+(?-i:[A-ZÄÖÜ]){_WORD})"
    r"(?:,\s+(?=guten|hallo|grüß|moin|was|wie|womit|ja\b|good|hello|hi\b|how|what)|"
    r"(?=\s+speaking\b|\s+am Apparat\b))",
    re.IGNORECASE,
)
_IS_MY_NAME = re.compile(
    rf"(?<!\w)({_WORD}(?:[^\S\n]+{_WORD})?),?\s+"
    r"(?:ist mein Name\b|is my name\b|mein Name(?=\s*(?:[.,!?]|$)))",
    re.IGNORECASE,
)
_BEFORE_A_NOUN = re.compile(
    r"\b(?i:der|die|das|dem|den|des|ein|eine[mnrs]?|kein\w{0,2}|mein\w{0,2}|ihr\w{0,2}|unser\w{0,2}|"
    rf"dies\w{{1,2}}|im|am|zum|zur|beim|vom|ins|the|an?|my|your|our|this)\s+({_WORD})"
)
_LEADING = frozenset({"von", "vom", "zu", "zur", "der", "den", "dr", "dr.", "prof", "prof.", "st."})
_WITHIN = frozenset({"van", "de", "da", "di", "del", "al", "el", "bin", "ter", "ten", "le", "la"})
_NO_NAMES = """
    sie ihr ihre ihrem ihren ihnen ich wir du er es und oder aber ja nein bitte danke guten gute
    tag morgen abend hallo moin doktor doktorin professor professorin kollege kollegin kunde
    kundin gott ober general doch also so noch nicht i you we he she they and but please hello hi
    good morning afternoon evening thank thanks yes no it is
"""
_NOBODY = frozenset(_NO_NAMES.split())
_MOST = 3


@dataclass(frozen=True)
class Names:
    """The names of a call; ``people`` maps each word of a name to its person's whole name."""

    people: dict[str, str]
    pattern: re.Pattern[str] | None
    """Finds ``name`` with the ending ``s`` of a genitive behind it."""

    def person(self, word: str) -> str:
        """Return whose name ``word`` is, in whatever letters it is written."""
        return self.people.get(word) or self.people[word.casefold()]


def find_names(texts: Sequence[str], known: Sequence[str] = ()) -> Names:
    """Return the names that ``texts`` introduce, and those ``known`` already."""
    nouns = {match[1] for text in texts for match in _BEFORE_A_NOUN.finditer(text)}
    people: dict[str, str] = {}
    for parts in (*_known(known), *(found for text in texts for found in _introduced(text, nouns))):
        words = [word for word in parts if word.removesuffix("s") not in people or word in people]
        person = next((people[word] for word in words if word in people), " ".join(words))
        people.update({word: person for word in words if word not in people})
    people.update(_first_names(texts, people, nouns))
    # Keller's and Kellers are Keller
    for word in [w for w in people if w.endswith("s") and w[:-1] in people]:
        del people[word]
    folded = {word.casefold(): person for word, person in people.items()}
    return Names({**folded, **people}, _pattern(people))


def _first_names(
    texts: Sequence[str], people: dict[str, str], nouns: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield the words that stand right before a known name and so are names too, with the person.

    A word that is written small elsewhere in the call is none.
    """
    if not people:
        return
    known = "|".join(map(re.escape, people))
    beside = re.compile(rf"(?<!\w)({_WORD})[^\S\n]+({known})(?!\w)")
    small = {word for text in texts for word in re.findall(_WORD, text) if word[0].islower()}
    for word, name in (pair for text in texts for pair in beside.findall(text)):
        other = word in people or word in nouns or word.casefold() in small
        if (
            _is_name(word)
            and not other
            and not _is_function_word(word)
            and not _TITLE.match(f"{word} ")
        ):
            yield word.title() if word.isupper() else word, people[name]


def _pattern(people: dict[str, str]) -> re.Pattern[str] | None:
    if not people:
        return None
    longest_first = sorted(people, key=lambda word: (-len(word), word))
    plain = [word for word in longest_first if not _is_function_word(word)]
    written = (
        "|".join(re.escape(form) for word in plain for form in (word, word.upper())) or r"\b\B"
    )
    # "Will", and in small letters any name, may be a plain word, unless a title or a name is near.
    folded = "|".join(map(re.escape, longest_first))
    title = r"(?<=\bherr )|(?<=\bherrn )|(?<=\bfrau )|(?<=\bmr )|(?<=\bmrs )|(?<=\bms )"
    titled = rf"(?i:(?:{title})(?:{folded}))"
    before = "|".join(re.escape(word) for word in longest_first if word not in plain) or r"\b\B"
    return re.compile(
        rf"(?<![^\W_])(?P<name>{written}|{titled}|(?:{before})(?=\s+(?:{written})))"
        r"(?P<s>['’]?s)?(?![^\W_])"
    )


def _known(known: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for name in known:
        parts = tuple(
            word
            for word in re.findall(_WORD, name)
            if len(word) > 1 and not _TITLE.match(f"{word} ") and not _of_no_name(word)
        )
        if parts:
            yield parts


def _introduced(text: str, nouns: set[str]) -> Iterator[tuple[str, ...]]:
    for introduction in (_TITLE, _MY_NAME_IS):
        for match in introduction.finditer(text):
            if parts := _names_at(text, match.end(), nouns):
                yield parts
    for match in _THIS_IS.finditer(text):
        if (parts := _names_at(match[1], 0, nouns)) and parts[0] not in nouns:
            yield parts
    for match in _ANSWERS.finditer(text):
        if len(parts := _names_at(match[1], 0, nouns)) > 1:
            yield parts
    for match in _IS_MY_NAME.finditer(text):
        parts = tuple(w for w in match[1].split() if _is_name(w) and w not in nouns)
        if parts:
            yield parts


def _names_at(text: str, at: int, nouns: set[str]) -> tuple[str, ...]:
    """Return the words of the name that begins at ``at``; the first is one even if a noun is too.

    "Sommer, Petra Sommer" is one name.
    """
    parts: list[str] = []
    while len(parts) < _MOST and (word := _NEXT.match(text, at)):
        form = word[1]
        if form.casefold() in (_WITHIN if parts else _WITHIN | _LEADING):
            at = word.end()
            continue
        if not _is_name(form) or (parts and (form in nouns or _is_function_word(form))):
            break
        parts.append(re.sub(r"['’]s?$", "", form))
        at = word.end()
        if parts[-1] != form:
            break
    if parts and parts[0] in nouns and (len(parts) > 1 or re.match(r"\s*\[", text[at : at + 9])):
        del parts[0]  # Herr Techniker Müller, Herr Techniker [Name 1]
    if parts:
        again = re.match(rf",\s+({_WORD})\s+{re.escape(parts[-1])}(?!\w)", text[at : at + 80])
        if again and _is_name(again[1]):
            parts.insert(0, again[1])
    return tuple(parts)


def _is_name(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not _of_no_name(word)


def _of_no_name(word: str) -> bool:
    return word.casefold() in _NOBODY | _LEADING | _WITHIN


def _is_function_word(word: str) -> bool:
    return any(word.casefold() in lexicon(each).words["function"] for each in LANGUAGES)
