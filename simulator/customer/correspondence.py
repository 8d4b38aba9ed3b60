"""A customer who writes: whole mails from several lines, and the call when writing is no use."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from simulator.customer.appraisal import worth
from simulator.domain.act import ENDING_ACTS, Act
from simulator.domain.conversation import AgentTurn, Session
from simulator.domain.emotion import EmotionalState
from simulator.domain.language import Language
from simulator.domain.mail import MailPoint
from simulator.domain.persona import Persona, Temperament
from simulator.domain.scenario import Scenario

MOST_WORDS = 120
"""Words of a mail's body, as the guard allows them."""

_CALM, _FURIOUS = 3.5, 8.0
_RINGS, _RINGS_IGNORED = 9.0, 7.0
"""Anger from which a customer calls after a poor reply, or after one that took up nothing."""
_DECENT = 1.5
"""A reply of this worth has heard the customer, whatever it left out."""
_LONGEST_POINT = 30
_TITLES = frozenset({"frau", "herr", "mr", "mrs", "ms", "miss", "dr", "prof", "familie"})
_AGREES = ENDING_ACTS | {Act.THANK, Act.ACCEPT, Act.SOFTEN}

Why = Literal["furious", "ignored"]


@dataclass(frozen=True)
class _Phrases:
    salutation: re.Pattern[str]
    closing: re.Pattern[str]
    please: re.Pattern[str]
    quotes: str
    greeting: dict[str, str]
    farewell: dict[str, str]
    open: dict[str, list[str]]
    ring: dict[str, list[str]]


@cache
def _phrases(language: Language) -> _Phrases:
    data = tomllib.loads(
        files("simulator.customer").joinpath(f"mail_{language}.toml").read_text("utf-8")
    )
    salutation, closing, please = (
        re.compile(data.pop(name), re.IGNORECASE) for name in ("salutation", "closing", "please")
    )
    return _Phrases(salutation=salutation, closing=closing, please=please, **data)


def now_by(session: Session, scenario: Scenario) -> Scenario:
    """Return the scenario in the channel that the talk has come to."""
    return on_the_phone(scenario) if session.called else scenario


def on_the_phone(scenario: Scenario) -> Scenario:
    """Return the scenario as a telephone call."""
    return scenario.model_copy(update={"channel": "phone"})


def rings(session: Session, scenario: Scenario, state: EmotionalState, act: Act) -> Why | None:
    """Return why this customer now calls instead of writing; None if they write.

    They call when a poor reply leaves them furious, when a reply takes up nothing of their mail
    and they are angry, or not calm and it happens twice running. Who ends it, ends it by mail.
    """
    reply = session.unanswered
    if reply is None or scenario.channel != "email" or act in _AGREES:
        return None
    passed_over = _ignores(reply) and worth(reply.scores) < _DECENT
    least = _CALM if _twice(session) else _RINGS_IGNORED
    if passed_over and state.anger >= least:
        return "ignored"
    return "furious" if state.anger >= _RINGS and worth(reply.scores) < 1 else None


def ring(session: Session, persona: Persona, why: Why, spoken: str, chance: random.Random) -> str:
    """Return the first words on the phone: who is calling and why, then what is ``spoken``."""
    language = session.started.language
    opener = chance.choice(_phrases(language).ring[why]).format(name=_signature(persona, language))
    return f"{opener} {body(spoken, language)}".strip()


def letter(
    session: Session,
    persona: Persona,
    state: EmotionalState,
    act: Act,
    paragraphs: Sequence[str],
    chance: random.Random,
) -> str:
    """Return ``paragraphs`` as a mail of this person in this ``state``.

    A question or request that the reply passed over is asked again, in the words it had.
    """
    language = session.started.language
    parts = [body(paragraph, language) for paragraph in paragraphs]
    if act not in _AGREES and (left := _left_open(session, language, chance)):
        parts.append(left)
    begins = _greeting(session, state, language)
    signed = (_farewell(persona, state, language), _signature(persona, language))
    ends = "\n".join(filter(None, signed))
    return "\n\n".join([begins, *parts, ends])


def signed(text: str, persona: Persona, language: Language) -> str:
    """Return an authored mail of any customer's with this person's name below its sign-off."""
    mail = text.strip()
    if _phrases(language).closing.search(mail) is None:
        return mail
    return f"{mail}\n{_signature(persona, language)}"


def body(text: str, language: Language) -> str:
    """Return a line without the salutation and the sign-off it may have."""
    phrases = _phrases(language)
    bare = phrases.closing.sub("", phrases.salutation.sub("", text)).strip()
    return bare[:1].upper() + bare[1:] if bare else text.strip()


def _ignores(reply: AgentTurn) -> bool:
    return reply.mail is not None and reply.mail.ignored


def _twice(session: Session) -> bool:
    replies = session.agent_turns[-2:]
    return len(replies) == 2 and all(map(_ignores, replies))


def _left_open(session: Session, language: Language, chance: random.Random) -> str:
    reply = session.unanswered
    before = "\n".join(turn.text for turn in session.customer_turns)
    missed = reply.mail.missed if reply and reply.mail else ()
    if any(phrase.format(point="").strip() in before for phrase in _all_open(language)):
        return ""
    for point in missed:
        if len(point.text.split()) > _LONGEST_POINT or not _outright(point, language):
            continue
        outer, inner = _phrases(language).quotes[:2], _phrases(language).quotes[2:]
        said = point.text.translate(str.maketrans(outer, inner))
        quoted = f"{outer[0]}{said}{outer[1]}"
        return chance.choice(_phrases(language).open[point.kind]).format(point=quoted)
    return ""


def _outright(point: MailPoint, language: Language) -> bool:
    """Whether a point asks in so many words: a wish or a reported question reads ill as a quote."""
    if point.kind == "question":
        return point.text.endswith("?")
    return point.kind == "request" and bool(_phrases(language).please.search(point.text))


def _all_open(language: Language) -> list[str]:
    return [phrase for phrases in _phrases(language).open.values() for phrase in phrases]


def _greeting(session: Session, state: EmotionalState, language: Language) -> str:
    reply, greeting = session.unanswered, _phrases(language).greeting
    agent = reply.mail.signed if reply and reply.mail else ""
    if not agent:
        return greeting["nobody"]
    heat = "calm" if state.anger < _CALM else "upset" if state.anger < _FURIOUS else "furious"
    return greeting[heat].format(agent=agent)


def _farewell(persona: Persona, state: EmotionalState, language: Language) -> str:
    farewell, temperament = _phrases(language).farewell, persona.temperament
    if state.anger >= _FURIOUS:
        return farewell["furious"]
    if state.anger < _CALM:
        return farewell["warm" if state.trust >= 5 else "calm"]
    if temperament is Temperament.IRONISCH:
        return farewell["ironic"]
    return farewell["tired" if temperament is Temperament.RESIGNIERT else "upset"]


def _signature(persona: Persona, language: Language) -> str:
    """Return the name as people sign with it: without a title."""
    words = persona.text(language).name.split()
    own = [word for word in words if word.lower().strip(".") not in _TITLES]
    return " ".join(own or words)
