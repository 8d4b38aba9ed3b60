"""What each thing about a reply did to the customer: the ledger, with the words it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.coaching.marks import marks
from simulator.customer.appraisal import phrases_in
from simulator.domain.conversation import AgentTurn
from simulator.domain.emotion import Feeling, LedgerEntry
from simulator.domain.language import Language
from simulator.domain.persona import Persona, Reaction
from simulator.domain.score import Dimension

PERSON_RULES = frozenset({"settling", "inertia", "cap", "limit"})
"""Rules of the ledger that are no doing of the reply."""


@dataclass(frozen=True)
class Effect:
    """One reason for a change, ``moved`` in points (of 10) of each feeling it changed.

    ``rule`` and ``detail`` are those of the ledger, ``words`` the ones of the reply that did it,
    in its order; an empty ``rule`` stands for all that lies in the person and not in the reply.
    """

    rule: str
    detail: str
    words: tuple[str, ...]
    moved: tuple[tuple[Feeling, float], ...]

    @property
    def gain(self) -> float:
        """How much better off the customer is for it, over all three feelings."""
        return sum(-points if f is Feeling.ANGER else points for f, points in self.moved)

    @property
    def weight(self) -> float:
        """How much it moved, whichever way."""
        return sum(abs(points) for _, points in self.moved)


def effects(
    reply: AgentTurn,
    ledger: Iterable[LedgerEntry],
    persona: Persona | None,
    language: Language,
) -> tuple[Effect, ...]:
    """Return what ``reply`` did, the strongest first, and last what lies in the person.

    The points of all effects on one feeling add up to its change. Without the ``persona`` (their
    file is gone) nobody knows which words were a sore point.
    """
    sums: dict[tuple[str, str], dict[Feeling, float]] = {}
    for entry in ledger:
        key = ("", "") if entry.rule in PERSON_RULES else (entry.rule, entry.detail)
        moved = sums.setdefault(key, {})
        moved[entry.feeling] = moved.get(entry.feeling, 0.0) + entry.amount
    found = [_effect(rule, detail, moved) for (rule, detail), moved in sums.items()]
    worded = [
        Effect(e.rule, e.detail, _words(e, reply, persona, language), e.moved)
        for e in found
        if e.moved
    ]
    return tuple(sorted(worded, key=lambda e: (not e.rule, -e.weight)))


def _effect(rule: str, detail: str, moved: dict[Feeling, float]) -> Effect:
    # amounts are tenths: what cancels out must not be left at 1e-16
    points = {feeling: round(moved.get(feeling, 0.0), 1) for feeling in Feeling}
    return Effect(rule, detail, (), tuple((f, p) for f, p in points.items() if p))


def _words(
    effect: Effect, reply: AgentTurn, persona: Persona | None, language: Language
) -> tuple[str, ...]:
    marked = marks(reply.text, reply.scores)
    if effect.rule in set(Dimension):
        polarity = "positive" if effect.gain >= 0 else "negative"
        found = [
            m.words
            for m in marked
            if m.polarity == polarity and any(d == effect.rule for _, d in m.reasons)
        ]
    elif (reaction := _reaction(effect, persona, language)) is not None:
        found = [m.words for m in marked if any(cue in reaction.cues for cue, _ in m.reasons)]
        # a phrase may stand within words that are marked already
        found += [
            phrase
            for phrase in phrases_in(reply.text, reaction, language)
            if not any(phrase.casefold() in words.casefold() for words in found)
        ]
    else:
        found = []
    return tuple(dict.fromkeys(found))


def _reaction(effect: Effect, persona: Persona | None, language: Language) -> Reaction | None:
    if persona is None:
        return None
    reactions = {"trigger": persona.triggers, "softener": persona.softeners}.get(effect.rule, ())
    return next((r for r in reactions if r.wording(language).label == effect.detail), None)
