"""``hoerer evaluate scorer``: measures the scorer on the test part and on files of the user's."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from simulator.scoring.scorer import Scorer


def scorer(
    data: Annotated[
        list[Path] | None,
        typer.Option(help="A file with labels of other people; may be given several times."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many rows of each file, evenly spread.")
    ] = None,
    robustness: Annotated[
        bool,
        typer.Option(
            help="Also pairs of a worse and a better reply, and what deleting marked words does."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Measure the scorer on dialogues it was not fitted on, and on files with other labels."""
    from simulator.cli.reader import load_scorer
    from simulator.evaluation.scorer import abstained_share, corpus_figures, data_figures, told

    rater = load_scorer()
    figures = corpus_figures(rater)
    for file in data or []:
        figures += data_figures(rater, file, limit)
    for figure in figures:
        typer.echo(json.dumps(asdict(figure), ensure_ascii=False) if as_json else told(figure))
    share = abstained_share(rater)
    typer.echo(json.dumps({"abstained": share}) if as_json else f"abstained from: {share:.1%}")
    if robustness:
        _robustness(rater, as_json)


def _robustness(rater: Scorer, as_json: bool) -> None:
    from simulator.evaluation import contrast, evidence
    from simulator.training.corpus import rated_replies, test_part

    tried = contrast.trials(rater)
    for won in contrast.wins(tried):
        typer.echo(json.dumps(asdict(won)) if as_json else contrast.told(won))
    for trial in tried:
        if not trial.won and not as_json:
            typer.echo(f"  lost {trial.pair.id} {trial.pair.dimension}: {trial.pair.why}")
    found = evidence.deletions(rater, rated_replies(test_part()))
    for row in evidence.carried(found):
        typer.echo(json.dumps(asdict(row)) if as_json else evidence.told(row))
