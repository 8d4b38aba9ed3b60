"""German and English: one catalogue of texts for every room of the house.

Texts lie in ``de/<room>.toml`` and ``en/<room>.toml`` (tables of strings, ``{name}`` for values)
and are asked for as ``"<room>.<table>.<key>"``.
"""

from simulator.i18n.catalogue import Texts, explain, system_language

__all__ = ["Texts", "explain", "system_language"]
