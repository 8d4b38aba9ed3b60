"""How the model is best asked for a line: by temperature, number, examples, and with which weights.

At places of training calls that the adapter was not fitted on, the best of what may be said is set
beside the author's own line and one of the same act from another call. Who judges is the fitted
judge, not a person: the figures compare ways of asking and say nothing of how much sense a line
makes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import mean, median

from simulator.customer.judge import Judge
from simulator.customer.prompt import CustomerLine
from simulator.customer.ranker import Candidate, worths
from simulator.customer.speech import SHIPPED, Drawing, Speech
from simulator.evaluation.blind_places import HeldOut
from simulator.lm.base import LanguageModel, never
from simulator.training.corpus import Dialogue
from simulator.training.dialogues import lines

EXAMPLES = 2
"""Authored lines that stand in the prompt as examples, where they do."""


@dataclass(frozen=True)
class Way:
    """A way of asking; with ``examples`` the nearest authored lines stand before the label."""

    name: str
    drawing: Drawing = SHIPPED
    examples: bool = False


WAYS = (
    Way("as shipped"),
    *(Way(f"{n} at once", Drawing(n)) for n in (1, 2, 8)),
    *(Way(f"temperature {t}", Drawing(temperatures=(t,))) for t in (0.3, 0.9)),
    Way("examples in the prompt", examples=True),
)


@dataclass(frozen=True)
class Outcome:
    """What a way of asking brought, over ``places`` places.

    ``sayable`` is the share of drawn lines that the guard lets pass and that differ, ``silent`` of
    places without any. ``over_random`` and ``over_author`` are the shares of all places at which
    the best is judged above a random authored line of the act and above the author's own;
    ``seconds`` is the median of what a place takes.
    """

    way: str
    places: int
    sayable: float
    silent: float
    over_random: float
    over_author: float
    seconds: float


@dataclass(frozen=True)
class Bank:
    """Authored lines of the training part, to be shown as examples."""

    lines: tuple[tuple[Dialogue, CustomerLine], ...]

    @classmethod
    def of(cls, dialogues: Sequence[Dialogue]) -> Bank:
        """Return the lines of telephone calls among ``dialogues``."""
        return cls(
            tuple(
                (dialogue, line)
                for dialogue in dialogues
                if dialogue.channel == "phone"
                for line in lines(dialogue)
                if isinstance(line, CustomerLine)
            )
        )

    def nearest(self, place: HeldOut) -> list[str]:
        """Return lines of the act from other calls whose speakers felt most as the one here."""
        own, line = place.dialogue, place.line
        same = [
            each
            for dialogue, each in self.lines
            if dialogue.language == own.language and dialogue.id != own.id and each.act is line.act
        ]
        same.sort(key=lambda each: abs(each.anger - line.anger) + abs(each.trust - line.trust))
        return [each.text for each in same[:EXAMPLES]]


@dataclass(frozen=True)
class Referee:
    """Who compares lines, the same for all ways: the shipped model and the judge fitted for it."""

    model: LanguageModel
    judge: Judge

    def compared(self, speech: Speech, made: Sequence[str], place: HeldOut) -> tuple[bool, bool]:
        """Return whether the best of ``made`` is above the other's line, and above the author's."""
        texts = [*made, place.other, place.line.text]
        # All are read up to their opening, so that none is known better than another.
        candidates = [Candidate(text, "authored") for text in texts]
        *own, other, author = worths(
            self.model, self.judge, speech.prompt, speech.label, candidates
        )
        return max(own) > other, max(own) > author


def outcome(
    way: Way, speaker: LanguageModel, referee: Referee, places: Sequence[HeldOut], bank: Bank
) -> Outcome:
    """Return what ``speaker``, asked in this way, says at ``places``.

    Raises ZeroDivisionError without places.
    """
    seconds: list[float] = []
    made: list[int] = []
    compared: list[tuple[bool, bool]] = []
    for place in places:
        speech = replace(place.speech(speaker, referee.judge, 0), drawing=way.drawing)
        asked = replace(speech, prompt=_exampled(speech, place, bank)) if way.examples else speech
        start = time.perf_counter()
        found = asked.made(way.drawing.temperatures[0], asked.seed, never)
        seconds.append(time.perf_counter() - start)
        made.append(len(found))
        texts = [candidate.text for candidate in found]
        compared.append(referee.compared(speech, texts, place) if texts else (False, False))
    return Outcome(
        way=way.name,
        places=len(places),
        sayable=sum(made) / (len(places) * way.drawing.candidates),
        silent=mean(not count for count in made),
        over_random=mean(random for random, _ in compared),
        over_author=mean(author for _, author in compared),
        seconds=round(median(seconds), 2),
    )


def _exampled(speech: Speech, place: HeldOut, bank: Bank) -> str:
    """Return the prompt with examples after the transcript, so that the call's cache survives."""
    shown = bank.nearest(place)
    before = speech.prompt.removesuffix(speech.label)
    return before + "".join(f"{speech.label} {text}\n" for text in shown) + speech.label
