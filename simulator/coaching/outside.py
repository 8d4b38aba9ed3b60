"""Reads a transcript of a real call: text, CSV or JSON lines, recognised by what is in it."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from simulator.coaching.clock import moments
from simulator.coaching.forms import (
    LINE_BREAK,
    Form,
    form_of,
    read_csv,
    read_jsonl,
    read_text,
)
from simulator.coaching.said import Problem, Said, excerpt
from simulator.domain.language import Language
from simulator.errors import UsageError
from simulator.practice import LONGEST_REPLY, clean
from simulator.scoring.lexicon import lexicon, plain, words

_READERS = {"text": read_text, "csv": read_csv, "jsonl": read_jsonl}
_ENGLISH = frozenset({"customer", "client", "caller", "advisor", "adviser", "representative"})


@dataclass(frozen=True)
class Transcript:
    """A call as it was recognised: turns by turns, the two speakers in alternation.

    ``joined`` counts the utterances that went into a neighbour of the same speaker, ``guessed``
    says that nobody named the ``language``, ``problems`` are in the order of their lines.
    """

    form: Form
    turns: tuple[Said, ...]
    joined: int
    language: Language
    guessed: bool
    problems: tuple[Problem, ...] = ()

    def name(self, speaker: str) -> str:
        """Return what the file calls the ``agent`` or the ``customer``."""
        return next(turn.name for turn in self.turns if turn.speaker == speaker)

    def count(self, speaker: str) -> int:
        """Return how many turns the ``agent`` or the ``customer`` has."""
        return sum(turn.speaker == speaker for turn in self.turns)

    def reworded(
        self, texts: Sequence[str], labels: Sequence[str], doubts: Sequence[str]
    ) -> Transcript:
        """Return the same call with other ``texts`` and ``labels``, one of each per turn.

        ``doubts`` are the other words of the problems.
        """
        said = zip(self.turns, texts, labels, strict=True)
        turns = tuple(replace(turn, text=text, label=label) for turn, text, label in said)
        found = zip(self.problems, doubts, strict=True)
        problems = tuple(replace(problem, found=words) for problem, words in found)
        return replace(self, turns=turns, problems=problems)


def read_transcript(data: bytes, file: str, language: Language | None = None) -> Transcript:
    """Return the call in ``data``, the content of ``file`` (which is only named in errors).

    Raises UsageError, with the line, if it is no text, no transcript, or not a whole one.
    """
    text = decoded(data, file)
    form = form_of(text)
    said: list[Said] = []
    problems: list[Problem] = []
    for found in _READERS[form](text, file):
        one = replace(found, text=clean(found.text)) if isinstance(found, Said) else found
        if isinstance(one, Said) and one.text:
            said.append(one)
        else:
            problems.append(_empty(one) if isinstance(one, Said) else one)
    _both(said, text, file)
    turns = _alternating(said)
    for turn in turns:
        if turn.speaker == "agent" and len(turn.text) > LONGEST_REPLY:
            length = len(turn.text)
            raise UsageError(
                "outside_too_long", file=file, line=turn.line, length=length, longest=LONGEST_REPLY
            )
    _, untimed = moments(turns, datetime.now(UTC))
    problems += untimed
    return Transcript(
        form=form,
        turns=turns,
        joined=len(said) - len(turns),
        language=language or guessed(turns),
        guessed=language is None,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def decoded(data: bytes, file: str) -> str:
    """Return the text: UTF-8 with or without a byte order mark, UTF-16 with one, else cp1252.

    Raises UsageError, with the line, if it is no text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    bad = 0
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            bad = error.start
            continue
        if "\0" not in text:
            return text
        bad = data.index(0)
        break
    raise UsageError("outside_not_text", file=file, line=data.count(b"\n", 0, bad) + 1)


def guessed(turns: Iterable[Said]) -> Language:
    """Return the language that most small words are of; in doubt that of the labels."""
    turns = tuple(turns)
    german, english = (lexicon(each).words["function"] for each in ("de", "en"))
    forms = [word.form for turn in turns for word in words(plain(turn.text))]
    more = sum(form in english for form in forms) - sum(form in german for form in forms)
    if more == 0:
        return "en" if any(turn.label.casefold() in _ENGLISH for turn in turns) else "de"
    return "en" if more > 0 else "de"


def _empty(said: Said) -> Problem:
    return Problem(said.line, "empty", excerpt(said.label))


def _both(said: Sequence[Said], text: str, file: str) -> None:
    """Raise UsageError unless both have spoken."""
    if not said:
        lines = LINE_BREAK.split(text)
        first = next((n for n, line in enumerate(lines, start=1) if line.strip()), None)
        if first is None:
            raise UsageError("outside_empty", file=file, line=1)
        found = excerpt(lines[first - 1]) or "–"
        raise UsageError("outside_no_speaker", file=file, line=first, found=found)
    heard = {one.speaker for one in said}
    if heard == {"customer"}:
        raise UsageError("outside_no_agent", file=file, line=said[-1].line)
    if heard == {"agent"}:
        raise UsageError("outside_no_customer", file=file, line=said[-1].line)


def _alternating(said: Sequence[Said]) -> tuple[Said, ...]:
    turns: list[Said] = []
    for one in said:
        if turns and turns[-1].speaker == one.speaker:
            turns[-1] = replace(turns[-1], text=f"{turns[-1].text}\n{one.text}")
        else:
            turns.append(one)
    return tuple(turns)
