"""Says whether the practice dialogues are sound: form, inertia, repetition, spelling.

What it finds is data, all of it at once, never an exception: who writes dialogues mends a list.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from simulator.domain.act import Act
from simulator.training.corpus import AgentLine, CustomerLine, Dialogue, Split
from simulator.training.spelling import misspelt

Kind = Literal["form", "inertia", "repeated", "near_duplicate", "spelling", "split", "facts"]

RISE, FALL = 3, 2
"""By how much anger may rise and fall, and trust fall and rise, between two lines of a customer."""

NEAR = 0.6
"""Jaccard overlap of character 5-grams from which two lines count as the same."""

_SHORTEST = 25
_OWN, _POLITE = 5, 8
"""Shorter sentences are everybody's: stock phrases, and salutations."""

_LENGTHS = {"phone": (6, 16), "email": (3, 10)}
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
# Forms of politeness: everybody's, and nobody's sentence.
_FORMULA = re.compile(
    r"\s*(?:sehr geehrte|guten (?:tag|morgen|abend)|hallo|liebe|freundliche|beste|viele|schöne|"
    r"herzliche|mit (?:freundlich|best|lieb|herzlich)|ihr|auf wieder|betreff|dear|hello|hi|good|"
    r"yours|thank|goodbye|subject|(?:kind|best|warm|many) (?:regard|wishes))\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Finding:
    """Something to mend: in which dialogue, at which turn (from 1; 0 is the whole), and what."""

    kind: Kind
    dialogue: str
    turn: int
    detail: str


def findings(dialogues: Sequence[Dialogue], split: Split | None = None) -> list[Finding]:
    """Return all that is wrong with ``dialogues``, in their order within each kind.

    With a ``split``, also whether it names only what is there and keeps callers apart.
    """
    found: list[Finding] = []
    for dialogue in dialogues:
        found += _form(dialogue)
        found += _inertia(dialogue)
        found += _spelling(dialogue)
    found += _repeated(dialogues)
    found += _near_duplicates(dialogues)
    if split is not None:
        found += _split(dialogues, split)
    return found


def _form(dialogue: Dialogue) -> Iterator[Finding]:
    turns = dialogue.turns
    shortest, longest = _LENGTHS[dialogue.channel]
    if not shortest <= len(turns) <= longest:
        yield Finding("form", dialogue.id, 0, f"{len(turns)} turns")
    if not dialogue.scenario.facts or not dialogue.scenario.hidden_need.strip():
        yield Finding("form", dialogue.id, 0, "no facts or no hidden need")
    for number, turn in enumerate(turns, start=1):
        expected = AgentLine if number % 2 else CustomerLine
        if not isinstance(turn, expected):
            yield Finding("form", dialogue.id, number, "two lines of one speaker in a row")
        if not turn.text.strip():
            yield Finding("form", dialogue.id, number, "empty line")
        if isinstance(turn, CustomerLine):
            yield from _line(dialogue, number, turn)
    customers = [turn for turn in turns if isinstance(turn, CustomerLine)]
    left = bool(customers) and customers[-1].act is Act.HANG_UP
    by_agent = not left and isinstance(turns[-1], AgentLine)
    if left and dialogue.outcome != "hung_up":
        yield Finding("form", dialogue.id, 0, "hangs up, but the outcome is another")
    if dialogue.outcome == "hung_up" and not (left or by_agent):
        yield Finding("form", dialogue.id, 0, "outcome hung_up, but nobody hangs up")


def _line(dialogue: Dialogue, number: int, line: CustomerLine) -> Iterator[Finding]:
    later = [t for t in dialogue.turns[number:] if isinstance(t, CustomerLine)]
    if line.act is Act.HANG_UP and later:
        yield Finding("form", dialogue.id, number, "goes on after hanging up")
    if any(not 1 <= fact <= len(dialogue.scenario.facts) for fact in line.facts or ()):
        yield Finding("facts", dialogue.id, number, f"no such fact: {line.facts}")


def _inertia(dialogue: Dialogue) -> Iterator[Finding]:
    before: CustomerLine | None = None
    heat = 1
    for number, turn in enumerate(dialogue.turns, start=1):
        if isinstance(turn, AgentLine):
            heat = turn.de_escalation
            continue
        if before is not None:
            anger, trust = turn.anger - before.anger, turn.trust - before.trust
            if anger < 0 and heat == 0:
                yield Finding("inertia", dialogue.id, number, "calmer after de-escalation 0")
            if not -FALL <= anger <= RISE or not -RISE <= trust <= FALL:
                yield Finding(
                    "inertia", dialogue.id, number, f"anger {anger:+d}, trust {trust:+d} at once"
                )
        before = turn


def _spelling(dialogue: Dialogue) -> Iterator[Finding]:
    for number, turn in enumerate(dialogue.turns, start=1):
        for detail in misspelt(turn.text, dialogue.language):
            yield Finding("spelling", dialogue.id, number, detail)


def _repeated(dialogues: Iterable[Dialogue]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for dialogue, number, text in _texts(dialogues):
        for sentence in _SENTENCE.findall(text):
            bare = _bare(sentence)
            length = len(bare.split())
            if length < _OWN or (length < _POLITE and _FORMULA.match(sentence)):
                continue
            first = seen.setdefault(bare, f"{dialogue.id}:{number}")
            if first != f"{dialogue.id}:{number}":
                yield Finding("repeated", dialogue.id, number, f"“{sentence.strip()}” as {first}")


def _near_duplicates(dialogues: Sequence[Dialogue]) -> Iterator[Finding]:
    placed = [(d, n, t) for d, n, t in _texts(dialogues) if len(t) >= _SHORTEST]
    grams = [_grams(text) for _, _, text in placed]
    rare = _rare(grams)
    for here, own in enumerate(grams):
        shared: Counter[int] = Counter()
        for gram in own:
            shared.update(other for other in rare.get(gram, ()) if other < here)
        for other, _ in shared.most_common(3):
            overlap = len(own & grams[other]) / len(own | grams[other])
            if overlap > NEAR:
                dialogue, number, _ = placed[here]
                twin, at, _ = placed[other]
                detail = f"{overlap:.2f} like {twin.id}:{at}"
                yield Finding("near_duplicate", dialogue.id, number, detail)


def _rare(grams: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    """Return in which lines the less common n-grams stand: near-duplicates share many of them."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(grams):
        for gram in own:
            places[gram].append(place)
    return {gram: where for gram, where in places.items() if 1 < len(where) <= 60}


def _split(dialogues: Sequence[Dialogue], split: Split) -> Iterator[Finding]:
    known = {dialogue.id for dialogue in dialogues}
    for name in split.test:
        if name not in known:
            yield Finding("split", name, 0, "not in the corpus")
    callers = {(d.persona.name, d.scenario.concern) for d in split.test_part(tuple(dialogues))}
    for dialogue in split.train_part(tuple(dialogues)):
        if (dialogue.persona.name, dialogue.scenario.concern) in callers:
            yield Finding("split", dialogue.id, 0, "the same caller stands in the test part")


def _texts(dialogues: Iterable[Dialogue]) -> Iterator[tuple[Dialogue, int, str]]:
    for dialogue in dialogues:
        for number, turn in enumerate(dialogue.turns, start=1):
            yield dialogue, number, turn.text


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _grams(text: str, size: int = 5) -> frozenset[str]:
    bare = _bare(text)
    return frozenset(bare[i : i + size] for i in range(max(1, len(bare) - size + 1)))
