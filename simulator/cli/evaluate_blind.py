"""``hoerer evaluate blind``: what a reader is given who does not know whose line is whose."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import Model

if TYPE_CHECKING:
    from simulator.evaluation.blind_count import Counted, Share

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Out = Annotated[
    Path, typer.Argument(metavar="OUT", help="Folder of the sheets, keys and readings.")
]
Seed = Annotated[int, typer.Option(help="Decides every draw.")]


@app.callback()
def blind() -> None:
    """Have the customer's lines read by someone who does not know who made them."""


@app.command("pairs")
def pairs(
    out: Out,
    turns: Annotated[int, typer.Option(min=1, help="Places; each is read twice.")] = 100,
    seed: Seed = 0,
    model: Model = None,
) -> None:
    """Write the model's lines beside authored ones: sheet.jsonl and key.jsonl.

    A run that was cut off goes on.
    """
    from simulator.cli.options import chosen_model
    from simulator.customer.judge import load_judge
    from simulator.evaluation.blind_pairs import Desk
    from simulator.evaluation.blind_places import places
    from simulator.switchboard import open_speaker
    from simulator.training.corpus import test_part

    speaker = open_speaker(chosen_model(model), lambda step, share: None)
    desk = Desk(speaker, load_judge(speaker.name), out, seed, _say)
    desk.write(places(test_part(), seed), turns)


@app.command("lines")
def lines(
    out: Out,
    turns: Annotated[int, typer.Option(min=1, help="Lines to be read.")] = 200,
    seed: Seed = 0,
    calls: Annotated[
        Path | None,
        typer.Option(help="Played calls; else those that evaluate customer kept last."),
    ] = None,
) -> None:
    """Write lines of the customer from played calls: lines.jsonl and lines_key.jsonl."""
    from simulator.content.catalogue import Catalogue
    from simulator.errors import UsageError
    from simulator.evaluation.blind_lines import newest_calls, write_lines
    from simulator.evaluation.calls import played_before

    file = calls or newest_calls()
    if not file.is_file():
        raise UsageError("blind_file", file=file)
    drawn = write_lines(played_before(file), Catalogue.load(), out, turns, seed)
    _say(f"{drawn} of {turns} lines, from {file}")


@app.command("count")
def count(
    out: Out,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Join readings.jsonl and line_readings.jsonl with the keys and count them."""
    from simulator.evaluation.blind_count import count as counted

    for one in counted(out):
        if not as_json:
            typer.echo(f"Read by {one.reader.reader} ({one.reader.kind}):")
        for share in one.shares:
            typer.echo(_as_json(one, share) if as_json else _told(share))


def _as_json(counted: Counted, share: Share) -> str:
    told = {**asdict(share), "wanted": share.wanted, **counted.reader.model_dump()}
    return json.dumps(told, ensure_ascii=False)


def _told(share: Share) -> str:
    return (
        f"{share.name:48} {share.part:8} {share.value:6.1%} "
        f"[{share.low:.1%}, {share.high:.1%}]  n={share.n:<4} {share.wanted}"
    ).rstrip()


def _say(text: str) -> None:
    typer.echo(text, err=True)
