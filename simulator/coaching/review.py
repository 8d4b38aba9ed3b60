"""What a call amounts to, read off its events: the effect, the turns to look at, the ratio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.domain.conversation import AgentTurn, Session
from simulator.domain.cue import Cue
from simulator.domain.emotion import Feeling
from simulator.i18n import Texts
from simulator.i18n.figures import decimal

NOTICEABLE = 1.0
"""Points (of 10) from which a change of feeling is one that the customer would notice."""
STRONG, WEAK = 200 / 3, 100 / 3
"""Mean scores (of 100) from which words read as strong, and below which they read as weak."""

REFLECTIONS = frozenset({Cue.PARAPHRASE, Cue.TAKEN_UP_FACT, Cue.NAMED_FEELING})

Effect = Literal[
    "none", "calmer", "calmer_only", "trusting", "mixed", "angrier", "distrusting", "unmoved"
]
Wording = Literal["fine_words", "clumsy_words", ""]
Ratio = Literal["reflecting", "asking", "only_asking", "neither"]


def change(session: Session, feeling: Feeling) -> float:
    """Return how far ``feeling`` has moved over the call, in points."""
    return session.state.level(feeling) - session.started.start.level(feeling)


def effect(session: Session) -> Effect:
    """Return what the trainee brought about in the customer, whatever the scores say."""
    if not session.customer_turns:
        return "none"
    anger, trust = change(session, Feeling.ANGER), change(session, Feeling.TRUST)
    if anger >= NOTICEABLE:
        return "mixed" if trust >= NOTICEABLE else "angrier"
    if trust <= -NOTICEABLE:
        return "mixed" if anger <= -NOTICEABLE else "distrusting"
    if anger <= -NOTICEABLE:
        return "calmer" if trust >= NOTICEABLE else "calmer_only"
    return "trusting" if trust >= NOTICEABLE else "unmoved"


def effect_told(session: Session, name: str, texts: Texts) -> str:
    """Return the effect on the customer called ``name`` as a sentence with its figures."""
    values = {
        f"{feeling}_{when}": decimal(state.level(feeling), texts.language)
        for feeling in Feeling
        for when, state in (("start", session.started.start), ("end", session.state))
    }
    return texts(f"app.effect.{effect(session)}", name=name, **values)


def wording(session: Session) -> Wording:
    """Return whether words and effect went different ways: well rated and idle, or the reverse."""
    means = [m for turn in session.agent_turns if (m := turn.scores.mean) is not None]
    if not means or not session.customer_turns:
        return ""
    mean, outcome = sum(means) / len(means), effect(session)
    if mean >= STRONG and outcome in {"unmoved", "angrier", "distrusting"}:
        return "fine_words"
    if mean < WEAK and outcome in {"calmer", "calmer_only", "trusting"}:
        return "clumsy_words"
    return ""


@dataclass(frozen=True)
class Review:
    """The turns to look at again and how often the trainee reflected and asked.

    ``weakest`` is None where there is no rated turn but the best. ``reflections`` and
    ``questions`` count turns; a turn may be both.
    """

    best: AgentTurn | None
    weakest: AgentTurn | None
    reflections: int
    questions: int

    @classmethod
    def of(cls, session: Session) -> Review:
        """Review a call; of turns rated alike the earlier one is named."""
        rated = [(m, turn) for turn in session.agent_turns if (m := turn.scores.mean) is not None]
        best = max(rated, key=lambda pair: pair[0], default=None)
        weakest = min(rated, key=lambda pair: pair[0], default=None)
        apart = best and weakest and weakest[0] < best[0]
        return cls(
            best=best[1] if best else None,
            weakest=weakest[1] if weakest and apart else None,
            reflections=sum(bool(t.scores.cues & REFLECTIONS) for t in session.agent_turns),
            questions=sum(_asks(turn) for turn in session.agent_turns),
        )

    @property
    def ratio(self) -> Ratio:
        """How reflecting and asking stand to each other (``app.debrief.ratio_<ratio>``)."""
        if self.reflections < self.questions:
            return "asking" if self.reflections else "only_asking"
        return "reflecting" if self.reflections else "neither"


def _asks(turn: AgentTurn) -> bool:
    return "?" in turn.text or Cue.OPEN_QUESTION in turn.scores.cues
