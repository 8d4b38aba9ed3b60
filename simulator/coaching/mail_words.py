"""Puts the checklist of a mail into words, and says how an exchange of mails ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulator.domain.annotation import Span
from simulator.domain.conversation import AgentTurn
from simulator.domain.mail import Frame, MailCheck, TakenUp
from simulator.i18n import Texts

_SIGNS: dict[TakenUp, str] = {"yes": "✓", "unsure": "?", "no": "✗"}
_FRAME_SIGNS: dict[Frame, str] = {"named": "✓", "misspelt": "?", "unnamed": "?", "missing": "✗"}
_LONGEST = 140


@dataclass(frozen=True)
class Item:
    """A line of the checklist: its sign (✓, ? or ✗), what it says, and the reply's own words."""

    sign: str
    text: str
    evidence: tuple[str, ...] = ()


def headline(check: MailCheck, texts: Texts) -> str:
    """Return in one clause how many points were taken up."""
    taken, of = check.taken_up, len(check.points)
    if not of:
        return texts("mail.card.no_points")
    key = "some" if taken < of else "all_one" if of == 1 else "all"
    told = texts(f"mail.card.{key}", taken=taken, of=of)
    unsure = sum(point.taken_up == "unsure" for point in check.points)
    return texts("mail.card.unsure", told=told, unsure=unsure) if unsure else told


def items(turn: AgentTurn, texts: Texts) -> Iterator[Item]:
    """Yield the checklist of a reply by mail: its points, then salutation, closing, questions."""
    check = turn.mail
    if check is None:
        return
    quotes = texts("app.quotes")
    for point in check.points:
        said = f"{quotes[0]}{_short(point.text)}{quotes[1]}"
        kind = texts(f"mail.kind.{point.kind}")
        text = texts(f"mail.card.point_{point.taken_up}", kind=kind, point=said)
        yield Item(_SIGNS[point.taken_up], text, _passages(turn.text, point.spans))
    yield Item(_FRAME_SIGNS[check.salutation], texts(f"mail.salutation.{check.salutation}"))
    yield Item(_FRAME_SIGNS[check.closing], texts(f"mail.closing.{check.closing}"))
    if check.asked_again:
        again = _passages(turn.text, check.asked_again)
        yield Item("✗", texts("mail.card.asked_again"), again)


def ending(reason: str, by_mail: bool, name: str, texts: Texts) -> str:
    """Return how it ended: nobody hangs up a mail. ``reason`` is an Ending or "open"."""
    return texts(f"{'mail' if by_mail else 'app'}.ended.{reason}", name=name)


def _passages(reply: str, spans: Iterable[Span]) -> tuple[str, ...]:
    said = (" ".join(reply[span.start : span.end].split()) for span in spans)
    return tuple(dict.fromkeys(filter(None, said)))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
