"""Help that a trainee asked for before a reply."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from simulator.domain.score import Alternative


class Hint(BaseModel):
    """A question to oneself, and the example if that was asked for as well.

    Both are in the language of the call and kept as they were shown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    example: Alternative | None = None
