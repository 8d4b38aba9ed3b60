"""``hoerer evaluate draws``: ways of asking the model for a line, side by side."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Annotated

import typer


def draws(
    places: Annotated[int, typer.Option(min=1, help="Places of held-out calls.")] = 40,
    bare: Annotated[
        bool, typer.Option(help="Also without the adapter and with the small model.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Compare ways of drawing the customer's lines, as the fitted judge sees it."""
    from simulator.customer.judge import load_judge
    from simulator.evaluation.blind_places import places as held_out
    from simulator.evaluation.draws import WAYS, Bank, Referee, Way, outcome
    from simulator.lm.prepare import prepare
    from simulator.lm.sources import SMALL, STANDARD, Packaged
    from simulator.lm.transformers_lm import TransformersLM
    from simulator.paths import shipped as folder
    from simulator.switchboard import open_speaker
    from simulator.training.corpus import train_part
    from simulator.training.customer import unread

    shipped = open_speaker(STANDARD.name, lambda step, share: None)
    referee = Referee(shipped, load_judge(shipped.name))
    bank, chosen = (
        Bank.of(train_part()),
        held_out(unread(train_part(), folder("models") / "customer" / "figures.json"), 0)[:places],
    )
    asked: list[tuple[Way, Packaged | None]] = [(way, None) for way in WAYS]
    if bare:
        asked += [(Way("without the adapter"), replace(STANDARD, adapters={}))]
        asked += [(Way("small model"), SMALL)]
    for way, source in asked:
        speaker = shipped
        if source is not None:
            speaker = TransformersLM(prepare(source, "speaker", lambda step, share: None))
        found = outcome(way, speaker, referee, chosen, bank)
        if as_json:
            typer.echo(json.dumps(asdict(found)))
            continue
        typer.echo(
            f"{found.way:24} n={found.places:<4} sayable {found.sayable:5.1%}  "
            f"silent {found.silent:5.1%}  over another's {found.over_random:5.1%}  "
            f"over the author's {found.over_author:5.1%}  {found.seconds:5.2f} s"
        )
