"""Reads content the way the customer will play it: what the guard refuses, what never comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from simulator.content.nodes import Mapping, locate
from simulator.content.problems import Findings
from simulator.content.scenario_checks import written_lines
from simulator.content.text_checks import unfilled
from simulator.customer.appraisal import Appraisal, Touched
from simulator.customer.dynamics import Dynamics
from simulator.customer.guard import Guard
from simulator.domain.emotion import EmotionalState
from simulator.domain.language import LANGUAGES, Language
from simulator.domain.persona import Persona
from simulator.domain.scenario import Fact, Scenario
from simulator.domain.score import DimensionScore, TurnScores

REPLIES = {"phone": 10, "email": 5}
"""Replies of a usual call; so many the scripts of the shipped scenarios have."""

_FLAWLESS = DimensionScore(value=100, confidence=1)
_BEST = TurnScores(empathy=_FLAWLESS, listening=_FLAWLESS, de_escalation=_FLAWLESS)


@dataclass(frozen=True)
class Proof:
    """The proofreader of :mod:`simulator.content.lint`."""

    def persona(self, persona: Persona, root: Mapping, findings: Findings) -> None:
        """Note the lines of a persona that the guard would refuse in any call."""
        for language in LANGUAGES:
            lines = persona.text(language).lines
            known = "\n".join(line for said in lines.values() for line in said)
            guard = Guard(language, "phone", known)
            for act, said in lines.items():
                for index, line in enumerate(said):
                    at = (language, "lines", act.value, index)
                    _check_line(guard, line, at, root, findings)

    def scenario(
        self, scenario: Scenario, cast: Sequence[Persona], root: Mapping, findings: Findings
    ) -> None:
        """Note lines that the guard would refuse, and what none of ``cast`` would ever tell."""
        for language in LANGUAGES:
            guard = _guard(scenario, language)
            # A line that tells the need is held back, not refused.
            needs = {line.text for line in scenario.text(language).lines if line.need}
            for at, line in written_lines(scenario, language):
                if line not in needs:
                    _check_line(guard, line, at, root, findings)
        if cast:
            self._check_reach(scenario, cast, root, findings)

    def _check_reach(
        self, scenario: Scenario, cast: Sequence[Persona], root: Mapping, findings: Findings
    ) -> None:
        replies = REPLIES[scenario.channel]
        courses = [self._best_course(persona, replies) for persona in cast]
        highest = max(state.trust for course in courses for state in course)
        first = max(course[0].trust for course in courses)
        for index, fact in enumerate(scenario.facts):
            at = locate(root, ("facts", index, "trust"))
            if fact.release != "trust":
                continue
            if fact.trust > highest:
                findings.add(at, "unreachable_fact", name=fact.id, replies=replies, highest=highest)
            elif fact.trust > first and _only_opens(scenario, fact):
                findings.add(at, "opening_fact", name=fact.id, highest=first)
        need = scenario.hidden_need
        for level in ("trust", "feeling_heard"):
            best = max(getattr(state, level) for course in courses for state in course)
            if getattr(need, level) > best:
                at = locate(root, ("hidden_need", level))
                findings.add(at, "unreachable_need", name=level, replies=replies, highest=best)

    def _best_course(self, persona: Persona, replies: int) -> list[EmotionalState]:
        """Return where this person stands after each of so many flawless replies, each of which
        also sets off everything that appeases them.
        """
        softened = tuple(Touched(each, each.de.label) for each in persona.softeners)
        state, course = persona.start, []
        for spoken in range(replies):
            state, _ = self._dynamics.move(state, _BEST, Appraisal((), softened), persona, spoken)
            course.append(state)
        return course

    @cached_property
    def _dynamics(self) -> Dynamics:
        return Dynamics.load()


def _guard(scenario: Scenario, language: Language) -> Guard:
    """Return the guard of a call in which nothing has been said and nothing told."""
    text = scenario.text(language)
    known = [text.company, text.concern, text.briefing, text.thread]
    known += [fact.text(language) for fact in scenario.facts]
    known += [f"{each.date} {each.subject} {each.body}" for each in text.case_file]
    known += [line.text for line in text.lines if not line.need]
    known += [line for answer in text.answers for line in answer.lines]
    tellings = [scenario.hidden_need.text(language)]
    tellings += [line.text for line in text.lines if line.need]
    secret = "\n".join(" ".join(telling.split()) for telling in tellings)
    return Guard(language, scenario.channel, "\n".join(known), secret=secret)


def _check_line(
    guard: Guard, line: str, steps: tuple[int | str, ...], root: Mapping, findings: Findings
) -> None:
    rule = None if unfilled(line) else guard.objection(line)
    # What the author has written the author knows; figures have a check of their own.
    if rule and rule != "invented":
        findings.add(locate(root, steps), f"refused_{rule}")


def _only_opens(scenario: Scenario, fact: Fact) -> bool:
    """Whether some language tells ``fact`` in the customer's first words only."""
    return any(
        all(line.opening for line in scenario.text(language).lines if line.fact == fact.id)
        for language in LANGUAGES
    )
