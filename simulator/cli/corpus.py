"""``hoerer corpus``: whether the practice dialogues are sound (extra ``train``)."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import AsJson, T

if TYPE_CHECKING:
    from simulator.training.balance import Balance

Folder = Annotated[Path | None, typer.Argument(metavar="FOLDER", help=T("cli.corpus.folder"))]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def corpus() -> None:
    """Gather the commands about the corpus."""


@app.command("check", help=T("cli.corpus.check"))
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help=T("cli.corpus.folder"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print all findings and the balance of the corpus; exit code 2 if there is any finding."""
    from simulator.training.balance import balance
    from simulator.training.corpus import read_corpus, read_split
    from simulator.training.corpus_check import findings

    dialogues, split = read_corpus(folder), read_split(folder)
    found = findings(dialogues, split)
    table = balance(dialogues)
    if as_json:
        told = {"findings": [asdict(one) for one in found], "balance": table}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for one in found:
            typer.echo(f"{one.dialogue}:{one.turn}: {one.kind}: {one.detail}")
        _print(table)
        typer.echo(
            f"{len(dialogues)} dialogues, {len(split.test)} kept aside, {len(found)} findings"
        )
    if found:
        raise typer.Exit(2)


def _print(table: Balance) -> None:
    for trait, rows in table.items():
        for value, count in rows.items():
            typer.echo(f"{trait:14} {value:14} {count['de']:6} de {count['en']:6} en")
