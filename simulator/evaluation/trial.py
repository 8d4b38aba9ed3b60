"""An author's scenario put to the test: the four agents play it, and it is held to the measures.

The measures are those of the whole customer (:mod:`simulator.evaluation.customer`), over the calls
of one person about one matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import mean

from simulator.content.catalogue import Catalogue
from simulator.domain.language import Language
from simulator.domain.script import PROFILES, Profile
from simulator.evaluation.calls import Casting, Played, play
from simulator.evaluation.customer import (
    Heard,
    Measure,
    all_heard,
    courses,
    found_slips,
    lines,
)
from simulator.evaluation.probes import answers_to
from simulator.evaluation.soundness import repeated
from simulator.i18n import Texts
from simulator.switchboard import Switchboard
from simulator.training.corpus import Dialogue, train_part
from simulator.training.questions import Question, questions

CHECKS = {
    "final anger good < mixed < poor": "order",
    "gaming ends no calmer than mixed": "gaming",
    "hang-ups, good": "hang_up",
    "hidden need comes out, good": "need",
    "hidden need comes out, poor": "need_poor",
    "a question about a fact gets it": "asked",
    "agent voice": "agent_voice",
    "other language": "other_language",
    "control text": "control_text",
    "invented": "invented",
    "repeats a line of the call": "repeats",
}
"""The customer's measures that a single scenario is held to, and their keys (``trial.check``)."""


@dataclass(frozen=True)
class Slipped:
    """A line of the customer's and what is wrong with it (a key of the checks)."""

    wrong: str
    text: str


@dataclass(frozen=True)
class Missed:
    """A question, and an answer that lacks the fact it asked for."""

    question: str
    answer: str


@dataclass(frozen=True)
class Trial:
    """What came of it; ``checks`` by their keys, in the order of ``CHECKS``."""

    calls: tuple[Played, ...]
    checks: dict[str, Measure]
    slipped: tuple[Slipped, ...]
    missed: tuple[Missed, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing is otherwise than wanted."""
        return all(measure.met is not False for measure in self.checks.values())

    def course(self, profile: Profile) -> tuple[float, ...]:
        """Return the mean anger at the start and after each exchange with this agent.

        A call that is over counts with the anger it ended in.
        """
        calls = [
            [one.session.started.start.anger, *(t.state.anger for t in one.session.customer_turns)]
            for one in self.calls
            if one.casting.profile == profile
        ]
        longest = max(map(len, calls), default=0)
        return tuple(mean(call[min(at, len(call) - 1)] for call in calls) for at in range(longest))


def require_scripts(catalogue: Catalogue, scenario: str) -> None:
    """Raise UsageError if a script is missing, ContentError if one is broken."""
    for profile in PROFILES:
        catalogue.script(scenario, profile)


def hold(
    board: Switchboard,
    persona: str,
    scenario: str,
    language: Language,
    seeds: int,
    played: Callable[[Played], None],
) -> Trial:
    """Play all agents with so many ``seeds`` each (from 0), and ask for every fact.

    Persona and scenario are ids or paths; ``played`` is told of each call when it is over. Raises
    UsageError on unknown ids and without the scripts, ContentError if a file is broken.
    """
    calls: list[Played] = []
    for seed, profile in product(range(seeds), PROFILES):
        casting = Casting(
            scenario=scenario, persona=persona, language=language, profile=profile, seed=seed
        )
        calls.append(play(board, casting))
        played(calls[-1])
    missed: list[Missed] = []

    def note(question: Question, answer: str) -> None:
        missed.append(Missed(question.text, answer))

    answered = answers_to(board, _asked(board, scenario, language), note, persona)
    corpus = train_part()
    heard = all_heard(calls, board.catalogue)
    measured = {m.name: m for m in (*courses(calls), answered, *lines(heard, corpus))}
    checks = {key: measured[name] for name, key in CHECKS.items()}
    return Trial(tuple(calls), checks, tuple(_slipped(heard, corpus)), tuple(missed))


def _slipped(heard: Sequence[Heard], corpus: Sequence[Dialogue]) -> Iterator[Slipped]:
    for one, wrong in found_slips(heard, corpus):
        yield from (Slipped(each, one.turn.text) for each in wrong)
    for one in heard:
        if repeated(one.turn.text, one.earlier):
            yield Slipped("repeats", one.turn.text)


def _asked(board: Switchboard, scenario: str, language: Language) -> Iterator[Question]:
    """Yield a question for each fact: a written one, else one in the fact's own words."""
    texts, what = Texts(language), board.catalogue.scenario(scenario)
    written = {
        question.fact: question.text
        for question in reversed(questions())
        if (question.scenario, question.language) == (what.id, language)
    }
    for fact in what.facts:
        text = written.get(fact.id) or texts("trial.question", fact=fact.text(language))
        yield Question(scenario, fact.id, language, text)
