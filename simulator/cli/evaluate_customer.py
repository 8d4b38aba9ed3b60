"""``hoerer evaluate customer``: measures the customer in whole calls."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.options import Model


def customer(
    turns: Annotated[int, typer.Option(min=1, help="Lines of the customer to hear.")] = 2000,
    sample: Annotated[
        int | None, typer.Option(min=1, help="Only so many lines, for a quick look.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="Folder that keeps the calls; a run cut off goes on.")
    ] = None,
    model: Model = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Play every scenario with four kinds of agents and judge what the customer says."""
    from simulator.cli.options import chosen_model
    from simulator.content.catalogue import Catalogue
    from simulator.evaluation.calls import Stage
    from simulator.evaluation.customer import all_heard, courses, found_slips, lines, variety
    from simulator.evaluation.probes import answers, breaks
    from simulator.paths import cache
    from simulator.switchboard import open_line, open_store
    from simulator.training.corpus import test_part, train_part

    def say(text: str) -> None:
        typer.echo(text, err=True)

    catalogue = Catalogue.load()
    board = open_line(chosen_model(model), catalogue, open_store(), lambda step, share: None)
    folder = into or cache() / "evaluation" / board.fingerprint
    calls = Stage(board, folder / "calls.jsonl", say).play(sample or turns)
    heard = all_heard(calls, catalogue)
    figures = [*courses(calls), *lines(heard, train_part()), *variety(heard, test_part())]
    figures += [answers(board, sample, say), breaks(board, sample, say)]
    for one, wrong in found_slips(heard, train_part()):
        say(f"{', '.join(wrong)}: {one.turn.text}")
    for figure in figures:
        typer.echo(
            json.dumps({**asdict(figure), "wanted": figure.wanted}, ensure_ascii=False)
            if as_json
            else f"{figure.name:42} {figure.value:7.1%}  n={figure.n:<5} {figure.wanted}"
        )
