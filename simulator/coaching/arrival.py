"""A transcript from outside becomes a call like any other: scored, and as a log of events."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime

from simulator.coaching.clock import moments
from simulator.coaching.outside import Transcript
from simulator.domain.conversation import AgentTurn, CallEnded, CallStarted, Event, HeardTurn
from simulator.domain.emotion import EmotionalState
from simulator.practice import Rater

NEUTRAL = EmotionalState(anger=5, trust=5, feeling_heard=5)
"""Stands where nobody knows the customer's state; no figure may be made of it."""

Scored = Callable[[int, int], None]
"""Told how many of how many replies are scored."""


def arrive(
    transcript: Transcript,
    rater: Rater,
    models: dict[str, str],
    now: datetime,
    title: str,
    trainee: str = "",
    scored: Scored = lambda _done, _all: None,
) -> tuple[Event, ...]:
    """Return the events of the call, every reply rated in its place.

    The same turns under the same ``title`` and ``trainee`` have the same session id, so that a
    transcript brought twice is noticed. ``now`` is when the call began if the file does not say.
    """
    times, _ = moments(transcript.turns, now)
    started = CallStarted(
        session=session_id(transcript, title, trainee),
        at=times[0],
        persona=transcript.name("customer"),
        scenario=title,
        language=transcript.language,
        seed=0,
        trainee=trainee,
        models=models,
        start=NEUTRAL,
        origin="outside",
    )
    events: list[Event] = [started]
    heard: list[str] = []
    replies, total = 0, transcript.count("agent")
    for turn, at in zip(transcript.turns, times, strict=True):
        if turn.speaker == "customer":
            heard.append(turn.text)
            events.append(HeardTurn(turn=replies, at=at, text=turn.text))
            continue
        replies += 1
        context = heard[-1] if heard else ""
        scores = rater.score(turn.text, context, transcript.language, tuple(heard[:-1]))
        events.append(AgentTurn(turn=replies, at=at, text=turn.text, scores=scores))
        scored(replies, total)
    return (*events, CallEnded(at=times[-1], reason="closed"))


def session_id(transcript: Transcript, title: str, trainee: str) -> str:
    """Return the id the call will have."""
    said = [(turn.speaker, turn.text) for turn in transcript.turns]
    whole = json.dumps([transcript.language, title, trainee, said])
    return hashlib.sha256(whole.encode()).hexdigest()[:12]
