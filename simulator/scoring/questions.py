"""Questions to oneself, chosen by where the call stands.

``questions.toml`` says when each fits; its words are ``hint.question.<id>`` of the catalogue.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from simulator.domain.act import Act
from simulator.domain.cue import Cue
from simulator.domain.emotion import EmotionalState, Level
from simulator.domain.language import Language
from simulator.domain.scenario import Channel
from simulator.domain.score import Dimension, TurnScores
from simulator.i18n import Texts

_STRONG = 2
_CUE, _ACT, _MISSED, _OPENING = 8, 3, 2, 16


class Question(BaseModel):
    """When a question fits: every condition that is given has to hold.

    ``opening`` is for calls in which the trainee has said nothing yet and for no others. ``cues``
    are wordings that hurt, in the last reply; ``acts`` what the customer did last; ``missed`` the
    dimension in which the last reply was weakest. The levels are the customer's now.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    opening: bool = False
    channel: Channel | None = None
    cues: frozenset[Cue] = frozenset()
    acts: frozenset[Act] = frozenset()
    missed: Dimension | None = None
    anger_from: Level = 0.0
    anger_to: Level = 10.0
    trust_from: Level = 0.0
    trust_to: Level = 10.0
    heard_to: Level = 10.0

    @property
    def levels(self) -> int:
        """How many conditions on the customer's state there are."""
        bounds = (self.anger_from, 10 - self.anger_to, self.trust_from)
        return sum(bound > 0 for bound in (*bounds, 10 - self.trust_to, 10 - self.heard_to))

    @property
    def weight(self) -> int:
        """How closely it is made for its moment."""
        return (
            _OPENING * self.opening
            + _CUE * bool(self.cues)
            + _ACT * bool(self.acts)
            + _MISSED * bool(self.missed)
            + bool(self.channel)
            + self.levels
        )


@dataclass(frozen=True)
class Moment:
    """Where the call stands before the next reply.

    ``act`` is the customer's last one (None before their first words), ``scores`` are those of the
    trainee's last reply (None before the first).
    """

    channel: Channel
    state: EmotionalState
    act: Act | None = None
    scores: TurnScores | None = None

    @property
    def hurts(self) -> frozenset[Cue]:
        """The wordings in the last reply that hurt."""
        if self.scores is None:
            return frozenset()
        found = (each for d in Dimension for each in self.scores.of(d).evidence)
        return frozenset(each.cue for each in found if each.polarity == "negative")

    @property
    def missed(self) -> Dimension | None:
        """The dimension in which the last reply was weakest; None if it was strong or unrated."""
        if self.scores is None:
            return None
        rated = [
            (score.value, dimension)
            for dimension in Dimension
            if (score := self.scores.of(dimension)).value is not None and score.label != _STRONG
        ]
        return min(rated, key=lambda each: each[0] or 0.0)[1] if rated else None


@cache
def questions() -> tuple[Question, ...]:
    """Return all questions in the order in which equals are asked."""
    text = files("simulator.scoring").joinpath("questions.toml").read_text(encoding="utf-8")
    return tuple(Question.model_validate(each) for each in tomllib.loads(text)["question"])


def fits(question: Question, moment: Moment) -> bool:
    """Say whether ``question`` may be asked at ``moment``."""
    state = moment.state
    return (
        question.opening == (moment.scores is None)
        and question.channel in {None, moment.channel}
        and (not question.cues or bool(question.cues & moment.hurts))
        and (not question.acts or moment.act in question.acts)
        and question.missed in {None, moment.missed}
        and question.anger_from <= state.anger <= question.anger_to
        and question.trust_from <= state.trust <= question.trust_to
        and state.feeling_heard <= question.heard_to
    )


def ask(moment: Moment, language: Language, asked: Collection[str]) -> str:
    """Return the question made most closely for ``moment``.

    Those ``asked`` before (their words) come again only when no other fits.
    """
    texts = Texts(language)
    fitting = [question for question in questions() if fits(question, moment)]
    fitting.sort(key=lambda question: -question.weight)
    words = [texts(f"hint.question.{question.id}") for question in fitting]
    return next((each for each in words if each not in asked), words[0])
