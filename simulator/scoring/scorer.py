"""Rates a reply on the three dimensions: a value, its evidence, its reason, a better example."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.domain.cue import POSITIVE_CUES, Cue
from simulator.domain.language import Language
from simulator.domain.score import Alternative, Dimension, DimensionScore, Evidence, TurnScores
from simulator.i18n import Texts
from simulator.lm.base import Reader
from simulator.scoring.cues import DIMENSIONS, find_cues
from simulator.scoring.encoder import Vector, features, read, situation
from simulator.scoring.examples import Examples
from simulator.scoring.heads import THIRD, Heads, Rating
from simulator.scoring.legible import Abstention, abstention
from simulator.scoring.lexicon import plain, words
from simulator.scoring.overlap import parroted
from simulator.scoring.reasons import insulted, reason

GOOD_ENOUGH = 2 * THIRD
"""Mean from which no better example is shown."""

RULE_CONFIDENCE = 0.9
"""Confidence where a rule and not a head decides; set, not measured."""

_PARROT = 0.8
_INSULTED = 9.0
_CAPPED = 50.0
_BRIEF_WORDS = 2
_BRIEF = 20.0


@dataclass(frozen=True)
class Heard:
    """A reply as it was read; ``features`` are what the heads read, shape (features,)."""

    reply: str
    context: str
    evidence: tuple[Evidence, ...]
    features: Vector

    @property
    def insults(self) -> bool:
        """Whether the customer is insulted."""
        return any(one.cue is Cue.INSULT for one in self.evidence)

    @property
    def parrots(self) -> bool:
        """Whether the reply only says the customer's words again."""
        return parroted(plain(self.reply), plain(self.context)) > _PARROT

    @property
    def brief(self) -> bool:
        """Whether it is a word or two that take up nothing."""
        told = any(one.cue in POSITIVE_CUES for one in self.evidence)
        return len(words(self.reply)) <= _BRIEF_WORDS and not told


class Scorer:
    """Rates replies with frozen hidden states of ``model``, fitted ``heads`` and plain rules."""

    def __init__(self, model: Reader, heads: Heads, examples: Examples) -> None:
        self._model = model
        self._heads = heads
        self._examples = examples
        self.fingerprint = heads.fingerprint

    def score(
        self, reply: str, context: str, language: Language, earlier: tuple[str, ...] = ()
    ) -> TurnScores:
        """Rate ``reply`` to the customer's last words ``context``.

        ``earlier`` are all things the customer has said before, oldest first. A reply that cannot
        be rated is abstained from.
        """
        texts = Texts(language)
        unreadable = abstention(reply, language)
        if unreadable:
            return _abstained(unreadable, texts)
        evidence = find_cues(reply, context, language, earlier)
        state = read(self._model, reply, context)
        heard = Heard(reply, context, evidence, features(state, evidence))
        scores = TurnScores(
            empathy=self._rate(heard, Dimension.EMPATHY, texts),
            listening=self._rate(heard, Dimension.LISTENING, texts),
            de_escalation=self._rate(heard, Dimension.DE_ESCALATION, texts),
        )
        if scores.mean is None or scores.mean >= GOOD_ENOUGH:
            return scores
        better = self.example(context, language, (reply, *earlier))
        return scores.model_copy(update={"alternative": better})

    def example(
        self, context: str, language: Language, not_to: tuple[str, ...] = ()
    ) -> Alternative | None:
        """Return the strong reply from another call whose customer is nearest to ``context``.

        Replies that are, or answer, ``context`` or one of ``not_to`` are left out; None if
        ``context`` is empty or nothing is left.
        """
        if not context.strip():
            return None
        place = situation(self._model, context)
        return self._examples.nearest(place, language, (context, *not_to))

    def _rate(self, heard: Heard, dimension: Dimension, texts: Texts) -> DimensionScore:
        rating = self._heads.rate(heard.features, dimension)
        evidence = tuple(one for one in heard.evidence if dimension in DIMENSIONS[one.cue])
        ruled = _ruled(heard, dimension, rating)
        score = DimensionScore(
            value=ruled.value,
            confidence=round(ruled.confidence, 3),
            evidence=evidence,
        )
        return score.model_copy(update={"reason": _reason(heard, dimension, score, texts)})


def _ruled(heard: Heard, dimension: Dimension, rating: Rating) -> Rating:
    """Return the rating under the rules above the heads (``models/scorer/README.md``)."""
    limit = _limit(heard, dimension)
    return rating if rating.value <= limit else Rating(limit, RULE_CONFIDENCE)


def _limit(heard: Heard, dimension: Dimension) -> float:
    if heard.insults and dimension is not Dimension.LISTENING:
        return _INSULTED
    if heard.parrots and dimension is not Dimension.DE_ESCALATION:
        return _CAPPED
    if heard.brief:
        return _CAPPED if dimension is Dimension.DE_ESCALATION else _BRIEF
    return 100.0


def _reason(heard: Heard, dimension: Dimension, score: DimensionScore, texts: Texts) -> str:
    if heard.insults and dimension is not Dimension.LISTENING:
        return insulted(heard.evidence, heard.reply, texts)
    if heard.parrots and dimension is not Dimension.DE_ESCALATION:
        return texts("scoring.rule.parrot")
    if heard.brief and not score.evidence and dimension is not Dimension.DE_ESCALATION:
        return texts("scoring.rule.brief")
    return reason(dimension, score.label or 0, score.evidence, heard.reply, texts)


def _abstained(why: Abstention, texts: Texts) -> TurnScores:
    score = DimensionScore(abstained=why, reason=texts(f"scoring.abstained.{why}"))
    return TurnScores(empathy=score, listening=score, de_escalation=score)
