"""Which of the things that a customer could tell the agent has just asked for.

A question asks for the topic that it is nearest to: to the questions that the author wrote as
examples, more than to any that fits every call, and to the topic's tellings. Near is what shares
rare letters and whose tokens find some like themselves (``likeness``). There is no list of question
words. How much of each it takes was fitted (``models/listener``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulator.customer.attention import Attention, Attentions
from simulator.customer.likeness import (
    Phrase,
    Space,
    alike,
    covered,
    letters,
    read,
    together,
    words,
)
from simulator.customer.topics import Kind, Topic, common_questions, topics
from simulator.domain.language import Language
from simulator.domain.scenario import Scenario
from simulator.lm.base import Reader

LIKE_COMMON = 0.65
"""How like a common question one of its kind must be; any other asks for a detail (stated)."""

Phrases = tuple[Phrase, ...]

# A dot in a figure or a date ends no sentence: "Why not on 24. April?"
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
QUESTION = re.compile(rf"(?:[^.!?…\n]|(?<=\d)\.(?=\d|\s+(?:[a-zäöü]|{_MONTHS})))*\?")
"""A sentence that asks, with its mark."""
_QUOTED = re.compile(r"„[^“”]*[“”]|“[^”]*”")
"""Words of somebody else: what they ask is not asked now."""


@dataclass(frozen=True)
class Known:
    """What a scenario's topics can be recognised by, as far as it was read.

    Of each topic its ``tellings``, placed in the space ``told``, and its ``examples`` of questions,
    placed in ``asking`` as are the ``common`` questions of every call.
    """

    topics: tuple[Topic, ...]
    told: Space
    asking: Space
    tellings: tuple[Phrases, ...]
    examples: tuple[Phrases, ...]
    common: Phrases


@dataclass(frozen=True)
class Listener:
    """Hears what is asked for; remembers what each scenario's topics are recognised by."""

    reader: Reader
    attentions: Attentions
    _known: dict[tuple[object, ...], Known] = field(default_factory=dict)
    _common: dict[Language, list[Phrase]] = field(default_factory=dict)

    def asked_for(
        self,
        reply: str,
        scenario: Scenario,
        language: Language,
        ids: Sequence[str],
        open_question: bool = False,
    ) -> str | None:
        """Return which of the topics ``ids`` the reply asks for, None if for none.

        ``open_question`` says that it has one; such a one may do without a question mark.
        """
        asked = question_of(reply, open_question)
        if not asked or not ids:
            return None
        known = self.learn(scenario, language)
        features = self.features(asked, known, open_question)
        attention = self._attention(scenario, language)
        worth = {
            topic.id: float(each)
            for topic, each in zip(known.topics, features @ attention.row, strict=True)
        }
        best = max(ids, key=worth.__getitem__)
        return best if worth[best] > 0 else None

    def kind_of(
        self, reply: str, scenario: Scenario, language: Language, open_question: bool = False
    ) -> Kind | None:
        """Return what a reply is after that asks for no topic; None if it asks nothing."""
        asked = question_of(reply, open_question)
        if not asked:
            return None
        known = self.learn(scenario, language)
        [phrase] = read(self.reader, [asked])
        question = known.asking.placed(phrase)
        kinds = [kind for kind, each in common_questions(language).items() for _ in each]
        worth = [
            alike(question, other) + known.asking.overlap(question.letters, other.letters)
            for other in known.common
        ]
        nearest = int(np.argmax(worth))
        return kinds[nearest] if worth[nearest] >= LIKE_COMMON else Kind.DETAIL

    def _attention(self, scenario: Scenario, language: Language) -> Attention:
        examples = scenario.text(language).questions
        exampled = all(examples.get(fact.id) for fact in scenario.facts)
        return self.attentions.exampled if exampled else self.attentions.bare

    def features(self, asked: str, known: Known, open_question: bool) -> NDArray[np.float64]:
        """Return what speaks for each topic of a scenario, shape (topics, features)."""
        [phrase] = read(self.reader, [asked])
        own, question = known.told.placed(phrase), known.asking.placed(phrase)
        length, count = max(1, len(words(asked))), len(known.topics)
        shared = [known.told.shared(own.letters, together(each)) for each in known.tellings]
        aligned = [np.mean([covered(own, each) for each in of_one]) for of_one in known.tellings]
        common = _nearest(question, known.common, known.asking)
        return np.column_stack(
            [
                np.array(shared) / length,
                np.array(aligned) - np.mean(aligned),
                np.full(count, float(open_question)),
                [float(topic.fact) for topic in known.topics],
                [_nearest(question, each, known.asking) for each in known.examples],
                np.tile(common, (count, 1)),
                np.ones(count),
            ]
        )

    def learn(self, scenario: Scenario, language: Language) -> Known:
        """Read what a scenario's topics are recognised by, once; it takes a few seconds."""
        every = topics(scenario, language)
        key = (language, *every)
        if key not in self._known:
            lines = [letters(line.text) for line in scenario.text(language).lines]
            self._known[key] = self._read(language, every, lines)
        return self._known[key]

    def _read(
        self, language: Language, every: tuple[Topic, ...], lines: Sequence[frozenset[str]]
    ) -> Known:
        texts = [text for topic in every for text in (*topic.tellings, *topic.questions)]
        phrases = iter(read(self.reader, texts))
        tellings, examples = [], []
        for topic in every:
            tellings.append([next(phrases) for _ in topic.tellings])
            examples.append([next(phrases) for _ in topic.questions])
        common = self._common_questions(language)
        told = Space.of(
            [phrase for each in tellings for phrase in each], [*map(together, tellings), *lines]
        )
        asking = Space.of(
            common, [phrase.letters for each in (*examples, common) for phrase in each]
        )
        return Known(
            topics=every,
            told=told,
            asking=asking,
            tellings=tuple(tuple(map(told.placed, each)) for each in tellings),
            examples=tuple(tuple(map(asking.placed, each)) for each in examples),
            common=tuple(map(asking.placed, common)),
        )

    def _common_questions(self, language: Language) -> list[Phrase]:
        if language not in self._common:
            every = [each for kind in common_questions(language).values() for each in kind]
            self._common[language] = read(self.reader, every)
        return self._common[language]


def question_of(reply: str, open_question: bool) -> str:
    """Return the questions of ``reply``, the whole of it if it asks without a mark, else ""."""
    own = _QUOTED.sub("", reply)
    asked = " ".join(" ".join(QUESTION.findall(own)).split())
    return asked or (own if open_question else "")


def _nearest(question: Phrase, others: Phrases, space: Space) -> tuple[float, float]:
    """Return the likeness to the nearest of ``others``, by tokens and by letters; 0 if none."""
    return (
        max((alike(question, other) for other in others), default=0.0),
        max((space.overlap(question.letters, other.letters) for other in others), default=0.0),
    )
