"""What the reply wants to know, of all that this customer could answer now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.customer.asked import QUESTION, Listener
from simulator.customer.moment import Moment
from simulator.customer.release import Told, need_earned, tellable
from simulator.customer.said import Said
from simulator.customer.topics import Kind, topics
from simulator.domain.conversation import Session
from simulator.domain.cue import Cue
from simulator.domain.scenario import NEED, Scenario


@dataclass(frozen=True)
class Asked:
    """The ``topics`` asked for that this customer will answer, one on the phone.

    If none, the ``kind`` of the question; neither if nothing was asked.
    """

    topics: tuple[str, ...] = ()
    kind: Kind | None = None


def hear(
    listener: Listener, session: Session, scenario: Scenario, moment: Moment, told: Told
) -> Asked:
    """Return what the session's unanswered reply asks for.

    Nobody answers before they complain; asked what happened, they begin with that.
    """
    reply = session.unanswered
    if reply is None:
        return Asked()
    if moment.opening:
        invited = moment.heard(Cue.OPEN_QUESTION) and moment.worth >= 1
        return Asked(kind=Kind.TELL if invited else None)
    if moment.heard(Cue.CHOICE) and "?" in reply.text:
        consent = _kind(listener, session, scenario, moment) is Kind.CONSENT
        return Asked(kind=Kind.CONSENT if consent else Kind.CHOICE)
    found = tuple(_found(listener, session, scenario, moment))
    if answered := tuple(each for each in found if _open(each, scenario, moment, told)):
        return Asked(answered)
    if found:
        return Asked(kind=Kind.DETAIL)
    return Asked(kind=_meant(_kind(listener, session, scenario, moment), moment, told))


def _kind(listener: Listener, session: Session, scenario: Scenario, moment: Moment) -> Kind | None:
    text = session.unanswered.text if session.unanswered else ""
    return listener.kind_of(text, scenario, session.started.language, _unmarked(moment))


def _found(
    listener: Listener, session: Session, scenario: Scenario, moment: Moment
) -> Iterator[str]:
    """Yield each topic asked for that there is more to say of: one, in a mail each question's.

    What was told for the first time just now is not asked for again.
    """
    reply, language = session.unanswered, session.started.language
    said, just_told = Said.of(session), session.customer_turns[-1:]
    left = [
        topic.id
        for topic in topics(scenario, language)
        if any(line not in said for line in topic.lines)
        and not any(topic.id in turn.facts for turn in just_told)
    ]
    if reply is None:
        return
    openly = _unmarked(moment)
    asked = QUESTION.findall(reply.text) if scenario.channel == "email" else [reply.text]
    for question in asked:
        topic = listener.asked_for(
            question.strip(), scenario, language, left, openly and len(asked) == 1
        )
        if topic is not None:
            left.remove(topic)
            yield topic


def _unmarked(moment: Moment) -> bool:
    """Whether the reply asks even where it has no question mark: openly, or for a number first."""
    number = moment.channel == "phone" and moment.heard(Cue.ASKS_NUMBER) and moment.worth < 1
    return moment.heard(Cue.OPEN_QUESTION) or number


def _open(topic: str, scenario: Scenario, moment: Moment, told: Told) -> bool:
    if topic == NEED:
        return told.need or need_earned(moment, scenario, told)
    fact = next((each for each in scenario.facts if each.id == topic), None)
    return fact is None or tellable(fact, moment)


def _meant(kind: Kind | None, moment: Moment, told: Told) -> Kind | None:
    """Return what a question of this kind is after, here and now."""
    if not told.facts and moment.channel == "phone" and moment.worth >= 1:
        # Who has only accused so far begins with the case.
        return Kind.TELL
    step = moment.heard(Cue.CONCRETE_STEP) and not moment.heard(Cue.ASKS_NUMBER)
    if kind is Kind.DETAIL and step:
        return Kind.CONSENT
    return Kind.TELL if kind is Kind.MORE and not moment.satisfied else kind
