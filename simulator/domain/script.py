"""What an agent of a certain kind says in a scenario, whatever the customer answers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from simulator.domain.language import Language
from simulator.domain.persona import Closed, Text

Profile = Literal["good", "mixed", "poor", "gaming"]
"""``gaming`` stacks empathy phrases without hearing anything."""

PROFILES: tuple[Profile, ...] = ("good", "mixed", "poor", "gaming")


class Script(Closed):
    """The replies of ``scenarios/scripts/SCENARIO.PROFILE.yaml``, in their order; ``id`` is the
    scenario's.
    """

    id: str
    de: tuple[Text, ...] = Field(min_length=1)
    en: tuple[Text, ...] = Field(min_length=1)

    def replies(self, language: Language) -> tuple[str, ...]:
        """Return the replies in ``language``."""
        return self.de if language == "de" else self.en
