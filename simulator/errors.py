"""What can go wrong, as data: a key of the text catalogue and its values.

The edge (command line, screen) turns an error into one sentence in the reader's language with
:func:`simulator.i18n.explain`; nothing deeper ever formats text for people.
"""

from __future__ import annotations


class HoererError(Exception):
    """Something the user can act on; ``key`` names its sentence under ``errors`` in the catalogue.

    ``exit_code`` is 1 for a failure of the machine or a model, 2 for usage and content.
    """

    exit_code = 1

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.key}({given})"


class UsageError(HoererError):
    """A wrong argument, a missing file, an unknown name."""

    exit_code = 2


class ContentError(HoererError):
    """A persona or scenario that cannot be used as it is written."""

    exit_code = 2


class ModelError(HoererError):
    """Weights that are missing, broken, or do not fit the machine."""


class StoreError(HoererError):
    """The session database cannot be opened, read or written."""
