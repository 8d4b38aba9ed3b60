"""Loads what the commands of the scorer read with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.lm.base import Reader
    from simulator.scoring.scorer import Scorer


def load_reader() -> Reader:
    """Return the scorer's reader, preparing it first if need be; raises ModelError."""
    from simulator.lm.prepare import prepare
    from simulator.lm.reader import HalfModel
    from simulator.lm.sources import SMALL

    return HalfModel(prepare(SMALL, "reader", _quiet))


def load_scorer() -> Scorer:
    """Return the shipped scorer; raises ModelError if a part of it is missing or broken."""
    from simulator.scoring.examples import load_examples
    from simulator.scoring.heads import load_heads
    from simulator.scoring.scorer import Scorer

    return Scorer(load_reader(), load_heads(), load_examples())


def _quiet(_step: str, _share: float) -> None:
    """Say nothing: the output of these commands is read by programs."""
