"""Rates a reply on the three dimensions: a value, its evidence, its reason, a better example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from simulator.domain.act import Act
from simulator.domain.cue import Cue
from simulator.domain.language import Language
from simulator.domain.score import Alternative, Dimension, DimensionScore, Evidence, TurnScores
from simulator.i18n import Texts
from simulator.lm.base import Reader
from simulator.scoring.cues import DIMENSIONS, find_cues
from simulator.scoring.deletion import joined, without
from simulator.scoring.encoder import counts, read, situation
from simulator.scoring.examples import Examples
from simulator.scoring.heads import THIRD, Heads, Rating
from simulator.scoring.heard import Heard, Said, ruled
from simulator.scoring.legible import Abstention, abstention
from simulator.scoring.lexicon import lexicon, plain
from simulator.scoring.overlap import missed
from simulator.scoring.reasons import insulted, passed_over, reason

GOOD_ENOUGH = 2 * THIRD
"""Mean from which no better example is shown."""

_STRONG = 2
Marks = dict[Dimension, tuple[Evidence, ...]]


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
        heard = self._hear([s for s, why in zip(replies, unreadable, strict=True) if not why])
        marked = self._confirmed([(one, self._carrying(one)) for one in heard])
        pairs = zip(heard, marked, strict=True)
        scored = iter([self._scored(one, marks, with_examples) for one, marks in pairs])
        return [
            _abstained(why, Texts(said.language)) if why else next(scored)
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

    def _scored(self, heard: Heard, marked: Marks, with_example: bool) -> TurnScores:
        texts, ratings = Texts(heard.said.language), self._ratings(heard)

        def rated(dimension: Dimension) -> DimensionScore:
            return _rated(heard, dimension, ratings[dimension], marked[dimension], texts)

        scores = TurnScores(
            empathy=rated(Dimension.EMPATHY),
            listening=rated(Dimension.LISTENING),
            de_escalation=rated(Dimension.DE_ESCALATION),
            wordings=tuple(sorted({one.cue for one in heard.evidence})),
        )
        return self._with_example(heard, scores) if with_example else scores

    def _ratings(self, heard: Heard) -> dict[Dimension, Rating]:
        """Return what the heads say, under the rules above them."""
        rated = self._heads.rate(heard.reading.states, counts(heard.evidence))
        return {dimension: ruled(heard, dimension, rated[dimension]) for dimension in Dimension}

    def _carrying(self, heard: Heard) -> Marks:
        """Return for each dimension the wordings whose tokens move what the heads say of it."""
        whole = self._heads.rate(heard.reading.states, counts(heard.evidence))
        past = {one: self._past(heard, one) for one in heard.evidence}
        return {
            dimension: tuple(
                one
                for one in heard.evidence
                if dimension in DIMENSIONS[one.cue]
                and _carries(one, whole[dimension], past[one][dimension])
            )
            for dimension in Dimension
        }

    def _confirmed(self, found: Sequence[tuple[Heard, Marks]]) -> list[Marks]:
        """Return the marks without bad wordings that do not hold a value down.

        A bad wording colours the whole reply: looking past its tokens says too little. So the bad
        ones of each dimension are taken out, and what is left is read and rated anew.
        """
        cuts = {
            (place, dimension): replace(heard.said, reply=left)
            for place, (heard, marks) in enumerate(found)
            for dimension in Dimension
            if (bad := [one for one in marks[dimension] if one.polarity == "negative"])
            and not abstention(left := without(heard.said.reply, joined(bad)), heard.said.language)
        }
        texts = list(dict.fromkeys(cuts.values()))
        rated = dict(zip(texts, map(self._ratings, self._hear(texts)), strict=True))
        confirmed = [dict(marks) for _, marks in found]
        for (place, dimension), rest in cuts.items():
            heard, marks = found[place]
            if rated[rest][dimension].value <= self._ratings(heard)[dimension].value:
                good = [one for one in marks[dimension] if one.polarity == "positive"]
                confirmed[place][dimension] = tuple(good)
        return confirmed

    def _past(self, heard: Heard, one: Evidence) -> Mapping[Dimension, Rating]:
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
    score = DimensionScore(
        value=rating.value,
        confidence=round(rating.confidence, 3),
        evidence=evidence,
    )
    return score.model_copy(update={"reason": _reason(heard, dimension, score, texts)})


def _carries(one: Evidence, whole: Rating, without: Rating) -> bool:
    """Return whether a marked wording moves the value the way it is marked; an insult rules."""
    moved = whole.value - without.value
    return one.cue is Cue.INSULT or (moved > 0 if one.polarity == "positive" else moved < 0)


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
