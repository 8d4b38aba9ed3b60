"""What a scenario must have beyond its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from simulator.content.nodes import Mapping, key_of, locate
from simulator.content.persona_checks import same
from simulator.content.problems import Findings, closest
from simulator.domain.language import LANGUAGES, Language
from simulator.domain.scenario import NEED, Scenario
from simulator.domain.score import Dimension

FEWEST_LINES = 40
"""Authored lines per language."""

_HIGHEST_LABEL = 2
"""A mark up to here was meant in labels (0 to 2), not on the scale of the scores (0 to 100)."""

_NUMBER = re.compile(r"\d+")


def check_scenario(
    scenario: Scenario, personas: Set[str], root: Mapping, findings: Findings
) -> None:
    """Note what keeps this scenario from being played as meant.

    ``personas`` are the ids that exist.
    """
    for index, persona in enumerate(scenario.personas):
        if persona not in personas:
            at = locate(root, ("personas", index))
            names = tuple(sorted(personas))
            findings.add(
                at, "unknown_persona", closest(persona, personas), name=persona, names=names
            )
    _check_facts(scenario, root, findings)
    _check_marks(scenario, root, findings)
    for language in LANGUAGES:
        _check_thread(scenario, language, root, findings)
        _check_lines(scenario, language, root, findings)
        _check_told(scenario, language, root, findings)
        _check_questions(scenario, language, root, findings)
        _check_numbers(scenario, language, root, findings)


def _check_facts(scenario: Scenario, root: Mapping, findings: Findings) -> None:
    seen: set[str] = set()
    for index, fact in enumerate(scenario.facts):
        at = locate(root, ("facts", index))
        if fact.id in seen or fact.id == NEED:
            findings.add(locate(root, ("facts", index, "id")), "duplicate_fact", name=fact.id)
        seen.add(fact.id)
        if fact.release == "trust" and fact.trust == 0:
            findings.add(at, "no_trust_level", name=fact.id)
        elif fact.release != "trust" and fact.trust > 0:
            level = locate(root, ("facts", index, "trust"))
            findings.add(level, "idle_trust_level", name=fact.id, release=fact.release)


def _check_marks(scenario: Scenario, root: Mapping, findings: Findings) -> None:
    for dimension in Dimension:
        mark = scenario.exam.of(dimension)
        if mark <= _HIGHEST_LABEL:
            at = locate(root, ("exam", dimension.value))
            findings.add(
                at, "mark_of_labels", name=dimension.value, value=mark, meant=f"{50 * mark:.0f}"
            )


def _check_thread(
    scenario: Scenario, language: Language, root: Mapping, findings: Findings
) -> None:
    thread = scenario.text(language).thread.strip()
    if scenario.channel == "email" and not thread:
        findings.add(locate(root, (language,)), "no_thread")
    elif scenario.channel == "phone" and thread:
        findings.add(locate(root, (language, "thread")), "thread_on_phone")


def _check_lines(scenario: Scenario, language: Language, root: Mapping, findings: Findings) -> None:
    lines = scenario.text(language).lines
    where = locate(root, (language, "lines"))
    if len(lines) < FEWEST_LINES:
        findings.add(where, "few_lines", count=len(lines), fewest=FEWEST_LINES)
    if scenario.channel == "phone" and not any(line.opening for line in lines):
        findings.add(where, "no_opening")
    facts = {fact.id for fact in scenario.facts}
    seen: dict[str, int] = {}
    for steps, text in written_lines(scenario, language):
        at = locate(root, steps)
        if (first := seen.setdefault(same(text), at.line)) != at.line:
            findings.add(at, "duplicate_line", line=first)
    for index, line in enumerate(lines):
        steps = (language, "lines", index)
        if line.need and line.fact is not None:
            findings.add(locate(root, (*steps, "need")), "need_and_fact", name=line.fact)
        if line.fact is not None and line.fact not in facts:
            at = locate(root, (*steps, "fact"))
            names = tuple(sorted(facts))
            findings.add(at, "unknown_fact", closest(line.fact, facts), name=line.fact, names=names)


def written_lines(
    scenario: Scenario, language: Language
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield whatever the customer may say, and where in the file it stands."""
    text = scenario.text(language)
    for index, line in enumerate(text.lines):
        yield (language, "lines", index, "text"), line.text
    for index, answer in enumerate(text.answers):
        for place, said in enumerate(answer.lines):
            yield (language, "answers", index, "lines", place), said


def _check_told(scenario: Scenario, language: Language, root: Mapping, findings: Findings) -> None:
    lines = scenario.text(language).lines
    # One slip, one problem: a misspelt id is reported where it stands.
    facts = {fact.id for fact in scenario.facts}
    told = {
        line.fact if line.fact in facts else closest(line.fact, facts)
        for line in lines
        if line.fact
    }
    for index, fact in enumerate(scenario.facts):
        if fact.id not in told:
            at = locate(root, ("facts", index, "id"))
            findings.add(at, "untold_fact", name=fact.id, lines=f"{language}.lines")
    if not any(line.need for line in lines):
        findings.add(locate(root, ("hidden_need",)), "untold_need", lines=f"{language}.lines")


def _check_questions(
    scenario: Scenario, language: Language, root: Mapping, findings: Findings
) -> None:
    askable = {fact.id for fact in scenario.facts} | {NEED}
    for name in scenario.text(language).questions:
        if name not in askable:
            at = key_of(root, (language, "questions"), name)
            names = tuple(sorted(askable))
            findings.add(at, "unknown_fact", closest(name, askable), name=name, names=names)


def _check_numbers(
    scenario: Scenario, language: Language, root: Mapping, findings: Findings
) -> None:
    known = _numbers(" ".join(_told_to_all(scenario, language)))
    for steps, line in written_lines(scenario, language):
        if invented := _invented(line, known):
            findings.add(locate(root, steps), "invented_number", numbers=invented)


def _told_to_all(scenario: Scenario, language: Language) -> list[str]:
    text = scenario.text(language)
    told = [text.briefing, text.thread, scenario.hidden_need.text(language)]
    told += [fact.text(language) for fact in scenario.facts]
    for document in text.case_file:
        told += [document.date, document.sender, document.recipient, document.subject]
        told.append(document.body)
    return told


def _numbers(text: str) -> set[str]:
    # "01.07." in an invoice is the "1. Juli" of a caller.
    return {number.lstrip("0") or "0" for number in _NUMBER.findall(text)}


def _invented(line: str, known: set[str]) -> tuple[str, ...]:
    return tuple(n for n in _NUMBER.findall(line) if (n.lstrip("0") or "0") not in known)
