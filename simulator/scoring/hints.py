"""Help before a reply: a question to oneself first, an example second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from simulator.domain.act import Act
from simulator.domain.conversation import Session
from simulator.domain.hint import Hint
from simulator.domain.language import Language
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.domain.score import Alternative
from simulator.errors import UsageError
from simulator.scoring.questions import Moment, ask


class Exemplar(Protocol):
    """Whoever knows strong replies; :class:`simulator.scoring.scorer.Scorer` does."""

    def example(
        self,
        context: str,
        language: Language,
        not_to: tuple[str, ...] = (),
        act: Act | None = None,
    ) -> Alternative | None:
        """Return a strong reply from another call to words like ``context`` that did ``act``."""
        ...


@dataclass(frozen=True)
class Situation:
    """A call before its next reply.

    ``heard`` is all the customer has said or written, oldest first, ``given`` the hints that were
    taken before, ``solution`` how the case could end well.
    """

    language: Language
    moment: Moment
    heard: tuple[str, ...]
    given: tuple[Hint, ...]
    solution: str
    exam: bool

    @classmethod
    def beginning(
        cls, persona: Persona, scenario: Scenario, language: Language, exam: bool
    ) -> Situation:
        """Return a call of which nothing has been kept yet."""
        text = scenario.text(language)
        thread = (text.thread,) if text.thread else ()
        moment = Moment(scenario.channel, persona.start)
        return cls(language, moment, thread, (), text.solution, exam)

    @classmethod
    def of(cls, session: Session, scenario: Scenario) -> Situation:
        """Return ``session`` before its next reply."""
        replies, answers = session.agent_turns, session.customer_turns
        return cls(
            language=session.started.language,
            moment=Moment(
                channel="phone" if session.called else scenario.channel,
                state=session.state,
                act=answers[-1].act if answers else None,
                scores=replies[-1].scores if replies else None,
            ),
            heard=heard(session, scenario),
            given=tuple(reply.hint for reply in replies if reply.hint),
            solution=scenario.text(session.started.language).solution,
            exam=session.started.exam is not None,
        )


def heard(session: Session, scenario: Scenario) -> tuple[str, ...]:
    """Return everything the customer has said or written so far, oldest first."""
    thread = scenario.text(session.started.language).thread
    spoken = tuple(turn.text for turn in session.customer_turns)
    return (thread, *spoken) if thread else spoken


def further(situation: Situation, hint: Hint | None, exemplar: Exemplar | None) -> Hint:
    """Return the help that comes after ``hint``: a question, then an example as well.

    The example is from another call, never this case's solution and none that was shown before.
    Raises UsageError in an exam, while there is no ``exemplar`` yet, where the customer has said
    nothing to find an example by, and where there is no more help.
    """
    if situation.exam:
        raise UsageError("exam_no_hint")
    if hint is None:
        asked = {each.question for each in situation.given}
        return Hint(question=ask(situation.moment, situation.language, asked))
    if hint.example is not None:
        raise UsageError("hint_no_more")
    if not situation.heard:
        raise UsageError("hint_too_early")
    if exemplar is None:
        raise UsageError("hint_not_loaded")
    shown = tuple(each.example.text for each in situation.given if each.example)
    *earlier, last = situation.heard
    left_out = (*earlier, situation.solution, *shown)
    example = exemplar.example(last, situation.language, left_out, situation.moment.act)
    if example is None:
        raise UsageError("hint_no_more")
    return hint.model_copy(update={"example": example})
