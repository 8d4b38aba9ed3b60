"""The other side of a call as plain lines: for screen readers and pipes."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import typer

from simulator.cli.transcript import plain
from simulator.coaching.diary import Diary
from simulator.coaching.other_side import OtherSide
from simulator.coaching.other_side_words import OtherSideWords
from simulator.i18n import Texts

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue


def tell(diary: Diary, catalogue: Catalogue, texts: Texts, *, asking: bool) -> None:
    """Print the call as its customer lived it.

    With ``asking`` each exchange waits for Enter, and the answer to the question at the end is
    kept in ``diary``; without, everything is printed at once and nobody is asked.
    """
    side = OtherSide.of(diary.session, catalogue)
    words = OtherSideWords(side, texts)
    if not asking:
        typer.echo(f"{plain(words.whole())}\n\n{plain(words.question)}")
        return
    typer.echo(f"{plain(words.opening())}\n")
    for experience in side.experiences:
        typer.echo(plain(words.told(experience)))
        typer.echo(texts("other_side.command.onwards"), nl=False)
        sys.stdin.readline()
    typer.echo("\n".join(plain(line) for line in words.ending()))
    typer.echo(f"\n{texts('other_side.end.back')} {plain(words.question)}")
    _ask(diary, texts)


def _ask(diary: Diary, texts: Texts) -> None:
    """Keep the line that is answered; no answer changes nothing."""
    if diary.line is not None:
        typer.echo(plain(texts("other_side.end.earlier", text=diary.line.text)))
    typer.echo(texts("other_side.command.answer"), nl=False)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    answer = sys.stdin.readline()
    if answer.strip():
        diary.keep(answer)
        typer.echo(texts("other_side.end.kept_line"))
