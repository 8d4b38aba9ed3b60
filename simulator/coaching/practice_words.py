"""How a trainee's own practice reads, on the screen and in plain lines."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.coaching.development import SaidWell
from simulator.coaching.marks import marks
from simulator.coaching.weeks import Rhythm, number
from simulator.domain.conversation import AgentTurn
from simulator.i18n import Texts
from simulator.i18n.figures import decimal


def rhythm_told(rhythm: Rhythm, texts: Texts) -> Iterator[str]:
    """Say how often the trainee practises; the goal is spoken of only where there is one."""
    key = "of_goal" if rhythm.goal else "this"
    week, count = number(rhythm.week), rhythm.this_week
    yield texts(f"my_practice.week.{key}", week=week, count=count, goal=rhythm.goal)
    yield texts("my_practice.week.practised", weeks=rhythm.practised)
    if rhythm.goal:
        yield texts("my_practice.week.kept", weeks=rhythm.kept)
    else:
        yield texts("my_practice.week.advice")


def reminded(rhythm: Rhythm, texts: Texts) -> str:
    """Return one line on what is left of this week's goal, empty if nothing is."""
    if not rhythm.open:
        return ""
    key = "one" if rhythm.open == 1 else "several"
    return texts(f"my_practice.reminder.{key}", count=rhythm.open)


def goal_named(calls: int, texts: Texts) -> str:
    """Return a weekly goal as a choice: 0 for none."""
    key = {0: "none", 1: "one"}.get(calls, "several")
    return texts(f"my_practice.goal.{key}", count=calls)


def where(said: SaidWell, texts: Texts) -> str:
    """Return when, about what and in which reply something was said, and how it was rated."""
    started, mean = said.stage.session.started, said.turn.scores.mean
    return texts(
        "my_practice.lines.where" if mean is None else "my_practice.lines.where_rated",
        at=started.at.astimezone().strftime(texts("my_practice.lines.date")),
        title=said.stage.setting.title,
        turn=said.turn.turn,
        value="" if mean is None else f"{mean:.0f}",
    )


def earned(turn: AgentTurn, texts: Texts) -> Iterator[str]:
    """Return the words that earned a reply its scores, each with what they are."""
    for mark in marks(turn.text, turn.scores):
        if mark.polarity == "positive":
            cues = dict.fromkeys(texts(f"scoring.cue.{cue}") for cue, _ in mark.reasons)
            yield texts("my_practice.lines.earned", words=mark.words, cues=", ".join(cues))


def moved(said: SaidWell, texts: Texts) -> str:
    """Return what the reply did to the customer, empty where nobody knows."""
    levels = (
        texts(
            "my_practice.lines.feeling",
            feeling=texts(f"app.feeling.{feeling}"),
            before=decimal(before, texts.language),
            after=decimal(after, texts.language),
        )
        for feeling, (before, after) in said.moved.items()
    )
    told = " · ".join(levels)
    return texts("my_practice.lines.moved", feelings=told) if told else ""
