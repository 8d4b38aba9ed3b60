"""What somebody passes on: the YAML of a content pack's ``pack.yaml`` as a value."""

from __future__ import annotations

from pydantic import Field

from simulator.domain.language import Language
from simulator.domain.persona import Closed, Text


class Pack(Closed):
    """A collection of personas and scenarios under one name.

    ``licence`` says in words or as an SPDX identifier what others may do with it; ``languages`` are
    those it was written for, although every text stands there in all of them.
    """

    name: Text
    version: Text
    licence: Text
    languages: tuple[Language, ...] = Field(min_length=1)
