"""Loads what the commands of the scorer read with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.cli.options import Bar
from simulator.i18n import Texts, system_language

if TYPE_CHECKING:
    from simulator.lm.base import Reader
    from simulator.scoring.scorer import Scorer


def load_reader() -> Reader:
    """Return the scorer's reader, preparing it first if need be; raises ModelError."""
    from simulator.switchboard import open_reader

    return open_reader(Bar(Texts(system_language())))


def load_scorer() -> Scorer:
    """Return the shipped scorer; raises ModelError if a part of it is missing or broken."""
    from simulator.switchboard import open_scorer

    return open_scorer(load_reader())
