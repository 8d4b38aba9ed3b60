"""Replies that coaches labelled, as single lines a fit can learn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from statistics import median_high, median_low

from pydantic import BaseModel, ConfigDict, Field

from simulator.coaching.opinions import NotedCall, Opinions, opinions
from simulator.domain.annotation import Label
from simulator.domain.conversation import CustomerTurn, HeardTurn, Session
from simulator.domain.language import Language
from simulator.domain.scenario import Scenario
from simulator.domain.score import Dimension


class LabelledTurn(BaseModel):
    """A reply with its labels, apart from its call.

    ``context`` is all the customer had said before, oldest first; ``source`` says who labelled.
    A dimension without a label is None, and a fit leaves it out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    language: Language
    source: str = Field(min_length=1)
    context: tuple[str, ...]
    reply: str = Field(min_length=1)
    empathy: Label | None
    listening: Label | None
    de_escalation: Label | None

    def label(self, dimension: Dimension) -> int | None:
        """Return one label by name."""
        label: int | None = getattr(self, dimension.value)
        return label


def labelled_turns(
    calls: Iterable[NotedCall],
    scenarios: Mapping[str, Scenario],
    *,
    with_machine: bool = False,
) -> tuple[LabelledTurn, ...]:
    """Return every reply that coaches labelled, by overruling or blind, by session and turn.

    A coach's overruling goes before their own blind rating. Several coaches are taken together as
    the median; where that lies between two labels, half of them say one and half the other, and
    nothing is to be learnt.
    ``with_machine`` fills dimensions that no coach touched with the machine's labels.
    ``scenarios`` give the mail that the first reply of an e-mail case answers.
    """
    noted = tuple(calls)
    sessions = {call.session.id: call.session for call in noted}
    said = (one for one in opinions(noted) if one.reply.strip())
    turns = []
    for (session, turn), about in groupby(said, key=lambda one: (one.session, one.turn)):
        labelled = _turn(sessions[session], turn, tuple(about), scenarios, with_machine)
        if any(labelled.label(dimension) is not None for dimension in Dimension):
            turns.append(labelled)
    return tuple(turns)


def _turn(
    session: Session,
    turn: int,
    about: Sequence[Opinions],
    scenarios: Mapping[str, Scenario],
    with_machine: bool,
) -> LabelledTurn:
    labels = {one.dimension.value: _label(one, with_machine) for one in about}
    return LabelledTurn(
        id=f"{session.id}-{turn}",
        language=session.started.language,
        source="coach",
        context=tuple(_heard_before(session, turn, scenarios)),
        reply=about[0].reply,
        empathy=labels["empathy"],
        listening=labels["listening"],
        de_escalation=labels["de_escalation"],
    )


def _label(one: Opinions, with_machine: bool) -> int | None:
    coaches = {**one.blind, **one.overruled}
    if not coaches:
        return one.machine if with_machine else None
    below, above = median_low(coaches.values()), median_high(coaches.values())
    return below if below == above else None


def _heard_before(session: Session, turn: int, scenarios: Mapping[str, Scenario]) -> Iterator[str]:
    scenario = None if session.from_outside else scenarios.get(session.started.scenario)
    thread = scenario.text(session.started.language).thread if scenario else ""
    if thread:
        yield thread
    for said in session.turns:
        if isinstance(said, CustomerTurn | HeardTurn) and said.turn < turn:
            yield said.text
