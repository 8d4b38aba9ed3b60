"""``hoerer train scorer``: fits the scorer anew."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def scorer(
    corpus: Annotated[
        Path | None, typer.Option(help="Folder of dialogues instead of the shipped corpus.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="Folder to write to instead of the shipped models/scorer.")
    ] = None,
    also: Annotated[
        list[Path] | None,
        typer.Option(
            help="File of turns labelled by coaches (hoerer agreement --export), learnt from "
            "beside the corpus; may be given several times."
        ),
    ] = None,
) -> None:
    """Fit the scorer on the corpus and print its figures."""
    from simulator.lm.prepare import unpacked
    from simulator.lm.sources import SMALL
    from simulator.training.scorer import fit
    from simulator.training.single_turns import read_single_turns

    # Said before the model is loaded, not after.
    coached = [turn for file in also or () for turn in read_single_turns(file)]
    base = unpacked(SMALL, lambda step, share: typer.echo(f"{step} {share:.0%}", err=True))
    fit(base, typer.echo, corpus, into, coached)
