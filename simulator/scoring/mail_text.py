"""Takes a mail apart: how it begins, what it says, how it ends and who signs it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from simulator.domain.language import Language

_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(r"\s*(?:\d{1,2}[.)]|[-•*–])\s+")
_CAPITAL = r"[^\W\d_a-zäöüßı][\w'’.-]*"
_NAME = re.compile(
    rf"{_CAPITAL}(?:\s+(?:{_CAPITAL}|v[oa]n|zu[rm]?|de[rnl]?|da|di|la|le|al|el|bin|ten)){{0,3}}"
)
_ENDS = re.compile(r"[.!?…]+[“”\"’»)]*(?=\s|$)")
_SHORTENED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Nr|No|ca|z\.\s?B|bzw|St|Kd|Tel|e\.g|i\.e|Prof)\.$")
_WRAPPED = 50
"""Characters from which a line that ends in a comma goes on in the next."""
_LAST_LINES = 7


@dataclass(frozen=True)
class Signs:
    """The compiled wordings of ``mail_*.toml``."""

    salutation: re.Pattern[str]
    closing: re.Pattern[str]
    team: re.Pattern[str]
    titles: frozenset[str]
    question: re.Pattern[str]
    request: re.Pattern[str]
    complaint: re.Pattern[str]
    no_point: re.Pattern[str]
    answers: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


@dataclass(frozen=True)
class Mail:
    """A mail in its parts.

    ``salutation`` and ``closing`` are as they stand, or empty; ``signed`` is the first name-like
    words below, of a person and not of a team. ``start`` and ``end`` bound the body.
    """

    text: str
    salutation: str
    closing: str
    signed: str
    start: int
    end: int


@cache
def signs(language: Language) -> Signs:
    """Return the wordings of ``language``, compiled once."""
    data = tomllib.loads(
        files("simulator.scoring").joinpath(f"mail_{language}.toml").read_text(encoding="utf-8")
    )

    def any_of(name: str) -> str:
        return "|".join(f"(?:{line})" for line in data[name].strip().splitlines())

    titles = "|".join(data["titles"].split())
    begins = rf"\s*(?:{any_of('salutation')})\b(?:\b(?:Dr|Mr|Mrs|Ms|Prof)\.|[^,!.:;\n?]){{0,60}}"
    return Signs(
        salutation=re.compile(rf"{begins}(?:,\s*(?:{titles})\.?\s+[\w'’-]+)?", re.IGNORECASE),
        closing=re.compile(rf"\s*(?:{any_of('closing')})", re.IGNORECASE),
        team=re.compile(data["team"], re.IGNORECASE),
        titles=frozenset(data["titles"].split()),
        question=re.compile(any_of("question"), re.IGNORECASE),
        request=re.compile(any_of("request"), re.IGNORECASE),
        complaint=re.compile(any_of("complaint"), re.IGNORECASE),
        no_point=re.compile(any_of("no_point"), re.IGNORECASE),
        answers=tuple(
            (re.compile(ask, re.IGNORECASE), re.compile(answer, re.IGNORECASE | re.MULTILINE))
            for ask, answer in data["answers"].items()
        ),
    )


def parted(text: str, language: Language, company: str = "") -> Mail:
    """Return ``text`` in its parts; a signature of nothing but ``company`` is nobody's name."""
    found = signs(language)
    greeting = found.salutation.match(text)
    start = greeting.end() if greeting else 0
    # a salutation is not a whole paragraph that happens to begin with one
    salutation = greeting.group().strip() if greeting else ""
    end, closing, signed = len(text), "", ""
    for line in [line for line in _LINE.finditer(text) if line.end() > start][-_LAST_LINES:]:
        words = line.group()[max(0, start - line.start()) :]
        formula = found.closing.match(words)
        if formula and len(words.split()) <= 9 and not words.rstrip().endswith("?"):
            end = max(start, line.start())
            closing, signed = formula.group().strip(), ""
            below = text[end + formula.end() :]
            signed = _name(below, found, company)
            break
    if not closing:
        last = text.rstrip().rsplit("\n", 1)
        if len(last) == 2 and (name := _name(last[1], found, company)) and _alone(last[1]):
            end, closing, signed = len(last[0]), last[1].strip(), name
    return Mail(text, salutation, closing, signed, start, end)


def units(mail: Mail) -> list[tuple[str, bool]]:
    """Return the sentences of the body, and of each whether it is an item of a list."""
    found: list[tuple[str, bool]] = []
    for paragraph in _paragraphs(mail.text[mail.start : mail.end].lstrip(" ,!.:;")):
        item = _ITEM.match(paragraph)
        if item:
            found.append((paragraph[item.end() :].strip(" ,;"), True))
        else:
            found += [(sentence, False) for sentence in _sentences(paragraph)]
    return [(text, item) for text, item in found if any(map(str.isalnum, text))]


def _paragraphs(body: str) -> list[str]:
    """Return the paragraphs, with lines that were only wrapped joined again."""
    paragraphs: list[str] = []
    goes_on = False
    for line in body.split("\n"):
        if goes_on and line.strip() and not _ITEM.match(line):
            paragraphs[-1] += f" {line.strip()}"
        elif line.strip():
            paragraphs.append(line.strip())
        ended = line.rstrip()
        goes_on = bool(ended) and (
            ended[-1] not in ".!?…:;," or (ended[-1] == "," and len(ended) >= _WRAPPED)
        )
    return paragraphs


def _sentences(paragraph: str) -> list[str]:
    sentences: list[str] = []
    start = 0
    for mark in _ENDS.finditer(paragraph):
        before, after = paragraph[start : mark.end()], paragraph[mark.end() :].lstrip()
        ordinal = paragraph[: mark.start()][-1:].isdigit() and mark.group() == "."
        if _SHORTENED.search(before) or (ordinal and after and not before[-5:-1].isdigit()):
            continue
        sentences.append(before.strip())
        start = mark.end()
    return [*sentences, paragraph[start:].strip()]


def _name(below: str, found: Signs, company: str) -> str:
    """Return the first part of a signature that can be a person's name, or an empty string."""
    firm = frozenset(company.lower().split())
    for part in re.split(r"[\n,|·–/(]| - ", below):
        words = part.strip(" .!").split()
        name = " ".join(words)
        if words and _NAME.fullmatch(name) and not found.team.search(name):
            own = [word for word in words if word.lower() not in firm]
            if own and (len(words) == 1 or len(own) > 1 or not firm):
                return name
    return ""


def _alone(line: str) -> bool:
    return len(line.split()) <= 6 and line.strip()[-1:] not in ".!?…:"
