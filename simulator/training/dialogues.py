"""Turns a dialogue of the corpus into what the customer's model learns from."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from simulator.customer.prompt import AgentLine, Caller, CustomerLine, Line, header, written
from simulator.training import corpus

IGNORED = -100
"""The label of a token that bears no loss."""

# Strongly dialectal callers make a model of this size babble; they stay out of its first fit.
_DIALECT = re.compile(
    r"ruhr|pott|berliner|bayer|bair|bayr|schwäb|sächs|dresdn|pfälz|hess|rhein|köln|kölsch|platt|"
    r"österreich|wiener|fränk|brandenburg|saarl|thüring|badisch|schweiz|mundart|dialekt|"
    r"scots|scottish|glasw|yorkshire|cockney|geordie|scouse|dialect|lancash|dundee|black country|"
    r"cornish|liverpool|einschlag|gefärbt|färbung",
    re.IGNORECASE,
)


class Tokenizer(Protocol):
    """A fast tokenizer of transformers."""

    def __call__(
        self, text: str, *, return_offsets_mapping: bool, add_special_tokens: bool
    ) -> dict[str, list[object]]:
        """Return ``input_ids`` and ``offset_mapping``."""
        ...


@dataclass(frozen=True)
class Example:
    """Token ids of a dialogue, and the same ids where the loss falls, else ``IGNORED``."""

    ids: tuple[int, ...]
    labels: tuple[int, ...]


def standard_language(dialogue: corpus.Dialogue) -> bool:
    """Whether the caller talks without a strong dialect, going by their described style."""
    return not _DIALECT.search(dialogue.persona.style)


def in_order(dialogues: Sequence[corpus.Dialogue], seed: int) -> list[corpus.Dialogue]:
    """Return those in standard language as the adapter's fit takes them: marked ones first."""
    standard = [dialogue for dialogue in dialogues if standard_language(dialogue)]
    drawn = random.Random(seed).sample(standard, len(standard))
    return sorted(drawn, key=marked, reverse=True)


def marked(dialogue: corpus.Dialogue) -> bool:
    """Whether its author has said which fact each of the customer's lines tells."""
    lines = (turn for turn in dialogue.turns if isinstance(turn, corpus.CustomerLine))
    return all(line.facts is not None for line in lines)


def caller(dialogue: corpus.Dialogue) -> Caller:
    """Return what the prompt's header tells of the dialogue."""
    return Caller(
        language=dialogue.language,
        channel=dialogue.channel,
        name=dialogue.persona.name,
        age=dialogue.persona.age,
        temperament=dialogue.persona.temperament,
        style=dialogue.persona.style,
        industry=dialogue.scenario.industry,
        concern=dialogue.scenario.concern,
    )


def lines(dialogue: corpus.Dialogue) -> list[Line]:
    """Return the dialogue as prompt lines, each fact written before the line that tells it.

    Where nobody marked what a line tells, it is the fact that it shares most words with.
    """
    untold = [*dialogue.scenario.facts, dialogue.scenario.hidden_need]
    told: list[Line] = []
    for turn in dialogue.turns:
        if isinstance(turn, corpus.AgentLine):
            told.append(AgentLine(turn.text))
            continue
        fact = _marked(turn, dialogue.scenario) or _told_fact(turn, untold)
        if fact in untold:
            untold.remove(fact)
        told.append(CustomerLine(turn.anger, turn.trust, turn.act, fact, turn.text))
    return told


def example(dialogue: corpus.Dialogue, tokenizer: Tokenizer) -> Example:
    """Tokenise a dialogue; the loss falls on the customer's words and the end of their line."""
    text = header(caller(dialogue))
    spoken: list[range] = []
    for line in lines(dialogue):
        label, words = written(line, dialogue.language)
        start = len(text) + len(label)
        text += f"{label}{words}\n"
        if isinstance(line, CustomerLine):
            spoken.append(range(start, len(text)))
    encoded = tokenizer(text, return_offsets_mapping=True, add_special_tokens=False)
    ids = tuple(int(str(i)) for i in encoded["input_ids"])
    starts = [offset[0] for offset in encoded["offset_mapping"] if isinstance(offset, tuple)]
    labels = tuple(
        token if any(start in words for words in spoken) else IGNORED
        for token, start in zip(ids, starts, strict=True)
    )
    return Example(ids, labels)


def _marked(turn: corpus.CustomerLine, scenario: corpus.Situation) -> str:
    told = [scenario.facts[number - 1] for number in turn.facts or ()]
    return "; ".join([*told, scenario.hidden_need] if turn.need else told)


def _told_fact(turn: corpus.CustomerLine, facts: list[str]) -> str:
    if turn.facts is not None:
        return ""
    said = _content(turn.text)
    overlap = {fact: len(said & _content(fact)) for fact in facts}
    best = max(overlap, key=lambda fact: overlap[fact], default="")
    return best if best and overlap[best] >= 2 else ""


def _content(text: str) -> frozenset[str]:
    return frozenset(
        word[:6] for word in re.findall(r"\w+", text.lower()) if len(word) > 4 or word.isdigit()
    )
