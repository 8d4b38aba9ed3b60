"""A call as plain lines: for screen readers and pipes."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

import typer

from simulator.cli.transcript import plain
from simulator.coaching.exam_words import marks_told, result_lines
from simulator.coaching.hard_call import hard
from simulator.coaching.hint_words import hint_lines
from simulator.coaching.mail_words import ending, headline, items
from simulator.content.catalogue import Catalogue
from simulator.customer.answer import Moved, Spoken
from simulator.customer.correspondence import signed
from simulator.domain.conversation import AgentTurn
from simulator.domain.emotion import EmotionalState, Feeling
from simulator.domain.exam import Mode
from simulator.domain.hint import Hint
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.domain.score import Dimension, TurnScores
from simulator.errors import UsageError
from simulator.i18n import Texts, explain
from simulator.practice import Answered, Ended, Practice, Rater, Scored, Step
from simulator.scoring.hints import Situation, further

HELP = "?"
"""The line that asks for help."""


def choose(
    catalogue: Catalogue, persona: str | None, scenario: str | None, texts: Texts
) -> tuple[str, str]:
    """Return persona and scenario ids: those named, or the first that fit.

    Raises UsageError on unknown ids.
    """
    if persona and scenario:
        return persona, scenario
    for who, what in catalogue.pairs():
        if persona in {None, who.id} and scenario in {None, what.id}:
            return who.id, what.id
    if persona:
        return persona, catalogue.scenario(scenario).id if scenario else _any(catalogue)
    return next(iter(catalogue.personas)), catalogue.scenario(scenario or "").id


def _any(catalogue: Catalogue) -> str:
    return next(iter(catalogue.scenarios))


def introduced(persona: Persona, scenario: Scenario, mode: Mode, texts: Texts) -> str:
    """Return what is known before the first word, and how the call is had."""
    language = texts.language
    what, who = scenario.text(language), persona.text(language)
    by_mail = scenario.channel == "email"
    parts = [f"{what.title}\n{who.name}: {who.summary}", what.briefing]
    for each in what.case_file:
        head = " · ".join(part for part in (each.date, each.sender, each.subject) if part)
        parts.append(f"{head}\n{each.body}")
    if what.thread:
        mail = f"{who.name}: {signed(what.thread, persona, language)}"
        parts.append(f"{what.thread_head}\n{mail}" if what.thread_head else mail)
    if mode == "exam":
        marks = marks_told("exam.marks", scenario.exam, texts)
        parts.append(f"{marks}\n{texts('exam.strip')}")
    else:
        parts.append(texts("mail.plain_hint" if by_mail else "cli.plain.hint"))
    return "\n\n".join((*parts, texts("mail.plain" if by_mail else "cli.plain.phone")))


def guessed(texts: Texts) -> str:
    """Ask what may be at stake for this person; nothing if nobody sits at a terminal."""
    if not sys.stdin.isatty():
        return ""
    typer.echo(texts("briefing.ask"), nl=False)
    return sys.stdin.readline().strip()


class PlainCall:
    """Reads replies from standard input and says what happens.

    On the phone a line is a reply; a mail goes on until a line with nothing but a full stop, as in
    SMTP (RFC 5321, 4.5.2), or the end of the input. A line of nothing but ``?``, in place of a
    reply or as the first of a mail, asks for help with the next one.
    """

    def __init__(self, practice: Practice, rater: Rater, texts: Texts) -> None:
        self._practice = practice
        self._rater = rater
        self._texts = texts
        self._hint: Hint | None = None

    def run(self) -> None:
        """Hold the call until it ends or the input does."""
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        for reply in self._replies():
            try:
                self._take(reply)
            except UsageError as error:
                typer.echo(explain(error, self._texts.language), err=True)
            if self._practice.over:
                break
        if not self._practice.over:
            self._tell(self._practice.end("left"))
        for line in self._looking_back():
            typer.echo(line)

    def _take(self, reply: str) -> None:
        if reply.strip() == HELP:
            self._help()
            return
        for step in self._practice.take_turn(reply, hint=self._hint):
            self._tell(step)

    def _help(self) -> None:
        practice = self._practice
        where = Situation.of(practice.session, practice.scenario)
        self._hint = further(where, self._hint, self._rater)
        told = hint_lines(self._hint, self._texts)
        typer.echo(f"  {told[-1]}")

    def _looking_back(self) -> Iterator[str]:
        session, scenario = self._practice.session, self._practice.scenario
        if hard(session):
            name = self._practice.persona.text(self._practice.language).name
            yield self._texts("other_side.offer.plain", name=name, session=session.id)
        if session.ended is not None and session.ended.exam is not None:
            yield from result_lines(session.ended.exam, self._texts)
            yield self._texts("exam.purpose")
        if guess := session.started.guess:
            need = scenario.hidden_need.text(self._practice.language)
            yield self._texts("briefing.shown", guess=guess)
            yield self._texts("briefing.beside", need=need)

    def _replies(self) -> Iterator[str]:
        asked = sys.stdin.isatty()
        while True:
            if asked:
                typer.echo(self._texts("cli.plain.you"), nl=False)
            reply = self._mail() if self._practice.by_mail else sys.stdin.readline()
            if not reply:
                return
            if reply.strip():
                yield reply

    def _mail(self) -> str | None:
        """Read a mail, or the wish for help; None at the end of the input with nothing written."""
        lines: list[str] = []
        while line := sys.stdin.readline():
            if not lines and line.strip() == HELP:
                return line
            if line.rstrip("\r\n") == ".":
                return "".join(lines) or "\n"
            lines.append(line[1:] if line.startswith("..") else line)
        return "".join(lines) if "".join(lines).strip() else None

    def _tell(self, step: Step) -> None:
        if isinstance(step, Scored):
            self._hint = None
            if not self._practice.session.sealed:
                self._tell_scores(step.turn.scores)
                self._tell_mail(step.turn)
        elif isinstance(step, Moved):
            self._tell_state(step.state)
            typer.echo(f"{self._practice.persona.text(self._practice.language).name}: ", nl=False)
        elif isinstance(step, Spoken):
            typer.echo(step.text, nl=False)
            sys.stdout.flush()
        elif isinstance(step, Ended):
            typer.echo(self._ending(step.event.reason))
        else:
            typer.echo("")
            if isinstance(step, Answered) and step.turn.calls:
                typer.echo(self._texts("mail.plain_rings"))

    def _ending(self, reason: str) -> str:
        if not self._practice.by_mail:
            return self._texts(f"cli.plain.ended.{reason}")
        name = self._practice.persona.text(self._practice.language).name
        return ending(reason, True, name, self._texts)

    def _tell_mail(self, turn: AgentTurn) -> None:
        if turn.mail is None:
            return
        typer.echo(f"  {headline(turn.mail, self._texts)}")
        for item in items(turn, self._texts):
            typer.echo(f"    {item.sign} {plain(item.text)}")

    def _tell_state(self, state: EmotionalState) -> None:
        if self._practice.session.sealed:
            return
        levels = ", ".join(
            f"{self._texts(f'app.feeling.{feeling}')} {state.level(feeling):.1f}"
            for feeling in Feeling
        )
        typer.echo(self._texts("cli.plain.state", levels=levels))

    def _tell_scores(self, scores: TurnScores) -> None:
        for dimension in Dimension:
            score = scores.of(dimension)
            unsure = self._texts("app.score.unsure") if score.unsure else ""
            value = unsure or ("–" if score.value is None else f"{score.value:.0f}")
            name = self._texts(f"scoring.dimension.{dimension}")
            typer.echo(f"  {name} {value}: {score.reason}")
        if scores.alternative:
            typer.echo(self._texts("cli.plain.alternative", text=scores.alternative.text))
