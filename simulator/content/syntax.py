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
    findings.add(place, key, character=_character(text, place))


def _character(text: str, place: Place) -> str:
    lines = text.splitlines()
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    return line[place.column - 1 : place.column]
