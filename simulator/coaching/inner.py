"""What a customer thinks and does not say: authored lines, drawn so that a call repeats.

The lines that fit anybody lie in ``inner_de.toml`` and ``inner_en.toml``; a persona's own ones
(``inner`` in its file) come first. All shipped ones were written by a language model.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal

from simulator.customer.speech import seed_of
from simulator.domain.emotion import EmotionalState
from simulator.domain.landing import Landing
from simulator.domain.language import Language
from simulator.domain.persona import Persona, Temperament

Register = Literal["loud", "dry", "soft"]
Mood = Literal["hot", "wary", "open"]

REGISTERS: dict[Temperament, Register] = {
    Temperament.AUFBRAUSEND: "loud",
    Temperament.FORDERND: "loud",
    Temperament.KUEHL: "dry",
    Temperament.IRONISCH: "dry",
    Temperament.MISSTRAUISCH: "dry",
    Temperament.RESIGNIERT: "soft",
    Temperament.AENGSTLICH: "soft",
    Temperament.VERWIRRT: "soft",
    Temperament.REDSELIG: "soft",
    Temperament.VERLETZT: "soft",
}
"""How people of each temperament talk to themselves."""

HOT, TRUSTING = 6.0, 5.0
"""The levels from which somebody is angry, and from which they trust."""

Bank = dict[str, dict[str, dict[str, list[str]]]]


@cache
def bank(language: Language) -> Bank:
    """Return the lines that fit anybody: landing → register → mood → lines."""
    text = files("simulator.coaching").joinpath(f"inner_{language}.toml").read_text("utf-8")
    lines: Bank = tomllib.loads(text)
    return lines


def mood(state: EmotionalState) -> Mood:
    """Return the mood of somebody who stands there."""
    if state.anger >= HOT:
        return "hot"
    return "open" if state.trust >= TRUSTING else "wary"


class InnerVoice:
    """Thinks through one call; never twice the same.

    Without a ``persona`` (their file is gone) it thinks in the plainest of the registers.
    """

    def __init__(self, persona: Persona | None, language: Language, seed: int) -> None:
        self._own = persona.text(language).inner if persona else {}
        self._register: Register = REGISTERS[persona.temperament] if persona else "dry"
        self._bank = bank(language)
        self._seed = seed
        self._thought: set[str] = set()

    def thought(self, turn: int, landing: Landing, state: EmotionalState) -> str:
        """Return what goes through the customer's head; empty once nothing new does.

        The same seed and the same moments up to exchange ``turn`` bring the same line.
        """
        chance = random.Random(seed_of(self._seed, turn))
        for lines in self._tiers(landing, mood(state)):
            fresh = [line for line in lines if line not in self._thought]
            if fresh:
                line = chance.choice(fresh)
                self._thought.add(line)
                return line
        return ""

    def _tiers(self, landing: Landing, mood: Mood) -> Iterator[list[str]]:
        """Yield the lines that fit, the most fitting first."""
        yield list(self._own.get(landing, ()))
        registers = self._bank[landing]
        yield registers[self._register][mood]
        yield [line for lines in registers.values() for line in lines[mood]]
