"""``hoerer train``: fits what ships in models/ anew (extra ``train``)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.options import T
from simulator.cli.train_scorer import scorer

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.command("scorer")(scorer)

Into = Annotated[Path | None, typer.Option("--into", help=T("cli.train.into"))]


def _folder(into: Path | None, name: str) -> Path:
    from simulator import paths

    return into or paths.shipped("models") / name


@app.command("customer")
def customer(
    into: Into = None,
    rank: Annotated[int, typer.Option(min=1, help="Rank of the adapter.")] = 16,
    layers: Annotated[int, typer.Option(min=1, help="Upper layers that are adapted.")] = 14,
    epochs: Annotated[int, typer.Option(min=1, help="Passes over the dialogues.")] = 1,
    learning_rate: Annotated[float, typer.Option(min=0.0, help="Highest learning rate.")] = 2e-4,
    dialogues: Annotated[int, typer.Option(min=1, help="Dialogues at most.")] = 1000,
    trial: Annotated[bool, typer.Option("--trial", help="Compare only: no test part.")] = False,
) -> None:
    """Fit the customer's adapter on the corpus; goes on from its checkpoint if cut off."""
    from simulator.lm.prepare import unpacked
    from simulator.lm.sources import STANDARD
    from simulator.training.adapter import Recipe
    from simulator.training.customer import fit_customer

    recipe = Recipe(rank, layers, epochs, learning_rate)
    base = unpacked(STANDARD, lambda step, share: typer.echo(f"{step} {share:.0%}", err=True))
    fit_customer(base, recipe, dialogues, _folder(into, "customer"), typer.echo, trial=trial)


@app.command("dynamics")
def dynamics(into: Into = None) -> None:
    """Fit how anger and trust move, and print the errors."""
    from simulator.cli.reader import load_scorer
    from simulator.training.dynamics import fit_dynamics

    score = partial(load_scorer().score_all, with_examples=False)
    fit_dynamics(_folder(into, "dynamics"), typer.echo, score)


@app.command("listener")
def listener(into: Into = None) -> None:
    """Fit what it takes for a question to ask for a fact, and print how often it is right."""
    from simulator.content.catalogue import Catalogue
    from simulator.switchboard import open_reader
    from simulator.training.listener import fit_listener

    reader = open_reader(lambda step, share: None)
    fit_listener(Catalogue.load(), reader, _folder(into, "listener"), typer.echo)


@app.command("planner")
def planner(into: Into = None) -> None:
    """Count which act follows which, and print the log-likelihoods."""
    from simulator.training.planner import fit_planner

    fit_planner(_folder(into, "planner"), typer.echo)


@app.command("judge")
def judge(
    into: Into = None,
    dialogues: Annotated[int, typer.Option(min=1, help="Dialogues at most.")] = 160,
) -> None:
    """Fit the judge of what could be said, and print how often it is right."""
    from simulator.lm.sources import STANDARD
    from simulator.switchboard import open_speaker
    from simulator.training.judge import fit_judge

    model = open_speaker(STANDARD.name, lambda step, share: None)
    fit_judge(model, dialogues, _folder(into, "judge"), typer.echo)
