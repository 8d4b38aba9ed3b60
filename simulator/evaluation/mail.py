"""Measures the checklist for mails: how good agents' mails of the corpus fare beside poor ones'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.domain.language import LANGUAGES, Language
from simulator.domain.mail import MailCheck
from simulator.domain.script import PROFILES, Profile
from simulator.scoring.mail import check_mail
from simulator.training.corpus import RatedReply, rated_replies, read_corpus, test_part

MINIMUM = 1
"""Points that a customer's mail must have to be counted."""


@dataclass(frozen=True)
class Fared:
    """What the checklist says of the ``mails`` of one kind of agent; shares run from 0 to 1.

    ``points`` is the mean number of points found in the mail answered. ``all_taken_up`` counts
    replies in which every point is surely taken up, ``none_missed`` those in which none surely is
    not; ``taken_up``, ``unsure`` and ``missed`` are shares of the points. ``named`` counts
    salutations with the customer's name, ``signed`` closings with a name, ``asked_again`` replies
    that ask for what was said.
    """

    data: str
    language: Language
    agent: Profile
    mails: int
    points: float
    all_taken_up: float
    none_missed: float
    taken_up: float
    unsure: float
    missed: float
    named: float
    signed: float
    asked_again: float


def mail_figures(folder: Path | None = None) -> list[Fared]:
    """Return the figures per language and agent: on the whole corpus and on its test part.

    The word lists were written while looking at the training part. Only replies to a mail with
    points in it are counted. Raises UsageError if the corpus is missing.
    """
    parts = {"corpus": read_corpus(folder), "test part": test_part(folder)}
    figures = []
    for data, dialogues in parts.items():
        mails = tuple(d for d in dialogues if d.channel == "email")
        checked = [(reply, _checked(reply)) for reply in rated_replies(mails) if reply.context]
        for language in LANGUAGES:
            for agent in PROFILES:
                own = [
                    check
                    for reply, check in checked
                    if (reply.dialogue.language, reply.dialogue.agent_profile) == (language, agent)
                    and len(check.points) >= MINIMUM
                ]
                if own:
                    figures.append(_fared(data, language, agent, own))
    return figures


def table(figures: Sequence[Fared]) -> list[str]:
    """Return the figures as the lines of a table."""
    heading = (
        f"{'data':<10} {'lang':<4} {'agent':<7} {'mails':>5} {'points':>6} {'all':>6} "
        f"{'none-':>6} {'yes':>6} {'unsure':>6} {'no':>6} {'named':>6} {'signed':>6} {'again':>6}"
    )
    return [heading, *map(_line, figures)]


def _line(figure: Fared) -> str:
    shares = (
        figure.all_taken_up,
        figure.none_missed,
        figure.taken_up,
        figure.unsure,
        figure.missed,
        figure.named,
        figure.signed,
        figure.asked_again,
    )
    told = " ".join(f"{share:6.1%}" for share in shares)
    return (
        f"{figure.data:<10} {figure.language:<4} {figure.agent:<7} {figure.mails:5} "
        f"{figure.points:6.1f} {told}"
    )


def _checked(reply: RatedReply) -> MailCheck:
    dialogue = reply.dialogue
    return check_mail(
        reply.line.text,
        reply.context,
        dialogue.language,
        dialogue.persona.name,
        known="\n".join(reply.earlier),
    )


def _fared(data: str, language: Language, agent: Profile, checks: Sequence[MailCheck]) -> Fared:
    points = [point for check in checks for point in check.points]
    mails = len(checks)

    def share(*taken: str) -> float:
        return sum(point.taken_up in taken for point in points) / len(points)

    return Fared(
        data=data,
        language=language,
        agent=agent,
        mails=mails,
        points=len(points) / mails,
        all_taken_up=sum(check.taken_up == len(check.points) for check in checks) / mails,
        none_missed=sum(not check.missed for check in checks) / mails,
        taken_up=share("yes"),
        unsure=share("unsure"),
        missed=share("no"),
        named=sum(check.salutation == "named" for check in checks) / mails,
        signed=sum(check.closing == "named" for check in checks) / mails,
        asked_again=sum(bool(check.asked_again) for check in checks) / mails,
    )
