"""Options that several commands share, and how they are read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.domain.language import Language
from simulator.i18n import Texts, system_language

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue

T = Texts(system_language())

Content = Annotated[list[Path] | None, typer.Option("--content", help=T("cli.option.content"))]
Lang = Annotated[Language | None, typer.Option("--lang", help=T("cli.option.lang"))]
AsJson = Annotated[bool, typer.Option("--json", help=T("cli.option.json"))]
Persona = Annotated[str | None, typer.Option("--persona", help=T("cli.option.persona"))]
Scenario = Annotated[str | None, typer.Option("--scenario", help=T("cli.option.scenario"))]
Seed = Annotated[int | None, typer.Option("--seed", help=T("cli.option.seed"))]
Model = Annotated[str | None, typer.Option("--model", help=T("cli.option.model"))]
Trainee = Annotated[str, typer.Option("--trainee", help=T("cli.option.trainee"))]


def chosen_model(named: str | None) -> str:
    """Return the model to speak with: the option, else the user's settings."""
    from simulator import settings

    return named or settings.load().model


def chosen_content(packs: list[Path] | None) -> Catalogue:
    """Return everything that can be practised, with the packs named on the command line."""
    from simulator.content.catalogue import Catalogue

    return Catalogue.load(packs or ())


_LOADING = frozenset({"content", "scorer", "customer", "ready"})
"""Steps that take seconds; only the long work of preparing is reported where nobody watches."""


class Bar:
    """A progress bar on stderr; in a log, a line for each step of preparing."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._shown = sys.stderr.isatty()
        self._last = ""

    def __call__(self, step: str, share: float) -> None:
        """Show ``step`` (a key under ``app.loading``) and ``share`` (0 to 1)."""
        said = self._texts(f"app.loading.{step}")
        if self._shown:
            filled = "█" * int(share * 20)
            sys.stderr.write(f"\r\x1b[2K{filled:░<20} {said}")
            if step in {"done", "ready"}:
                sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
        elif said != self._last and step not in _LOADING:
            sys.stderr.write(f"{said}\n")
        self._last = said
