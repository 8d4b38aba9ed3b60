"""Which calls are meant: by the beginning of an id, or by whose words they hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from simulator.errors import UsageError
from simulator.store.summary import Summary


def by_id(given: str, ids: Sequence[str]) -> str:
    """Return the one of ``ids`` that ``given`` is or begins. Raises UsageError if none or many."""
    if given in ids:
        return given
    starting = [known for known in ids if given and known.startswith(given)]
    if len(starting) == 1:
        return starting[0]
    if starting:
        raise UsageError("session_ambiguous", given=given, matching=", ".join(starting[:5]))
    near = get_close_matches(given, ids, n=1)
    if near:
        raise UsageError("session_unknown_near", given=given, near=near[0])
    raise UsageError("session_unknown", given=given)


def by_trainee(name: str, calls: Sequence[Summary]) -> tuple[Summary, ...]:
    """Return the trainee's calls in their order, and the forks of them, whoever made those.

    A fork begins with the words of the call it left. Two spellings of the same letters (an umlaut
    as one character or as two) are one name; without a name a call is nobody's.
    """
    wanted = _spelled(name)
    ids = {call.id for call in calls if wanted and _spelled(call.trainee) == wanted}
    found = 0
    while found < len(ids):
        found = len(ids)
        ids |= {call.id for call in calls if call.forked in ids}
    return tuple(call for call in calls if call.id in ids)


def _spelled(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip()
