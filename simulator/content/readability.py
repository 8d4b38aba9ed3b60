"""How hard a text is to read: LIX, the readability index of Björnsson.

C. H. Björnsson, *Läsbarhet* (1968): words a sentence plus long words (over six letters) in a
hundred. Up to 30 reads like a children's book, to 40 like a story, to 50 like a newspaper, above
that like an official text. It needs no syllables, so it is the same measure in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.content.nodes import Mapping, locate
from simulator.content.problems import Findings
from simulator.content.text_checks import unfilled
from simulator.domain.language import LANGUAGES
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario

HARD_BRIEFING = 50
"""Where Björnsson's newspaper ends; the shipped briefings lie between 23 and 46."""

HARD_LINES = 35
"""The middle of Björnsson's story; what the shipped customers say lies between 13 and 30."""

_LONG = 6
_FEWEST_WORDS = 20
"""Fewer words say nothing about how a text reads."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"[.!?…:]+(?=[”“\"’)]*(?:\s|$))")


def lix(text: str) -> float:
    """Return the index of ``text``; 0 without a word."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    long_words = sum(len(word) > _LONG for word in words)
    return len(words) / max(1, len(_END.findall(text))) + 100 * long_words / len(words)


def check_persona_reads(persona: Persona, root: Mapping, findings: Findings) -> None:
    """Hint at a person who does not talk like one."""
    for language in LANGUAGES:
        lines = [line for lines in persona.text(language).lines.values() for line in lines]
        _check_spoken(lines, language, root, findings)


def check_scenario_reads(scenario: Scenario, root: Mapping, findings: Findings) -> None:
    """Hint at a briefing that is hard to take in, and lines that nobody would say."""
    for language in LANGUAGES:
        text = scenario.text(language)
        level = lix(text.briefing)
        if _counts([text.briefing]) and level > HARD_BRIEFING:
            at = locate(root, (language, "briefing"))
            findings.hint(at, "hard_briefing", level=round(level), usual=HARD_BRIEFING)
        _check_spoken([line.text for line in text.lines], language, root, findings)


def _check_spoken(lines: Sequence[str], language: str, root: Mapping, findings: Findings) -> None:
    level = lix("\n".join(lines))
    if _counts(lines) and level > HARD_LINES:
        at = locate(root, (language, "lines"))
        findings.hint(at, "hard_lines", level=round(level), usual=HARD_LINES)


def _counts(texts: Sequence[str]) -> bool:
    if any(map(unfilled, texts)):
        return False
    return sum(len(_WORD.findall(text)) for text in texts) >= _FEWEST_WORDS
