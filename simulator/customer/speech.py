"""Finds the words for a plan: candidates, guard, ranking, then clause by clause."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.customer.guard import Guard
from simulator.customer.judge import Judge
from simulator.customer.lines import Offer
from simulator.customer.ranker import Candidate, agreement, best
from simulator.domain.act import Act
from simulator.domain.conversation import Source
from simulator.lm.base import Cancelled, Chunk, LanguageModel, Request

_SENTENCE_ENDS = ".!?…"
_CLAUSE = re.compile(r"[^.!?…,;:–]*[.!?…,;:–]+\s*|[^.!?…,;:–]+$")


@dataclass(frozen=True)
class Limits:
    """How long a line of the model's may be: ``tokens`` at most, by channel.

    It ends with the first sentence that ends after one of ``enough`` words (drawn for each line):
    a small model loses the thread in long ones.
    """

    tokens: int
    enough: tuple[int, ...]


@dataclass(frozen=True)
class Drawing:
    """How the model is asked: so many lines at once, at the first of the temperatures.

    At the next one it is asked again, where the guard has thrown out all there was.
    """

    candidates: int = 4
    temperatures: tuple[float, ...] = (0.6, 0.35)


SHIPPED = Drawing()
LIMITS = {"phone": Limits(32, (4, 4, 9)), "email": Limits(120, (25,))}


@dataclass(frozen=True)
class Clause:
    """A piece of the line, ready to be shown, and who made the line."""

    text: str
    source: Source


@dataclass(frozen=True)
class Speech:
    """One line to be spoken.

    ``prompt`` ends where the customer begins, ``label`` is its last line, ``act`` and ``fact`` what
    was planned, ``offers`` the authored lines that fit, ``resort`` what is said if nothing else
    may be. ``generated`` is False where the model is not asked, ``drawing`` how it is asked.
    """

    model: LanguageModel
    judge: Judge
    guard: Guard
    prompt: str
    label: str
    act: Act
    fact: str
    offers: Sequence[Offer]
    resort: str
    seed: int
    generated: bool = True
    drawing: Drawing = SHIPPED

    def clauses(self, cancelled: Cancelled) -> Iterator[Clause]:
        """Yield the line clause by clause; they join without a separator."""
        chosen = self._choose(cancelled)
        if chosen is None:
            return
        for clause in _CLAUSE.findall(chosen.text):
            if cancelled():
                return
            yield Clause(clause, chosen.source)

    def _choose(self, cancelled: Cancelled) -> Candidate | None:
        authored = [Candidate(offer.text, "authored", offer.advantage) for offer in self.offers]
        made: list[Candidate] = []
        for draw, temperature in enumerate(self.drawing.temperatures if self.generated else ()):
            made = self.made(temperature, self.seed + draw, cancelled)
            if made or authored or cancelled():
                break
        if cancelled():
            return None
        candidates = made + authored
        if not candidates:
            return Candidate(self.resort, "authored")
        # The bare seed has drawn the act: the same number again would tie the line to it.
        chance = random.Random(f"{self.seed}:said")
        return best(self.model, self.judge, self.prompt, self.label, candidates, chance)

    def made(self, temperature: float, seed: int, cancelled: Cancelled) -> list[Candidate]:
        """Return the whole lines that the model draws and the guard lets pass."""
        limits = LIMITS[self.guard.channel]
        request = Request(
            self.prompt,
            candidates=self.drawing.candidates,
            max_tokens=limits.tokens,
            temperature=temperature,
            pause_at=_SENTENCE_ENDS,
            pause_after=random.Random(f"{seed}:pause").choice(limits.enough),
            seed=seed,
        )
        texts = [""] * self.drawing.candidates
        ends: dict[int, Chunk] = {}
        for chunk in self.model.generate(request, cancelled):
            texts[chunk.index] += chunk.text
            if chunk.done:
                ends[chunk.index] = chunk
        made = {texts[index].strip(): end for index, end in ends.items()}
        return [
            Candidate(text, "model", agreement(text, self.act, self.fact), end.weight)
            for text, end in made.items()
            if text and _whole(text) and self.guard.objection(text) is None
        ]


def _whole(text: str) -> bool:
    """Whether a line ends as sentences do; one cut off at the token limit may not."""
    return text.rstrip("”“\"’'")[-1:] in _SENTENCE_ENDS


def seed_of(call: int, turn: int) -> int:
    """Return the seed of one turn: the same call and turn always draw the same."""
    return random.Random(f"{call}:{turn}").randrange(2**31)
