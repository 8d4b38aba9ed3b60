"""What a reply by e-mail owes: a salutation, every point of the customer's mail, a name below."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from simulator.domain.annotation import Span

PointKind = Literal["question", "request", "complaint"]
TakenUp = Literal["yes", "unsure", "no"]
Frame = Literal["named", "misspelt", "unnamed", "missing"]
"""How a mail begins or ends: with a name, one spelt or titled otherwise, no name, or not at all."""


class MailPoint(BaseModel):
    """One thing the customer's mail asks, wants or complains of, in its own words (``text``).

    ``spans`` are the passages of the reply that take it up; "unsure" says that words alone cannot
    tell whether it was.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: PointKind
    text: str
    taken_up: TakenUp
    spans: tuple[Span, ...] = ()


class MailCheck(BaseModel):
    """The checklist of one reply by e-mail; it never changes the three scores.

    ``signed`` is the name below the reply, or empty. ``asked_again`` are the passages of the reply
    that ask for what the mails already say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    salutation: Frame
    closing: Frame
    signed: str = ""
    points: tuple[MailPoint, ...] = ()
    asked_again: tuple[Span, ...] = ()

    @property
    def taken_up(self) -> int:
        """How many points were surely taken up."""
        return sum(point.taken_up == "yes" for point in self.points)

    @property
    def missed(self) -> tuple[MailPoint, ...]:
        """The points of which no word came back."""
        return tuple(point for point in self.points if point.taken_up == "no")

    @property
    def ignored(self) -> bool:
        """Whether the mail wanted something and nothing of it came back."""
        return bool(self.points) and len(self.missed) == len(self.points)
