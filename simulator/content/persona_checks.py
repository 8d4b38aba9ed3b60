"""What a persona must have beyond its form."""

from __future__ import annotations

from simulator.content.nodes import Mapping, locate
from simulator.content.problems import Findings
from simulator.domain.act import Act
from simulator.domain.language import LANGUAGES, Language
from simulator.domain.persona import Persona, Reaction


def check_persona(persona: Persona, root: Mapping, findings: Findings) -> None:
    """Note what keeps this person from being played as meant."""
    for index, trigger in enumerate(persona.triggers):
        if trigger.anger < 0:
            at = locate(root, ("triggers", index, "anger"))
            findings.add(at, "calming_trigger", value=trigger.anger)
        _check_cause(trigger, ("triggers", index), root, findings)
    for index, softener in enumerate(persona.softeners):
        if softener.anger > 0:
            at = locate(root, ("softeners", index, "anger"))
            findings.add(at, "angering_softener", value=softener.anger)
        _check_cause(softener, ("softeners", index), root, findings)
    for language in LANGUAGES:
        _check_lines(persona, language, root, findings)


def _check_cause(
    reaction: Reaction, steps: tuple[str, int], root: Mapping, findings: Findings
) -> None:
    if reaction.cues:
        return
    silent = [language for language in LANGUAGES if not reaction.wording(language).phrases]
    if silent:
        at = (*steps, silent[0]) if len(silent) < len(LANGUAGES) else steps
        findings.add(locate(root, at), "no_cause")


def _check_lines(persona: Persona, language: Language, root: Mapping, findings: Findings) -> None:
    text = persona.text(language)
    lines = text.lines
    if missing := tuple(act.value for act in Act if not lines.get(act)):
        findings.add(locate(root, (language, "lines")), "silent_acts", acts=missing)
    seen: dict[str, int] = {}
    spoken = [(("lines", act.value), sentences) for act, sentences in lines.items()]
    # what somebody thinks instead of saying it is not what they say
    thought = [(("inner", landing.value), lines) for landing, lines in text.inner.items()]
    for steps, sentences in spoken + thought:
        for index, sentence in enumerate(sentences):
            at = locate(root, (language, *steps, index))
            if (first := seen.setdefault(same(sentence), at.line)) != at.line:
                findings.add(at, "duplicate_line", line=first)


def same(text: str) -> str:
    """Return what two lines have in common that only differ in white space, case or ending."""
    return " ".join(text.casefold().split()).rstrip(".!?… ")
