"""``hoerer evaluate``: prints the figures that the cards and the README state."""

from __future__ import annotations

import typer

from simulator.cli import evaluate_blind
from simulator.cli.evaluate_customer import customer
from simulator.cli.evaluate_draws import draws
from simulator.cli.evaluate_mail import mail
from simulator.cli.evaluate_scorer import scorer

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.command("scorer")(scorer)
app.command("customer")(customer)
app.command("mail")(mail)
app.command("draws")(draws)
app.add_typer(evaluate_blind.app, name="blind")


@app.callback()
def evaluate() -> None:
    """Measure what ships."""
