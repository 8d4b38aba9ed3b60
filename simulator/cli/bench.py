"""``hoerer bench``: what a call costs on this machine."""

from __future__ import annotations

import json
import time
from typing import Annotated

import typer

from simulator.cli.options import AsJson, Bar, Lang, Model, T, chosen_model
from simulator.i18n import Texts, system_language


def bench(
    persona: Annotated[str, typer.Option("--persona", help=T("cli.option.persona"))] = "brandt",
    scenario: Annotated[
        str, typer.Option("--scenario", help=T("cli.option.scenario"))
    ] = "internet-kuendigung",
    turns: Annotated[int, typer.Option("--turns", min=1, help=T("cli.bench.turns"))] = 20,
    lang: Lang = None,
    model: Model = None,
    as_json: AsJson = False,
) -> None:
    """Time loading, scoring, the first word and the whole turn."""
    from simulator.content.catalogue import Catalogue
    from simulator.customer.customer import SimulatedCustomer
    from simulator.evaluation import speed
    from simulator.memory import peak_memory
    from simulator.switchboard import open_line, open_store

    language = lang or system_language()
    texts, named = Texts(language), chosen_model(model)
    figures: dict[str, object] = dict(speed.machine())
    figures["first_paint"] = speed.first_paint()
    start = time.perf_counter()
    board = open_line(named, Catalogue.load(), open_store(), Bar(texts))
    figures["ready"] = round(time.perf_counter() - start, 3)
    figures["model"] = board.models["customer"]
    figures.update(speed.summary(speed.timed_turns(board, persona, scenario, language, turns)))
    figures["peak_memory_mib"] = peak_memory()
    figures.update(speed.growth(board, persona, scenario, language))
    figures["peak_memory_drawn_mib"] = peak_memory()
    if isinstance(board.customer, SimulatedCustomer):
        figures["tokens_per_second"] = speed.tokens_per_second(board.customer.model)
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    for name, value in figures.items():
        typer.echo(f"{name:<26} {value}")
