"""Finds the words for a plan: candidates, guard, ranking, then clause by clause."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.customer.guard import Guard
from simulator.customer.lines import Offer
from simulator.customer.ranker import Candidate, agreement, best
from simulator.domain.act import Act
from simulator.domain.conversation import Source
from simulator.lm.base import Cancelled, Chunk, LanguageModel, Request

CANDIDATES = 4
TEMPERATURES = (0.6, 0.35)
"""Of the first draw, and of the second when the guard has thrown out all of the first."""

_SENTENCE_ENDS = ".!?…"
_MARKS = f"{_SENTENCE_ENDS},;:–"
_CLAUSE = re.compile(rf"[^{_MARKS}]*[{_MARKS}]+(?=\s)")


@dataclass(frozen=True)
class Limits:
    """Tokens of an opening clause and of the rest of a line, by channel.

    A line ends with the first sentence that ends after ``enough`` words: a small model loses the
    thread in long ones.
    """

    opening: int
    rest: int
    enough: int


LIMITS = {"phone": Limits(15, 30, 4), "email": Limits(26, 110, 25)}


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
    may be. ``generated`` is False where the model is not asked.
    """

    model: LanguageModel
    guard: Guard
    prompt: str
    label: str
    act: Act
    fact: str
    offers: Sequence[Offer]
    resort: str
    seed: int
    generated: bool = True

    def clauses(self, cancelled: Cancelled) -> Iterator[Clause]:
        """Yield the line clause by clause; they join without a separator."""
        chosen = self._choose(cancelled)
        if chosen is None:
            return
        yield Clause(chosen.text, chosen.source)
        if chosen.source == "model":
            for text in self._continued(chosen.text, cancelled):
                yield Clause(text, "model")

    def _choose(self, cancelled: Cancelled) -> Candidate | None:
        authored = [Candidate(offer.text, "authored", offer.advantage) for offer in self.offers]
        made: list[Candidate] = []
        for draw, temperature in enumerate(TEMPERATURES if self.generated else ()):
            made = self._openings(temperature, self.seed + draw, cancelled)
            if made or authored or cancelled():
                break
        if cancelled():
            return None
        candidates = made + authored
        if not candidates:
            return Candidate(self.resort, "authored")
        return best(self.model, self.prompt, self.label, candidates)

    def _openings(self, temperature: float, seed: int, cancelled: Cancelled) -> list[Candidate]:
        request = Request(
            self.prompt,
            candidates=CANDIDATES,
            max_tokens=LIMITS[self.guard.channel].opening,
            temperature=temperature,
            pause_at=_MARKS,
            seed=seed,
        )
        texts = [""] * CANDIDATES
        ends: dict[int, Chunk] = {}
        for chunk in self.model.generate(request, cancelled):
            texts[chunk.index] += chunk.text
            if chunk.done:
                ends[chunk.index] = chunk
        passed = {
            text: end.log_probability
            for index, end in ends.items()
            # A clause cut off at the token limit has no end.
            if (text := texts[index].strip())
            and (end.finished or text[-1] in _MARKS)
            and self.guard.objection(text, whole=False) is None
        }
        return [
            Candidate(text, "model", agreement(text, self.act, self.fact), likelihood)
            for text, likelihood in passed.items()
        ]

    def _continued(self, shown: str, cancelled: Cancelled) -> Iterator[str]:
        """Go on from the opening; a clause is shown when the guard passes all up to its end."""
        limits = LIMITS[self.guard.channel]
        if _enough(shown, limits):
            return
        request = Request(
            f"{self.prompt} {shown}",
            max_tokens=limits.rest,
            temperature=TEMPERATURES[0],
            seed=self.seed + len(TEMPERATURES),
        )
        waiting, finished = "", False
        for chunk in self.model.generate(request, cancelled):
            waiting += chunk.text
            finished = finished or chunk.finished
            while match := _CLAUSE.match(waiting):
                clause = match.group()
                if self.guard.objection(shown + clause, whole=False):
                    yield _tail(shown)
                    return
                shown, waiting = shown + clause, waiting[match.end() :]
                yield clause
                if _enough(shown, limits):
                    return
        last = waiting.rstrip()
        if finished and last and not self.guard.objection(shown + last, whole=False):
            yield last
        elif not cancelled():
            yield _tail(shown)


def _enough(shown: str, limits: Limits) -> bool:
    return shown.rstrip()[-1:] in _SENTENCE_ENDS and len(shown.split()) >= limits.enough


def _tail(shown: str) -> str:
    """Return what lets a line that stops here trail off; what was shown is never taken back."""
    return "" if shown.rstrip()[-1:] in _SENTENCE_ENDS else " …"


def seed_of(call: int, turn: int) -> int:
    """Return the seed of one turn: the same call and turn always draw the same."""
    return random.Random(f"{call}:{turn}").randrange(2**31)
