"""Who is calling: the YAML of ``personas/ID.yaml`` as a value."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from simulator.domain.act import Act
from simulator.domain.cue import Cue
from simulator.domain.emotion import EmotionalState
from simulator.domain.landing import Landing
from simulator.domain.language import Language

Text = Annotated[str, Field(min_length=1)]
Difficulty = Annotated[int, Field(ge=1, le=3)]
"""1 easy, 2 medium, 3 hard: by start, inertia and how readily somebody opens up."""


class Closed(BaseModel):
    """Content is closed to unknown keys, so that a typo is found and not ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Temperament(StrEnum):
    """The ten temperaments of the corpus; the German words are the keys in every language."""

    AUFBRAUSEND = "aufbrausend"
    KUEHL = "kühl"
    RESIGNIERT = "resigniert"
    IRONISCH = "ironisch"
    AENGSTLICH = "ängstlich"
    FORDERND = "fordernd"
    VERWIRRT = "verwirrt"
    REDSELIG = "redselig"
    VERLETZT = "verletzt"
    MISSTRAUISCH = "misstrauisch"


class ReactionWording(Closed):
    """How a trigger or softener is named and which phrases set it off, in one language.

    Phrases are plain words, matched without regard to case at word boundaries.
    """

    label: Text
    phrases: tuple[Text, ...] = ()


class Reaction(Closed):
    """What a certain wording does to this person, on top of the scores.

    It is set off by a cue the scorer found or by a phrase of its wording, once a reply; the three
    amounts are points (-3 to 3) on anger, trust and feeling heard.
    """

    cues: tuple[Cue, ...] = ()
    anger: Annotated[float, Field(ge=-3, le=3)] = 0.0
    trust: Annotated[float, Field(ge=-3, le=3)] = 0.0
    feeling_heard: Annotated[float, Field(ge=-3, le=3)] = 0.0
    de: ReactionWording
    en: ReactionWording

    def wording(self, language: Language) -> ReactionWording:
        """Return the wording in ``language``."""
        return self.de if language == "de" else self.en


class PersonaText(Closed):
    """The person in one language.

    ``name`` is how the agent would address them ("Frau Yılmaz"), ``summary`` one sentence for the
    list, ``style`` how they talk, ``lines`` a few sentences of theirs per act, ``inner`` what only
    this person would think and not say after a reply that landed so.
    """

    name: Text
    summary: Text
    style: Text
    lines: dict[Act, tuple[Text, ...]]
    inner: dict[Landing, Annotated[tuple[Text, ...], Field(min_length=1)]] = Field(
        default_factory=dict
    )


class Persona(Closed):
    """A customer, apart from what happened to them.

    ``inertia`` (0 to 1) is the share of a change that this person swallows: 0 moves as the fitted
    dynamics say, 0.5 half as far. ``age`` in years.
    """

    id: str
    age: Annotated[int, Field(ge=14, le=110)]
    temperament: Temperament
    difficulty: Difficulty
    start: EmotionalState
    inertia: Annotated[float, Field(ge=0, le=0.9)] = 0.2
    triggers: tuple[Reaction, ...] = ()
    softeners: tuple[Reaction, ...] = ()
    de: PersonaText
    en: PersonaText

    def text(self, language: Language) -> PersonaText:
        """Return the person in ``language``."""
        return self.de if language == "de" else self.en
