"""How the practice dialogues are spread over what they should cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from simulator.domain.language import Language
from simulator.training.corpus import AgentLine, CustomerLine, Dialogue

Balance = dict[str, dict[str, dict[Language, int]]]
"""Trait → value → language → how many dialogues (or turns, for what turns have)."""

_LANGUAGES: tuple[Language, ...] = ("de", "en")


def balance(dialogues: Sequence[Dialogue]) -> Balance:
    """Count ``dialogues`` by trait, value and language."""
    return {trait: _counted(dialogues, values) for trait, values in _TRAITS.items()}


def _counted(
    dialogues: Sequence[Dialogue], values: Callable[[Dialogue], Iterable[str]]
) -> dict[str, dict[Language, int]]:
    counts = {
        language: Counter(v for d in dialogues if d.language == language for v in values(d))
        for language in _LANGUAGES
    }
    names = sorted({name for count in counts.values() for name in count})
    return {name: {language: counts[language][name] for language in _LANGUAGES} for name in names}


def _customer(dialogue: Dialogue) -> Iterable[CustomerLine]:
    return (turn for turn in dialogue.turns if isinstance(turn, CustomerLine))


def _agent(dialogue: Dialogue) -> Iterable[AgentLine]:
    return (turn for turn in dialogue.turns if isinstance(turn, AgentLine))


_TRAITS: dict[str, Callable[[Dialogue], Iterable[str]]] = {
    "dialogues": lambda d: ["all"],
    "channel": lambda d: [d.channel],
    "profile": lambda d: [d.agent_profile],
    "outcome": lambda d: [d.outcome],
    "temperament": lambda d: [d.persona.temperament],
    "speaker": lambda d: [turn.speaker for turn in d.turns],
    "act": lambda d: [turn.act.value for turn in _customer(d)],
    "empathy": lambda d: [str(turn.empathy) for turn in _agent(d)],
    "listening": lambda d: [str(turn.listening) for turn in _agent(d)],
    "de_escalation": lambda d: [str(turn.de_escalation) for turn in _agent(d)],
}
