"""Recorded calls for the coach's desk, with the times they had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from simulator.domain.act import Act
from simulator.domain.conversation import (
    AgentTurn,
    CallEnded,
    CallStarted,
    CustomerTurn,
    Event,
    HeardTurn,
    Session,
)
from simulator.domain.language import Language
from simulator.tui.app import HoererApp
from simulator.tui.screens.replay import ReplayPage
from tests.tui.cast import NOW, YILMAZ, Rater, Stage, moved, until

GERMAN = (
    "Guten Tag, Frau Yılmaz, was kann ich für Sie tun?",
    "Es tut mir leid, dass wir zweimal abgebucht haben.",
    "Bitte beruhigen Sie sich erst einmal.",
    "Ich buche die 34,99 € heute noch zurück.",
)
ENGLISH = (
    "Good morning, Ms Yılmaz, what can I do for you?",
    "I am sorry that we charged you twice.",
    "Please calm down first.",
    "I will refund the €34.99 today.",
)
ANSWERS = {
    "de": "Zweimal abgebucht, und keiner meldet sich! (Antwort {turn})",
    "en": "Charged twice, and nobody calls back! (answer {turn})",
}


def recorded(
    replies: Sequence[str] = GERMAN,
    language: Language = "de",
    session: str = "a1b2c3d4e5f6",
    gap: timedelta = timedelta(seconds=4),
    origin: str = "practice",
) -> tuple[Event, ...]:
    """Return the log of a call in which each reply and each answer took ``gap``."""
    at, state = NOW, YILMAZ.start
    outside = origin == "outside"
    events: list[Event] = [
        CallStarted(
            session=session,
            at=at,
            persona="Frau Sommer" if outside else "yilmaz",
            scenario="Router [alt]" if outside else "doppelt",
            language=language,
            seed=11,
            trainee="Mia",
            start=state,
            origin=origin,
        )
    ]
    for turn, reply in enumerate(replies, start=1):
        scores = Rater().score(reply, "", language)
        at += gap
        events.append(AgentTurn(turn=turn, at=at, text=reply, scores=scores))
        better = bool(scores.empathy.value and scores.empathy.value > 40)
        state, ledger = moved(state, better)
        at += gap
        text = ANSWERS[language].format(turn=turn)
        if outside:
            events.append(HeardTurn(turn=turn, at=at, text=text))
            continue
        events.append(
            CustomerTurn(
                turn=turn, at=at, text=text, act=Act.COMPLAIN, source="authored", state=state,
                ledger=ledger,
            )
        )  # fmt: skip
    return (*events, CallEnded(at=at, reason="hung_up"))


def kept(stage: Stage, **call: object) -> Session:
    """Keep such a call in the stage's database."""
    events = recorded(**call)
    stage.sessions.begin(events)
    return Session.of(events)


def desk(stage: Stage, session: Session, language: Language = "de", **options) -> HoererApp:
    """Return the app that opens on that call, as ``hoerer replay`` opens it."""
    return stage.app(language, coach="Kim", replay=session.id, **options)


async def opened(app: HoererApp, pilot) -> ReplayPage:
    await until(pilot, lambda: isinstance(app.screen, ReplayPage))
    return app.screen
