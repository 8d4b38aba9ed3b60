"""Whether a line is written as its language is: letters, quotation marks, the language itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.domain.language import Language

# Words that stand in almost every text of the language and in none of the other.
_FREQUENT: dict[Language, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:ich|sie|das|ist|nicht|und|der|mir|mich|ein|eine|es|wir|auf|mit|zu|für|von|dem|den|"
        r"haben|habe|dass|aber|noch|doch|ja|nein|wie|wenn|bei|auch|kein|keine|was|hat|nur)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:i|you|the|not|and|it|that|my|with|of|have|this|but|still|yes|how|if|"
        r"don't|i'm|i've|you're|what|be|your|to|can)\b",
        re.IGNORECASE,
    ),
}
# Umlauts written as two letters, in words that have no such letters of their own.
_TRANSLITERATED = re.compile(
    r"\b(?:f(?:ue)r|(?:ue)ber\w*|k(?:oe)nn\w*|m(?:ue)ss\w*|m(?:oe)cht\w*|w(?:ae)r\w*|h(?:ae)tt\w*|"
    r"w(?:ue)rd\w*|nat(?:ue)rlich|sch(?:oe)n\w*|gr(?:oe)ss\w*|zur(?:ue)ck|f(?:ue)nf\w*|"
    r"sp(?:ae)t\w*|m(?:ae)nn\w*|gr(?:ue)n\w*|gr(?:ue)(?:ss|ß)\w*|bitteschoen|verstaend\w*)\b",
    re.IGNORECASE,
)
_UNREADABLE = re.compile(r"[\u0000-\u0009\u000b-\u001f\ufffd\u200b\u0400-\u04ff\u4e00-\u9fff]")
_SPACING = re.compile(r" [,;:?!.](?![.\w])|  |,(?=[A-Za-zÄÖÜäöüß])")
_GERMAN_OLD = re.compile(r"\b(?:daß|muß|mußte|laß|wußte|bißchen|Schluß|Anschluß)\b")
_ENOUGH = 12


def misspelt(text: str, language: Language) -> Iterator[str]:
    """Yield what is wrong with the writing of ``text``, in English words."""
    if unreadable := _UNREADABLE.search(text):
        yield f"character U+{ord(unreadable.group()):04X}"
    if spacing := _SPACING.search(text):
        near = text[max(0, spacing.start() - 8) : spacing.end() + 8]
        yield f"spacing near “{near}”"
    if foreign(text, language):
        yield "not in the language of the dialogue"
    if language == "de":
        yield from _german(text)
    elif text.count("“") != text.count("”"):
        yield "quotation marks do not close"


def foreign(text: str, language: Language) -> bool:
    """Whether a text of twelve words or more is rather in the other language."""
    if len(text.split()) < _ENOUGH:
        return False
    other: Language = "en" if language == "de" else "de"
    own = len(_FREQUENT[language].findall(text))
    return len(_FREQUENT[other].findall(text)) > own + 3


def _german(text: str) -> Iterator[str]:
    if written := _TRANSLITERATED.search(text):
        yield f"umlaut written out in “{written.group()}”"
    if old := _GERMAN_OLD.search(text):
        yield f"old spelling “{old.group()}”"
    if '"' in text:
        yield "straight quotation marks"
    if text.count("„") != text.count("“"):
        yield "quotation marks do not close"
