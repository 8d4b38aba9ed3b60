"""Writes the sheet on which the model's lines stand beside authored ones, and its key."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from simulator.customer.judge import Judge
from simulator.errors import UsageError
from simulator.evaluation.blind import (
    DRAWN,
    KEY,
    SHEET,
    Comparison,
    Drawn,
    Pair,
    PairKey,
    Side,
    code,
    conversation,
)
from simulator.evaluation.blind_places import HeldOut, spoken
from simulator.evaluation.kept import keep, kept, write
from simulator.lm.base import LanguageModel

Say = Callable[[str], None]


@dataclass(frozen=True)
class Desk:
    """Where the sheet is written: ``folder`` holds it, its key, and what has been drawn so far."""

    model: LanguageModel
    judge: Judge
    folder: Path
    seed: int
    say: Say

    def write(self, places: Sequence[HeldOut], turns: int) -> None:
        """Write the sheet for the first ``turns`` of ``places`` at which the model has a line.

        Lines drawn in an earlier run are not drawn again. Raises UsageError if those in ``folder``
        are another model's or seed's.
        """
        chosen = list(self._with_line(places, turns))
        rows = [row for order in (0, 1) for row in self._round(chosen, order)]
        write(self.folder / SHEET, (pair for pair, _ in rows))
        write(self.folder / KEY, (key for _, key in rows))

    def _with_line(self, places: Sequence[HeldOut], turns: int) -> Iterator[tuple[HeldOut, str]]:
        before, found, silent = self._before(), 0, 0
        for place in places:
            if found == turns:
                return
            line = before[place.id] if place.id in before else self._draw(place)
            found, silent = found + bool(line), silent + (not line)
            self.say(f"{found} of {turns} places, {silent} more without a line that may be said")
            if line:
                yield place, line

    def _before(self) -> dict[str, str]:
        drawn = list(kept(self.folder / DRAWN, Drawn, "blind_line"))
        if any((one.model, one.seed) != (self._name, self.seed) for one in drawn):
            raise UsageError("blind_other_run", file=self.folder / DRAWN)
        return {one.place: one.line for one in drawn}

    def _draw(self, place: HeldOut) -> str:
        line = spoken(place, self.model, self.judge, self.seed)
        drawn = Drawn(model=self._name, seed=self.seed, place=place.id, line=line)
        keep(self.folder / DRAWN, drawn)
        return line

    @property
    def _name(self) -> str:
        return f"{self.model.name} {self.model.fingerprint}"

    def _round(
        self, chosen: Sequence[tuple[HeldOut, str]], order: int
    ) -> Iterator[tuple[Pair, PairKey]]:
        # The line that both pairs of a place share is the model's: a whole round lies between them.
        for place, line in chosen:
            chance = random.Random(f"{self.seed}:{place.id}")
            comparisons = chance.sample(get_args(Comparison), 2)
            yield _pair(place, line, comparisons[order], self.seed)


def _pair(place: HeldOut, line: str, comparison: Comparison, seed: int) -> tuple[Pair, PairKey]:
    against = place.other if comparison == "random" else place.line.text
    model = random.Random(f"{seed}:{place.id}:{comparison}").choice(get_args(Side))
    both = [_even(line), _even(against)]
    first, second = both if model == "first" else both[::-1]
    name = code(seed, place.id, comparison, first, second)
    language = place.dialogue.language
    pair = Pair(
        id=name,
        language=language,
        conversation=conversation(place.before, language),
        first=first,
        second=second,
    )
    return pair, PairKey(id=name, comparison=comparison, model=model, place=place.id)


def _even(line: str) -> str:
    """Return a line on one line: how it is broken must not tell whose it is."""
    return " ".join(line.split())
