"""Which of the things that a customer could tell the agent has just asked for.

A fact answers a question if the model finds it likelier after the question than after a reply that
asks nothing (pointwise mutual information); that needs no list of question words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator.domain.language import Language
from simulator.domain.scenario import Scenario
from simulator.i18n import Texts
from simulator.lm.base import LanguageModel

GAIN = 0.1
"""Nats a token that an answer must gain by the question (stated, see the customer's card)."""

_NOTHING = "…"
"""The reply that asks nothing."""


@dataclass(frozen=True)
class Listener:
    """Hears what is asked for; remembers how likely each fact is without any question."""

    model: LanguageModel
    _alone: dict[tuple[str, ...], list[float]] = field(default_factory=dict)

    def asked_for(
        self, reply: str, scenario: Scenario, language: Language, ids: Sequence[str]
    ) -> str | None:
        """Return which of the facts ``ids`` the reply asks for, None if for none."""
        facts = {fact.id: fact.text(language) for fact in scenario.facts}
        tellings = tuple(f" {facts[each]}" for each in ids)
        if "?" not in reply or not tellings:
            return None
        inside = self._likely(reply, language, tellings)
        if tellings not in self._alone:
            self._alone[tellings] = self._likely(_NOTHING, language, tellings)
        gains = [i - a for i, a in zip(inside, self._alone[tellings], strict=True)]
        best = max(range(len(ids)), key=gains.__getitem__)
        return ids[best] if gains[best] >= GAIN else None

    def _likely(self, reply: str, language: Language, tellings: Sequence[str]) -> list[float]:
        texts = Texts(language)
        words = " ".join(reply.split())
        prompt = f"{texts('prompt.agent')}: {words}\n{texts('prompt.customer')}:"
        return [weight.log_probability for weight in self.model.weigh(prompt, tellings)]
