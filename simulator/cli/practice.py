"""``hoerer`` and ``hoerer practice``: a call in the app or as plain lines."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import (
    Bar,
    Content,
    Lang,
    Model,
    Persona,
    Scenario,
    Seed,
    T,
    Trainee,
    chosen_content,
    chosen_model,
)
from simulator.domain.exam import Mode
from simulator.domain.language import Language
from simulator.i18n import Texts, system_language

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue

Plain = Annotated[bool, typer.Option("--plain", help=T("cli.practice.plain"))]
Exam = Annotated[bool, typer.Option("--exam", help=T("exam.option"))]
Guess = Annotated[str | None, typer.Option("--guess", help=T("briefing.option"))]


def home(context: typer.Context) -> None:
    """Open the app when no command is given."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # The bars of other people's libraries would run across our own.
    os.environ.setdefault("TQDM_DISABLE", "1")
    if context.invoked_subcommand is None:
        practice()


def practice(
    persona: Persona = None,
    scenario: Scenario = None,
    lang: Lang = None,
    seed: Seed = None,
    model: Model = None,
    trainee: Trainee = "",
    plain: Plain = False,
    content: Content = None,
    exam: Exam = False,
    guess: Guess = None,
) -> None:
    """Practise a call, or have one as an exam."""
    language = lang or system_language()
    mode: Mode = "exam" if exam else "practice"
    if plain:
        _plain(persona, scenario, language, seed, model, trainee, content, mode, guess)
    else:
        _app(persona, scenario, language, seed, model, trainee, content, mode, guess)


def _app(
    persona: str | None,
    scenario: str | None,
    language: Language,
    seed: int | None,
    model: str | None,
    trainee: str,
    content: list[Path] | None,
    mode: Mode,
    guess: str | None,
) -> None:
    from simulator.switchboard import Progress, Switchboard, open_line, open_store
    from simulator.tui.app import HoererApp
    from simulator.tui.call import Before

    if persona or scenario or content:
        # Whatever is wrong is said before the screen is taken over.
        _check_content(chosen_content(content), persona, scenario)
    named, store = chosen_model(model), open_store()

    def connect(progress: Progress) -> Switchboard:
        return open_line(named, chosen_content(content), store, progress)

    HoererApp(
        partial(chosen_content, content),
        store,
        connect,
        language,
        trainee=trainee,
        persona=persona,
        scenario=scenario,
        call_language=language,
        seed=seed,
        before=Before(mode, guess or ""),
    ).run()


def _check_content(catalogue: Catalogue, persona: str | None, scenario: str | None) -> None:
    """Raise UsageError or ContentError if what was named is not there or broken."""
    if persona:
        catalogue.persona(persona)
    if scenario:
        catalogue.scenario(scenario)


def _plain(
    persona: str | None,
    scenario: str | None,
    language: Language,
    seed: int | None,
    model: str | None,
    trainee: str,
    content: list[Path] | None,
    mode: Mode,
    guess: str | None,
) -> None:
    from simulator.cli.plain import PlainCall, choose, guessed, introduced
    from simulator.switchboard import open_line, open_store

    texts, catalogue = Texts(language), chosen_content(content)
    _check_content(catalogue, persona, scenario)
    who, what = choose(catalogue, persona, scenario, texts)
    store = open_store()
    # a store that cannot be used is told before anybody reads and thinks
    store.list()
    board = open_line(chosen_model(model), catalogue, store, Bar(texts))
    typer.echo(introduced(catalogue.persona(who), catalogue.scenario(what), mode, texts))
    thought = guessed(texts) if guess is None else guess
    call = board.connect(who, what, language, seed, trainee, thought, mode)
    PlainCall(call, board.rater, texts).run()
