"""Rates a reply on the three dimensions: a value, its evidence, its reason, a better example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.domain.cue import POSITIVE_CUES, Cue
from simulator.domain.language import Language
from simulator.domain.score import Alternative, Dimension, DimensionScore, Evidence, TurnScores
from simulator.i18n import Texts
from simulator.lm.base import Reader, Reading
from simulator.scoring.cues import DIMENSIONS, find_cues
from simulator.scoring.encoder import counts, read, situations
from simulator.scoring.examples import Examples
from simulator.scoring.heads import THIRD, Heads, Rating
from simulator.scoring.legible import Abstention, abstention
from simulator.scoring.lexicon import lexicon, plain, words
from simulator.scoring.overlap import missed, parroted
from simulator.scoring.reasons import insulted, passed_over, reason

GOOD_ENOUGH = 2 * THIRD
"""Mean from which no better example is shown."""

RULE_CONFIDENCE = 0.9
"""Confidence where a rule and not a head decides; set, not measured."""

_STRONG = 2
_PARROT = 0.8
_INSULTED = 9.0
_FUELLED = 30.0
_CAPPED = 50.0
_BRIEF_WORDS = 2
_BRIEF = 20.0


@dataclass(frozen=True)
class Said:
    """A reply in its place: ``context`` are the customer's last words, ``earlier`` those before."""

    reply: str
    context: str
    language: Language
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heard:
    """A reply as it was read."""

    said: Said
    evidence: tuple[Evidence, ...]
    reading: Reading

    @property
    def insults(self) -> bool:
        """Whether the customer is insulted."""
        return any(one.cue is Cue.INSULT for one in self.evidence)

    @property
    def admonishes(self) -> bool:
        """Whether the customer is told to calm down."""
        return any(one.cue is Cue.CALM_DOWN for one in self.evidence)

    @property
    def parrots(self) -> bool:
        """Whether the reply only says the customer's words again."""
        return parroted(plain(self.said.reply), plain(self.said.context)) > _PARROT

    @property
    def brief(self) -> bool:
        """Whether it is a word or two that take up nothing."""
        told = any(one.cue in POSITIVE_CUES for one in self.evidence)
        return len(words(self.said.reply)) <= _BRIEF_WORDS and not told


class Scorer:
    """Rates replies with the states of ``model``, fitted ``heads`` and plain rules."""

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
        return self.score_all([Said(reply, context, language, earlier)])[0]

    def score_all(self, replies: Sequence[Said], *, with_examples: bool = True) -> list[TurnScores]:
        """Rate several replies at once: faster than one by one, and the same.

        Without examples no better reply is looked for. Replies of about one length go fastest.
        """
        unreadable = [abstention(said.reply, said.language) for said in replies]
        heard = iter(self._hear([s for s, why in zip(replies, unreadable, strict=True) if not why]))
        scores = [
            _abstained(why, Texts(said.language)) if why else self._scored(next(heard))
            for said, why in zip(replies, unreadable, strict=True)
        ]
        return self._with_examples(replies, scores) if with_examples else scores

    def _hear(self, replies: Sequence[Said]) -> list[Heard]:
        readings = read(self._model, [(said.reply, said.context) for said in replies])
        return [
            Heard(said, find_cues(said.reply, said.context, said.language, said.earlier), reading)
            for said, reading in zip(replies, readings, strict=True)
        ]

    def _scored(self, heard: Heard) -> TurnScores:
        texts = Texts(heard.said.language)
        ratings = self._heads.rate(heard.reading.states, counts(heard.evidence))
        without = {one: self._without(heard, one) for one in heard.evidence}

        def rated(dimension: Dimension) -> DimensionScore:
            evidence = tuple(
                one
                for one in heard.evidence
                if dimension in DIMENSIONS[one.cue]
                and _carries(one, ratings[dimension], without[one][dimension])
            )
            return _rated(heard, dimension, ratings[dimension], evidence, texts)

        return TurnScores(
            empathy=rated(Dimension.EMPATHY),
            listening=rated(Dimension.LISTENING),
            de_escalation=rated(Dimension.DE_ESCALATION),
            wordings=tuple(sorted({one.cue for one in heard.evidence})),
        )

    def _without(self, heard: Heard, one: Evidence) -> Mapping[Dimension, Rating]:
        """Rate the reply with the heads looking past the tokens of ``one``."""
        spans = heard.reading.spans
        left = (spans[:, 1] <= one.start) | (spans[:, 0] >= one.end)
        states = heard.reading.states[left] if left.any() else heard.reading.states
        others = [each for each in heard.evidence if each != one]
        return self._heads.rate(states, counts(others))

    def _with_examples(
        self, replies: Sequence[Said], scores: Sequence[TurnScores]
    ) -> list[TurnScores]:
        """Set a better reply from another call beside each weak one."""
        weak = [
            place
            for place, (said, score) in enumerate(zip(replies, scores, strict=True))
            if score.mean is not None and score.mean < GOOD_ENOUGH and said.context.strip()
        ]
        found = list(scores)
        situations_of_weak = situations(self._model, [replies[place].context for place in weak])
        for place, situation in zip(weak, situations_of_weak, strict=True):
            said = replies[place]
            better = self._examples.nearest(
                situation, said.language, (said.reply, said.context, *said.earlier)
            )
            found[place] = scores[place].model_copy(update={"alternative": better})
        return found

    def example(
        self, context: str, language: Language, not_to: tuple[str, ...] = ()
    ) -> Alternative | None:
        """Return the strong reply from another call whose customer is nearest to ``context``.

        Replies that are, or answer, ``context`` or one of ``not_to`` are left out; None if
        ``context`` is empty or nothing is left.
        """
        if not context.strip():
            return None
        [place] = situations(self._model, [context])
        return self._examples.nearest(place, language, (context, *not_to))


def _rated(
    heard: Heard,
    dimension: Dimension,
    rating: Rating,
    evidence: tuple[Evidence, ...],
    texts: Texts,
) -> DimensionScore:
    ruled = _ruled(heard, dimension, rating)
    score = DimensionScore(
        value=ruled.value,
        confidence=round(ruled.confidence, 3),
        evidence=evidence,
    )
    return score.model_copy(update={"reason": _reason(heard, dimension, score, texts)})


def _carries(one: Evidence, whole: Rating, without: Rating) -> bool:
    """Return whether a marked wording moves the value the way it is marked; an insult rules."""
    moved = whole.value - without.value
    return one.cue is Cue.INSULT or (moved > 0 if one.polarity == "positive" else moved < 0)


def _ruled(heard: Heard, dimension: Dimension, rating: Rating) -> Rating:
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


def _reason(heard: Heard, dimension: Dimension, score: DimensionScore, texts: Texts) -> str:
    if heard.insults and dimension is not Dimension.LISTENING:
        return insulted(heard.evidence, heard.said.reply, texts)
    if heard.parrots and dimension is not Dimension.DE_ESCALATION:
        return texts("scoring.rule.parrot")
    if heard.brief and not score.evidence and dimension is not Dimension.DE_ESCALATION:
        return texts("scoring.rule.brief")
    said = reason(dimension, score.label or 0, score.evidence, heard.said.reply, texts)
    if dimension is Dimension.LISTENING and score.label != _STRONG:
        told = plain("\n".join((*heard.said.earlier, heard.said.context)))
        over = missed(plain(heard.said.reply), told, lexicon(heard.said.language))
        return passed_over(said, *over, texts) if over else said
    return said


def _abstained(why: Abstention, texts: Texts) -> TurnScores:
    score = DimensionScore(abstained=why, reason=texts(f"scoring.abstained.{why}"))
    return TurnScores(empathy=score, listening=score, de_escalation=score)
