"""What a reply did to this person: how its scores read, and which sore points it touched."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from simulator.domain.language import Language
from simulator.domain.persona import Persona, Reaction
from simulator.domain.score import Dimension, DimensionScore, TurnScores

UNRATED = 0.5
"""How a dimension reads that could not be rated: no offence, but nothing given either."""

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


@dataclass(frozen=True)
class Touched:
    """A trigger or softener that was set off; ``label`` names it in the call's language."""

    reaction: Reaction
    label: str


@dataclass(frozen=True)
class Appraisal:
    """The triggers and softeners of one reply, each at most once, in the persona's order."""

    triggers: tuple[Touched, ...] = ()
    softeners: tuple[Touched, ...] = ()


def appraise(reply: str, scores: TurnScores, persona: Persona, language: Language) -> Appraisal:
    """Return what ``reply`` sets off in ``persona``.

    A reaction is set off by one of its cues among ``scores.cues`` or by one of its phrases in
    ``reply``: whole words, without regard to case. Triggers and softeners do not cancel out.
    """
    cues = scores.cues

    def touched(reactions: tuple[Reaction, ...]) -> tuple[Touched, ...]:
        return tuple(
            Touched(reaction, reaction.wording(language).label)
            for reaction in reactions
            if cues.intersection(reaction.cues) or phrases_in(reply, reaction, language)
        )

    return Appraisal(touched(persona.triggers), touched(persona.softeners))


def label(score: DimensionScore) -> float:
    """Return a score on the scale of the corpus labels, 0 to 2, or ``UNRATED``."""
    return UNRATED if score.value is None else score.value / 50


def worth(scores: TurnScores) -> float:
    """Return the mean label of a reply, 0 to 2."""
    return sum(label(scores.of(dimension)) for dimension in Dimension) / len(Dimension)


def phrases_in(reply: str, reaction: Reaction, language: Language) -> tuple[str, ...]:
    """Return the phrases of ``reaction`` that stand in ``reply``."""
    words = _plain(reply)
    return tuple(
        phrase
        for phrase in reaction.wording(language).phrases
        if phrase.strip() and re.search(rf"(?<!\w){re.escape(_plain(phrase))}(?!\w)", words)
    )


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    return " ".join(composed.casefold().split())
