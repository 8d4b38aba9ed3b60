"""Rates a reply on the three dimensions: a value, its evidence, its reason, a better example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulator.domain.act import Act
from simulator.domain.cue import POSITIVE_CUES, Cue
from simulator.domain.language import Language
from simulator.domain.score import Alternative, Dimension, DimensionScore, Evidence, TurnScores
from simulator.i18n import Texts
from simulator.lm.base import Reader, Reading
from simulator.scoring.cues import DIMENSIONS, find_cues
from simulator.scoring.encoder import Vector, counts, read, situation
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


class Scorer:
    """Rates replies with the states of ``model``, fitted ``heads`` and plain rules."""

    def __init__(self, model: Reader, heads: Heads, examples: Examples) -> None:
        self._model = model
        self._heads = heads
        self._examples = examples
        self.fingerprint = heads.fingerprint

    def score(
        self,
        reply: str,
        context: str,
        language: Language,
        earlier: tuple[str, ...] = (),
        act: Act | None = None,
    ) -> TurnScores:
        """Rate ``reply`` to the customer's last words ``context``, which did ``act``.

        ``earlier`` are all things the customer has said before, oldest first. A reply that cannot
        be rated is abstained from.
        """
        return self.score_all([Said(reply, context, language, earlier, act)])[0]

    def score_all(self, replies: Sequence[Said], *, with_examples: bool = True) -> list[TurnScores]:
        """Rate several replies at once: faster than one by one, and the same.

        Without examples no better reply is looked for.
        """
        unreadable = [abstention(said.reply, said.language) for said in replies]
        heard = iter(self._hear([s for s, why in zip(replies, unreadable, strict=True) if not why]))
        return [
            _abstained(why, Texts(said.language))
            if why
            else self._scored(next(heard), with_examples)
            for said, why in zip(replies, unreadable, strict=True)
        ]

    def _hear(self, replies: Sequence[Said]) -> list[Heard]:
        found = read(self._model, [(said.reply, said.context) for said in replies])
        return [
            Heard(
                said,
                find_cues(said.reply, said.context, said.language, said.earlier),
                one.reply,
                one.situation,
            )
            for said, one in zip(replies, found, strict=True)
        ]

    def _scored(self, heard: Heard, with_example: bool) -> TurnScores:
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

        scores = TurnScores(
            empathy=rated(Dimension.EMPATHY),
            listening=rated(Dimension.LISTENING),
            de_escalation=rated(Dimension.DE_ESCALATION),
            wordings=tuple(sorted({one.cue for one in heard.evidence})),
        )
        return self._with_example(heard, scores) if with_example else scores

    def _without(self, heard: Heard, one: Evidence) -> Mapping[Dimension, Rating]:
        """Rate the reply with the heads looking past the tokens of ``one``."""
        spans = heard.reading.spans
        left = (spans[:, 1] <= one.start) | (spans[:, 0] >= one.end)
        states = heard.reading.states[left] if left.any() else heard.reading.states
        others = [each for each in heard.evidence if each != one]
        return self._heads.rate(states, counts(others))

    def _with_example(self, heard: Heard, scores: TurnScores) -> TurnScores:
        """Set a better reply from another call beside a weak one."""
        said, where = heard.said, heard.situation
        if where is None or scores.mean is None or scores.mean >= GOOD_ENOUGH:
            return scores
        not_to = (said.reply, said.context, *said.earlier)
        better = self._examples.nearest(where, said.language, not_to, said.act)
        return scores.model_copy(update={"alternative": better})

    def example(
        self,
        context: str,
        language: Language,
        not_to: tuple[str, ...] = (),
        act: Act | None = None,
    ) -> Alternative | None:
        """Return the strong reply from another call whose customer is nearest to ``context``.

        Where it is known which ``act`` those words did, another customer's of the same is taken.

        Replies that are, or answer, ``context`` or one of ``not_to`` are left out; None if
        ``context`` is empty or nothing is left.
        """
        if not context.strip():
            return None
        where = situation(self._model, context)
        return self._examples.nearest(where, language, (context, *not_to), act)


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
