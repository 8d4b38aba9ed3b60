"""Places of held-out calls at which the customer's model speaks, and what it says there."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from simulator.customer.guard import Guard
from simulator.customer.judge import Judge
from simulator.customer.prompt import CustomerLine, Line, transcript, written
from simulator.customer.speech import Speech
from simulator.domain.act import ENDING_ACTS
from simulator.domain.language import LANGUAGES
from simulator.lm.base import LanguageModel, never
from simulator.training.corpus import Dialogue
from simulator.training.dialogues import caller, lines, standard_language


@dataclass(frozen=True)
class HeldOut:
    """A customer turn of a dialogue that no fit has seen; ``turn`` counts its turns from 0.

    ``before`` is the conversation so far, ``line`` what the author wrote, ``other`` a line of the
    same act from another dialogue.
    """

    dialogue: Dialogue
    turn: int
    before: tuple[Line, ...]
    line: CustomerLine
    other: str

    @property
    def id(self) -> str:
        """Dialogue and turn."""
        return f"{self.dialogue.id}:{self.turn}"

    def speech(self, model: LanguageModel, judge: Judge, seed: int) -> Speech:
        """Return the line to be found here as in practice, with nothing authored to fall back on.

        What the author planned is the plan: act, state, and what is told.
        """
        line, language = self.line, self.dialogue.language
        blank = CustomerLine(line.anger, line.trust, line.act, line.fact)
        return Speech(
            model=model,
            judge=judge,
            guard=self._guard(),
            prompt=transcript(caller(self.dialogue), [*self.before, blank]),
            label=written(blank, language)[0],
            act=line.act,
            fact=line.fact,
            offers=(),
            resort="",
            seed=random.Random(f"{seed}:{self.id}").randrange(2**31),
        )

    def _guard(self) -> Guard:
        scenario, language = self.dialogue.scenario, self.dialogue.language
        told = [line.fact for line in self.before if isinstance(line, CustomerLine)]
        hidden = not any(scenario.hidden_need in fact for fact in (*told, self.line.fact))
        known = [self.dialogue.persona.name, scenario.industry, scenario.concern, *scenario.facts]
        known += [line.text for line in self.before]
        if not hidden:
            known.append(scenario.hidden_need)
        said = tuple(line.text for line in self.before if isinstance(line, CustomerLine))
        return Guard(
            language=language,
            channel=self.dialogue.channel,
            known="\n".join(known),
            said=said,
            reply=self.before[-1].text,
            secret=" ".join(scenario.hidden_need.split()) if hidden else "",
        )


def spoken(place: HeldOut, model: LanguageModel, judge: Judge, seed: int) -> str:
    """Return what the model says at ``place``, empty if the guard lets nothing of it pass."""
    speech = place.speech(model, judge, seed)
    return "".join(clause.text for clause in speech.clauses(never)).strip()


def places(dialogues: Iterable[Dialogue], seed: int) -> list[HeldOut]:
    """Return the places of ``dialogues`` in an order drawn by ``seed``.

    Languages take turns, and every dialogue is visited once before any is visited again. Left out
    are first and ending lines, which are authored in practice, mails, of which the model makes but
    a part, and callers in dialect, whom the model has not learned.
    """
    calls = [d for d in dialogues if d.channel == "phone" and standard_language(d)]
    by_language = [_rounds([d for d in calls if d.language == each], seed) for each in LANGUAGES]
    return [place for both in zip_longest(*by_language) for place in both if place]


def _rounds(dialogues: Sequence[Dialogue], seed: int) -> list[HeldOut]:
    drawn = random.Random(seed).sample(dialogues, len(dialogues))
    bank = [(d.id, line) for d in dialogues for line in _spoken_in(d)]
    queues = [list(_places(dialogue, bank, seed)) for dialogue in drawn]
    return [place for once in zip_longest(*queues) for place in once if place]


def _places(
    dialogue: Dialogue, bank: Sequence[tuple[str, CustomerLine]], seed: int
) -> Iterator[HeldOut]:
    told = lines(dialogue)
    chance = random.Random(f"{seed}:{dialogue.id}")
    for turn in chance.sample(range(2, len(told)), max(0, len(told) - 2)):
        line = told[turn]
        if not isinstance(line, CustomerLine) or line.act in ENDING_ACTS:
            continue
        others = [o.text for owner, o in bank if owner != dialogue.id and o.act is line.act]
        if others:
            yield HeldOut(dialogue, turn, tuple(told[:turn]), line, chance.choice(others))


def _spoken_in(dialogue: Dialogue) -> Iterator[CustomerLine]:
    return (line for line in lines(dialogue) if isinstance(line, CustomerLine))
