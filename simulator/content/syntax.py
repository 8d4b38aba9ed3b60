"""Where the text is no YAML: one sentence for what the parsers complain about."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError

from simulator.content.problems import Findings
from simulator.content.source import Place

# The first that occurs in the parser's words decides; "context" reports where the quotation mark
# or bracket was opened instead of where the parser gave up.
_COMPLAINTS: tuple[tuple[str, str, str], ...] = (
    (r"mapping values are not allowed", "colon", "problem"),
    (r"'\\t'", "tab", "problem"),
    (r"cannot start any token|node content, but found '[^<]", "start", "problem"),
    (r"scanning a block scalar", "start", "context"),
    (r"quoted scalar.*(unexpected end|document separator)", "open_quote", "context"),
    (r"',' or '[\]}]'", "open_bracket", "context"),
    (r"unknown escape|escape sequence", "escape", "problem"),
    (r"scanning an (alias|anchor)", "alias", "context"),
    (r"parsing a tag|scanning a tag", "tag", "context"),
    (r"<block end>, but found '(<scalar>|,)'", "after_quote", "problem"),
    (r"<block end>", "indentation", "problem"),
    (r"could not find expected ':'", "no_colon", "context"),
)


def note(error: Exception, text: str, reached: Place, findings: Findings) -> None:
    """Note what a parser found wrong; ``reached`` is where it had got to.

    ruamel.yaml raises whatever its inner functions raise (OverflowError on an impossible escape,
    say), so an error may come without a place.
    """
    if not isinstance(error, MarkedYAMLError):
        findings.add(reached, "syntax")
        return
    words = f"{error.context or ''} {error.problem or ''}"
    known = ((key, where) for pattern, key, where in _COMPLAINTS if re.search(pattern, words))
    key, where = next(known, ("syntax", "problem"))
    marks = (error.problem_mark, error.context_mark)
    mark = next((m for m in (marks if where == "problem" else marks[::-1]) if m), None)
    place = Place(mark.line + 1, mark.column + 1) if mark else reached
    lines = text.splitlines()
    if key == "colon" and (above := _without_colon(lines, place)):
        findings.add(above, "no_colon")
        return
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    findings.add(place, key, character=line[place.column - 1 : place.column])


def _without_colon(lines: list[str], place: Place) -> Place | None:
    """Return the line that lacks its colon if that is why a sound key at ``place`` is none.

    "age:47" or "age 47" and the next line's key are one long text to a parser, until it meets
    the next colon.
    """
    if place.line > len(lines):
        return None
    if not re.fullmatch(r" *[\w-]+", lines[place.line - 1][: place.column - 1]):
        return None
    for number in range(place.line - 1, 0, -1):
        line = lines[number - 1]
        if (words := line.strip()) and not words.startswith("#"):
            broken = re.match(r"[\w-]+(:\S| |$)", words) and not re.search(r":(\s|$)", words)
            return Place(number, len(line) - len(line.lstrip()) + 1) if broken else None
    return None
