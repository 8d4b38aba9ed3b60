"""The transcript that the customer's language model goes on with.

A header says who is calling and why; then every line stands as ``Agent: …`` or
``Kunde [state, act]: …``. The state and the act are written *before* the customer's words, so that
the words follow from them (after ConsistentMI, arXiv 2502.02802). A transcript only ever grows at
its end: what the model has read of a call stays valid for the whole call.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass

from simulator.domain.act import Act
from simulator.domain.language import Language
from simulator.i18n import Texts

# Above which level (0 to 10) the next word of the scale begins.
_ANGER = (1.5, 3.5, 5.5, 8.5)
_TRUST = (1.5, 3.5, 5.5)


@dataclass(frozen=True)
class Caller:
    """What the header tells of a call."""

    language: Language
    channel: str
    name: str
    age: int
    temperament: str
    style: str
    industry: str
    concern: str


@dataclass(frozen=True)
class AgentLine:
    """A line of the agent."""

    text: str


@dataclass(frozen=True)
class CustomerLine:
    """A line of the customer with the state (0 to 10) and the act it is spoken from.

    ``fact`` is what it gives away, in the scenario's words, or empty. An empty ``text`` is the
    line still to be spoken.
    """

    anger: float
    trust: float
    act: Act
    fact: str = ""
    text: str = ""


Line = AgentLine | CustomerLine


def header(caller: Caller) -> str:
    """Return the first lines of the prompt; they end with an empty line."""
    texts = Texts(caller.language)
    return (
        texts(
            "prompt.header",
            channel=texts(f"prompt.{caller.channel}"),
            industry=caller.industry,
            name=caller.name,
            age=caller.age,
            temperament=texts(f"prompt.temperament.{caller.temperament}"),
            style=caller.style,
            concern=caller.concern,
        )
        + "\n"
    )


def written(line: Line, language: Language) -> tuple[str, str]:
    """Return a line as its label (ending in a colon) and its words (with a leading space)."""
    texts = Texts(language)
    words = " ".join(line.text.split())
    spoken = f" {words}" if words else ""
    if isinstance(line, AgentLine):
        return f"{texts('prompt.agent')}:", spoken
    tag = texts(
        "prompt.tag_fact" if line.fact else "prompt.tag",
        anger=anger_word(line.anger, language),
        trust=texts(f"prompt.trust.{bisect(_TRUST, line.trust)}"),
        act=texts(f"prompt.act.{line.act}"),
        fact=line.fact,
    )
    return f"{texts('prompt.customer')} [{tag}]:", spoken


def anger_word(anger: float, language: Language) -> str:
    """Return the word of the scale for a level of anger (0 to 10)."""
    return Texts(language)(f"prompt.anger.{bisect(_ANGER, anger)}")


def transcript(caller: Caller, lines: list[Line]) -> str:
    """Return the prompt up to the words of the last line; it ends in a colon, without a space."""
    parts = [header(caller)]
    for line in lines[:-1]:
        label, words = written(line, caller.language)
        parts.append(f"{label}{words}\n")
    return "".join(parts) + written(lines[-1], caller.language)[0]
