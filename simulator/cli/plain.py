"""A call as plain lines: for screen readers and pipes."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

import typer

from simulator.cli.transcript import plain
from simulator.coaching.mail_words import ending, headline, items
from simulator.content.catalogue import Catalogue
from simulator.customer.answer import Moved, Spoken
from simulator.customer.correspondence import signed
from simulator.domain.conversation import AgentTurn
from simulator.domain.emotion import Feeling
from simulator.domain.score import Dimension, TurnScores
from simulator.errors import UsageError
from simulator.i18n import Texts, explain
from simulator.practice import Answered, Ended, Practice, Scored, Step


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


class PlainCall:
    """Reads replies from standard input and says what happens.

    On the phone a line is a reply; a mail goes on until a line with nothing but a full stop, as in
    SMTP (RFC 5321, 4.5.2), or the end of the input.
    """

    def __init__(self, practice: Practice, texts: Texts) -> None:
        self._practice = practice
        self._texts = texts

    def run(self) -> None:
        """Hold the call until it ends or the input does."""
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        self._introduce()
        for reply in self._replies():
            try:
                for step in self._practice.take_turn(reply):
                    self._tell(step)
            except UsageError as error:
                typer.echo(explain(error, self._texts.language), err=True)
            if self._practice.over:
                break
        if not self._practice.over:
            self._tell(self._practice.end("left"))

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
        """Read a mail; None when the input has ended and nothing was written."""
        lines: list[str] = []
        while line := sys.stdin.readline():
            if line.rstrip("\r\n") == ".":
                return "".join(lines) or "\n"
            lines.append(line[1:] if line.startswith("..") else line)
        return "".join(lines) if "".join(lines).strip() else None

    def _introduce(self) -> None:
        practice, language = self._practice, self._practice.language
        what, who = practice.scenario.text(language), practice.persona.text(language)
        typer.echo(f"{what.title}\n{who.name}: {who.summary}\n\n{what.briefing}\n")
        for each in what.case_file:
            head = " · ".join(part for part in (each.date, each.sender, each.subject) if part)
            typer.echo(f"{head}\n{each.body}\n")
        if what.thread:
            mail = signed(what.thread, practice.persona, language)
            head = " · ".join(part for part in (what.thread_date, what.thread_subject) if part)
            typer.echo(f"{head}\n{who.name}: {mail}\n" if head else f"{who.name}: {mail}\n")
        typer.echo(self._texts("mail.plain" if practice.by_mail else "cli.plain.phone"))

    def _tell(self, step: Step) -> None:
        if isinstance(step, Scored):
            self._tell_scores(step.turn.scores)
            self._tell_mail(step.turn)
        elif isinstance(step, Moved):
            levels = ", ".join(
                f"{self._texts(f'app.feeling.{feeling}')} {step.state.level(feeling):.1f}"
                for feeling in Feeling
            )
            typer.echo(self._texts("cli.plain.state", levels=levels))
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

    def _tell_scores(self, scores: TurnScores) -> None:
        for dimension in Dimension:
            score = scores.of(dimension)
            value = "–" if score.value is None else f"{score.value:.0f}"
            name = self._texts(f"scoring.dimension.{dimension}")
            typer.echo(f"  {name} {value}: {score.reason}")
        if scores.alternative:
            typer.echo(self._texts("cli.plain.alternative", text=scores.alternative.text))
