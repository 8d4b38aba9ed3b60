"""What the customer's card claims, measured in whole calls and judged by the text."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from simulator.content.catalogue import Catalogue
from simulator.domain.conversation import CustomerTurn, Session
from simulator.domain.language import LANGUAGES, Language
from simulator.domain.scenario import Scenario
from simulator.domain.script import Profile
from simulator.evaluation.calls import Casting, Played
from simulator.evaluation.soundness import (
    Slip,
    copied,
    distinct_pairs,
    repeated,
    slips,
    triples,
)
from simulator.training.corpus import CustomerLine, Dialogue

PAIRS = 2000
"""Pairs of words, a language, over which variety is compared."""


@dataclass(frozen=True)
class Measure:
    """A share (0 to 1) or a ratio, over ``n`` cases; without a case the value is nan.

    It is wanted from ``least`` to ``most``, either of them None where nothing is.
    """

    name: str
    value: float
    n: int
    least: float | None = None
    most: float | None = None

    @property
    def wanted(self) -> str:
        """What is wanted, as figures; empty if nothing is."""
        if self.least is not None and self.most is not None:
            return f"{self.least * 100:.0f} to {self.most * 100:.0f} %"
        if self.most is not None:
            return f"≤ {self.most * 100:.0f} %" if self.most else "0 %"
        return f"≥ {self.least * 100:.0f} %" if self.least is not None else ""

    @property
    def met(self) -> bool | None:
        """Whether it is as wanted, None without a case.

        To the nearest whole case: of six questions, five are as many as 85 % of them can be.
        """
        if not self.n:
            return None
        held = round(self.value * self.n, 6)
        enough = self.least is None or held >= round(self.least * self.n)
        return enough and (self.most is None or held <= round(self.most * self.n))


@dataclass(frozen=True)
class Heard:
    """A line of the customer in its call; ``known`` is all that could be known before it."""

    casting: Casting
    turn: CustomerTurn
    earlier: tuple[str, ...]
    known: str


def courses(calls: Sequence[Played]) -> Iterator[Measure]:
    """Yield how calls end, agent against agent."""
    ends = {one.casting: one.session for one in calls}
    anger = {casting: session.state.anger for casting, session in ends.items()}
    triples_ = list(_together(anger, ("good", "mixed", "poor")))
    pairs = list(_together(anger, ("gaming", "mixed")))
    yield _share("final anger good < mixed < poor", [g < m < p for g, m, p in triples_], 0.95)
    yield _share("gaming ends no calmer than mixed", [g >= m for g, m in pairs], 0.9)
    good = [session for casting, session in ends.items() if casting.profile == "good"]
    poor = [session for casting, session in ends.items() if casting.profile == "poor"]
    yield _share("hang-ups, good", [_hung_up(s) for s in good], most=0.0)
    yield _share("hang-ups, poor", [_hung_up(s) for s in poor], 0.25, 0.6)
    yield _share("hidden need comes out, good", [s.need_told for s in good], 0.8)
    yield _share("hidden need comes out, poor", [s.need_told for s in poor], most=0.05)


def lines(heard: Sequence[Heard], train: Sequence[Dialogue]) -> Iterator[Measure]:
    """Yield how sound the customer's lines are."""
    names = frozenset(_capitals(train))
    found: dict[Slip, list[bool]] = {}
    for one in heard:
        wrong = slips(one.turn.text, one.casting.language, one.known, names)
        for slip in ("agent_voice", "other_language", "control_text", "invented"):
            found.setdefault(slip, []).append(slip in wrong)
    for slip, cases in found.items():
        yield _share(slip.replace("_", " "), cases, most=0.0)
    again = [repeated(one.turn.text, one.earlier) for one in heard]
    yield _share("repeats a line of the call", again, most=0.01)
    known = [triples(line.text) for line in _customer_lines(train)]
    made = [one for one in heard if one.turn.source == "model"]
    yield _share("made lines that copy the corpus", [copied(h.turn.text, known) for h in made])
    yield _share("lines made by the model", [h.turn.source == "model" for h in heard], 0.7)


def variety(heard: Sequence[Heard], test: Sequence[Dialogue]) -> Iterator[Measure]:
    """Yield distinct-2 against the corpus's test part, at equal numbers of pairs of words.

    Lines are drawn from all calls and all dialogues alike, in an order of chance.
    """
    for language in LANGUAGES:
        chance = random.Random(0)
        said = [h.turn.text for h in heard if h.casting.language == language]
        written = [line.text for line in _customer_lines(d for d in test if d.language == language)]
        try:
            ratio = distinct_pairs(chance.sample(said, len(said)), PAIRS) / distinct_pairs(
                chance.sample(written, len(written)), PAIRS
            )
        except ValueError:
            continue
        yield Measure(f"distinct-2 against the test part, {language}", ratio, PAIRS, 0.9)


def all_heard(calls: Iterable[Played], catalogue: Catalogue) -> list[Heard]:
    """Return every line of the customer in ``calls``."""
    return [heard for one in calls for heard in _heard(one, catalogue)]


def found_slips(
    heard: Iterable[Heard], train: Sequence[Dialogue]
) -> Iterator[tuple[Heard, list[Slip]]]:
    """Yield the lines in which something is wrong, to be read."""
    names = frozenset(_capitals(train))
    for one in heard:
        if wrong := slips(one.turn.text, one.casting.language, one.known, names):
            yield one, wrong


def _heard(one: Played, catalogue: Catalogue) -> Iterator[Heard]:
    casting = one.casting
    scenario = catalogue.scenario(casting.scenario)
    name = catalogue.persona(casting.persona).text(casting.language).name
    known = [name, facts_of(scenario, casting.language)]
    earlier: list[str] = []
    for turn in one.session.turns:
        if isinstance(turn, CustomerTurn):
            yield Heard(casting, turn, tuple(earlier), "\n".join(known))
            earlier.append(turn.text)
        known.append(turn.text)


def facts_of(scenario: Scenario, language: Language) -> str:
    """Return everything a scenario says in ``language``, as one text."""
    text = scenario.text(language)
    told = [text.title, text.company, text.industry, text.concern, text.briefing, text.thread]
    told += [text.solution, *text.may_offer, *(line.text for line in text.lines)]
    told += [line for answer in text.answers for line in answer.lines]
    told += [f"{d.date} {d.sender} {d.recipient} {d.subject} {d.body}" for d in text.case_file]
    told += [fact.text(language) for fact in scenario.facts]
    return "\n".join([*told, scenario.hidden_need.text(language)])


def _hung_up(session: Session) -> bool:
    return session.ended is not None and session.ended.reason == "hung_up"


def _together(
    values: Mapping[Casting, float], profiles: Sequence[Profile]
) -> Iterator[tuple[float, ...]]:
    """Yield the values of the same call with each of ``profiles``, where all were played."""
    for casting in values:
        same = [casting.model_copy(update={"profile": profile}) for profile in profiles]
        if casting == same[0] and all(other in values for other in same):
            yield tuple(values[other] for other in same)


def _share(
    name: str, cases: Sequence[bool], least: float | None = None, most: float | None = None
) -> Measure:
    return Measure(name, mean(cases) if cases else float("nan"), len(cases), least, most)


def _customer_lines(dialogues: Iterable[Dialogue]) -> Iterator[CustomerLine]:
    return (t for d in dialogues for t in d.turns if isinstance(t, CustomerLine))


def _capitals(dialogues: Iterable[Dialogue]) -> Iterator[str]:
    """Yield words that the corpus writes with a capital somewhere and that nobody is called."""
    people = {part.lower() for d in dialogues for part in d.persona.name.split()}
    for line in _customer_lines(dialogues):
        for word in line.text.split():
            bare = word.strip(".,;:!?…“”„’'\"()").lower()
            if word[:1].isupper() and bare not in people:
                yield bare
