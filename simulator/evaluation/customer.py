"""What the customer's card claims, measured in whole calls and judged by the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from simulator.content.catalogue import Catalogue
from simulator.domain.conversation import CustomerTurn
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
    """A share (0 to 1) or a ratio, over ``n`` cases, beside what was ``wanted`` ("" if nothing)."""

    name: str
    value: float
    n: int
    wanted: str = ""


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
    yield _share("final anger good < mixed < poor", [g < m < p for g, m, p in triples_], "≥ 95 %")
    yield _share("gaming ends no calmer than mixed", [g >= m for g, m in pairs], "≥ 90 %")
    for profile, hung_up in (("good", "0 %"), ("poor", "25 to 60 %")):
        of = [s for c, s in ends.items() if c.profile == profile]
        left = [s.ended is not None and s.ended.reason == "hung_up" for s in of]
        yield _share(f"hang-ups, {profile}", left, hung_up)
    for profile, told in (("good", "≥ 80 %"), ("poor", "≤ 5 %")):
        of = [s for c, s in ends.items() if c.profile == profile]
        yield _share(f"hidden need comes out, {profile}", [s.need_told for s in of], told)


def lines(heard: Sequence[Heard], train: Sequence[Dialogue]) -> Iterator[Measure]:
    """Yield how sound the customer's lines are."""
    names = frozenset(_capitals(train))
    found: dict[Slip, list[bool]] = {}
    for one in heard:
        wrong = slips(one.turn.text, one.casting.language, one.known, names)
        for slip in ("agent_voice", "other_language", "control_text", "invented"):
            found.setdefault(slip, []).append(slip in wrong)
    for slip, cases in found.items():
        yield _share(slip.replace("_", " "), cases, "0")
    again = [repeated(one.turn.text, one.earlier) for one in heard]
    yield _share("repeats a line of the call", again, "≤ 1 %")
    known = [triples(line.text) for line in _customer_lines(train)]
    made = [one for one in heard if one.turn.source == "model"]
    yield _share("made lines that copy the corpus", [copied(h.turn.text, known) for h in made])
    yield _share("lines made by the model", [h.turn.source == "model" for h in heard], "≥ 70 %")


def variety(heard: Sequence[Heard], test: Sequence[Dialogue]) -> Iterator[Measure]:
    """Yield distinct-2 against the corpus's test part, at equal numbers of pairs of words."""
    for language in LANGUAGES:
        said = [h.turn.text for h in heard if h.casting.language == language]
        written = [line.text for line in _customer_lines(d for d in test if d.language == language)]
        try:
            ratio = distinct_pairs(said, PAIRS) / distinct_pairs(written, PAIRS)
        except ValueError:
            continue
        yield Measure(f"distinct-2 against the test part, {language}", ratio, PAIRS, "≥ 0.9")


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
    told += [f"{d.date} {d.sender} {d.recipient} {d.subject} {d.body}" for d in text.case_file]
    told += [fact.text(language) for fact in scenario.facts]
    return "\n".join([*told, scenario.hidden_need.text(language)])


def _together(
    values: Mapping[Casting, float], profiles: Sequence[Profile]
) -> Iterator[tuple[float, ...]]:
    """Yield the values of the same call with each of ``profiles``, where all were played."""
    for casting in values:
        same = [casting.model_copy(update={"profile": profile}) for profile in profiles]
        if casting == same[0] and all(other in values for other in same):
            yield tuple(values[other] for other in same)


def _share(name: str, cases: Sequence[bool], wanted: str = "") -> Measure:
    return Measure(name, mean(cases) if cases else float("nan"), len(cases), wanted)


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
