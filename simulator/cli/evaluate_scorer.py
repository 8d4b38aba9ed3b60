"""``hoerer evaluate scorer``: measures the scorer on the test part and on files of the user's."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer


def scorer(
    data: Annotated[
        list[Path] | None,
        typer.Option(help="A file with labels of other people; may be given several times."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many rows of each file, evenly spread.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Measure the scorer on dialogues it was not fitted on, and on files with other labels."""
    from simulator.cli.reader import load_scorer
    from simulator.evaluation.scorer import corpus_figures, data_figures, told

    rater = load_scorer()
    figures = corpus_figures(rater)
    for file in data or []:
        figures += data_figures(rater, file, limit)
    for figure in figures:
        typer.echo(json.dumps(asdict(figure), ensure_ascii=False) if as_json else told(figure))
