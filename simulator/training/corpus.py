"""Reads the practice dialogues that ship with the product (``models/corpus/README.md``)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from simulator import paths
from simulator.domain.act import Act
from simulator.domain.language import Language
from simulator.domain.persona import Temperament
from simulator.domain.scenario import Channel
from simulator.domain.score import Dimension
from simulator.errors import UsageError
from simulator.scoring.heard import Said

Label = Annotated[int, Field(ge=0, le=2)]
Level = Annotated[int, Field(ge=0, le=10)]


class Line(BaseModel):
    """A part of the corpus, closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AgentLine(Line):
    """What the agent said, with its three labels (0 none, 1 weak, 2 strong)."""

    speaker: Literal["agent"]
    text: str
    empathy: Label
    listening: Label
    de_escalation: Label

    def label(self, dimension: Dimension) -> int:
        """Return one label by name."""
        label: int = getattr(self, dimension.value)
        return label


class CustomerLine(Line):
    """What the customer said, and where they stood (0 to 10) while saying it.

    ``facts`` are the numbers (from 1) of the scenario's facts that the line tells, ``need`` whether
    it gives away the hidden need; None where nobody said so.
    """

    speaker: Literal["customer"]
    text: str
    act: Act
    anger: Level
    trust: Level
    facts: tuple[int, ...] | None = None
    need: bool | None = None


class Caller(Line):
    """Who the customer is."""

    name: str
    age: int
    temperament: Temperament
    style: str


class Situation(Line):
    """What happened to the customer."""

    industry: str
    concern: str
    facts: tuple[str, ...]
    hidden_need: str


class Dialogue(Line):
    """A whole call or mail exchange; ``file`` is the name of the corpus file without ending."""

    id: str
    file: str
    language: Language
    persona: Caller
    scenario: Situation
    agent_profile: Literal["good", "mixed", "poor", "gaming"]
    channel: Channel
    outcome: Literal["resolved", "partly", "escalated", "hung_up"]
    turns: tuple[Annotated[AgentLine | CustomerLine, Field(discriminator="speaker")], ...]


@dataclass(frozen=True)
class RatedReply:
    """An agent turn in its context.

    ``heard`` is what the customer had said until then, oldest first.
    """

    dialogue: Dialogue
    line: AgentLine
    heard: tuple[CustomerLine, ...]

    @property
    def context(self) -> str:
        """What the customer said just before, "" at the start."""
        return self.heard[-1].text if self.heard else ""

    @property
    def earlier(self) -> tuple[str, ...]:
        """All that the customer had said before that."""
        return tuple(line.text for line in self.heard[:-1])

    @property
    def said(self) -> Said:
        """The reply as the scorer takes it."""
        act = self.heard[-1].act if self.heard else None
        return Said(self.line.text, self.context, self.dialogue.language, self.earlier, act)


class Split(BaseModel):
    """Which dialogues are kept aside; no fit may ever see them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    test: tuple[str, ...]

    @cached_property
    def _test(self) -> frozenset[str]:
        return frozenset(self.test)

    def train_part(self, dialogues: tuple[Dialogue, ...]) -> tuple[Dialogue, ...]:
        """Return the dialogues that may be fitted on."""
        return tuple(d for d in dialogues if d.id not in self._test)

    def test_part(self, dialogues: tuple[Dialogue, ...]) -> tuple[Dialogue, ...]:
        """Return the dialogues that only measure."""
        return tuple(d for d in dialogues if d.id in self._test)


def corpus_folder() -> Path:
    """Return the folder of the shipped corpus."""
    return paths.shipped("models") / "corpus"


def read_corpus(folder: Path | None = None) -> tuple[Dialogue, ...]:
    """Read every ``*.jsonl`` of ``folder`` (the shipped corpus), in the order of names and lines.

    Raises UsageError for a missing folder or a line that is no dialogue.
    """
    chosen = folder or corpus_folder()
    files = sorted(chosen.glob("*.jsonl"))
    if not files:
        raise UsageError("corpus_missing", folder=chosen)
    return tuple(dialogue for file in files for dialogue in _dialogues(file))


def read_split(folder: Path | None = None) -> Split:
    """Read ``split.json`` of the corpus ``folder``; raises UsageError if it is missing."""
    file = (folder or corpus_folder()) / "split.json"
    if not file.is_file():
        raise UsageError("corpus_missing", folder=file)
    return Split.model_validate_json(file.read_text(encoding="utf-8"))


def train_part(folder: Path | None = None) -> tuple[Dialogue, ...]:
    """Return the dialogues of ``folder`` that may be fitted on."""
    return read_split(folder).train_part(read_corpus(folder))


def test_part(folder: Path | None = None) -> tuple[Dialogue, ...]:
    """Return the dialogues of ``folder`` that only measure."""
    return read_split(folder).test_part(read_corpus(folder))


test_part.__test__ = False  # type: ignore[attr-defined]  # pytest would collect it where imported


def rated_replies(dialogues: tuple[Dialogue, ...]) -> tuple[RatedReply, ...]:
    """Return every agent turn of ``dialogues`` in its context."""
    return tuple(reply for dialogue in dialogues for reply in _rated(dialogue))


def _rated(dialogue: Dialogue) -> list[RatedReply]:
    replies: list[RatedReply] = []
    heard: list[CustomerLine] = []
    for line in dialogue.turns:
        if isinstance(line, CustomerLine):
            heard.append(line)
        else:
            replies.append(RatedReply(dialogue, line, tuple(heard)))
    return replies


def _dialogues(file: Path) -> list[Dialogue]:
    dialogues = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            dialogues.append(Dialogue.model_validate({"file": file.stem, **json.loads(line)}))
        except (json.JSONDecodeError, ValidationError) as error:
            raise UsageError("corpus_line", file=file.name, line=number) from error
    return dialogues
