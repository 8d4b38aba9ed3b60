"""``hoerer evaluate mail``: measures the checklist of mails on the corpus, without a model."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer


def mail(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Compare how four kinds of agents take up the points of the mails they answer."""
    from simulator.evaluation.mail import mail_figures, table

    figures = mail_figures()
    lines = [json.dumps(asdict(f)) for f in figures] if as_json else table(figures)
    for line in lines:
        typer.echo(line)
