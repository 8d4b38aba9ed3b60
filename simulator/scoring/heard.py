"""A reply in its place, how it was read, and the rules that stand above the heads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from simulator.domain.act import Act
from simulator.domain.cue import POSITIVE_CUES, Cue
from simulator.domain.language import Language
from simulator.domain.score import Dimension, Evidence
from simulator.lm.base import Reading
from simulator.scoring.encoder import Vector
from simulator.scoring.heads import Rating
from simulator.scoring.lexicon import plain, words
from simulator.scoring.overlap import parroted

RULE_CONFIDENCE = 0.9
"""Confidence where a rule and not a head decides; set, not measured."""

_PARROT = 0.8
_INSULTED = 9.0
_FUELLED = 30.0
_CAPPED = 50.0
_BRIEF_WORDS = 2
_BRIEF = 20.0


@dataclass(frozen=True)
class Said:
    """A reply in its place: ``context`` are the customer's last words, which did ``act`` as far as
    that is known, ``earlier`` those before.
    """

    reply: str
    context: str
    language: Language
    earlier: tuple[str, ...] = ()
    act: Act | None = None


@dataclass(frozen=True)
class Heard:
    """A reply as it was read."""

    said: Said
    evidence: tuple[Evidence, ...]
    reading: Reading
    situation: Vector | None

    @cached_property
    def insults(self) -> bool:
        """Whether the customer is insulted."""
        return any(one.cue is Cue.INSULT for one in self.evidence)

    @cached_property
    def admonishes(self) -> bool:
        """Whether the customer is told to calm down."""
        return any(one.cue is Cue.CALM_DOWN for one in self.evidence)

    @cached_property
    def parrots(self) -> bool:
        """Whether the reply only says the customer's words again."""
        return parroted(plain(self.said.reply), plain(self.said.context)) > _PARROT

    @cached_property
    def brief(self) -> bool:
        """Whether it is a word or two that take up nothing."""
        told = any(one.cue in POSITIVE_CUES for one in self.evidence)
        return len(words(self.said.reply)) <= _BRIEF_WORDS and not told


def ruled(heard: Heard, dimension: Dimension, rating: Rating) -> Rating:
    """Return the rating under the rules above the heads (``models/scorer/README.md``)."""
    limit = _limit(heard, dimension)
    return rating if rating.value <= limit else Rating(limit, RULE_CONFIDENCE)


def _limit(heard: Heard, dimension: Dimension) -> float:
    if heard.insults and dimension is not Dimension.LISTENING:
        return _INSULTED
    if heard.admonishes and dimension is Dimension.DE_ESCALATION:
        return _FUELLED
    if heard.parrots and dimension is not Dimension.DE_ESCALATION:
        return _CAPPED
    if heard.brief:
        return _CAPPED if dimension is Dimension.DE_ESCALATION else _BRIEF
    return 100.0
