"""Whole calls in one file, from one computer to the next, with a checksum against damage."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from pydantic import JsonValue, TypeAdapter, ValidationError

from simulator.domain.annotation import NOTE, Note, Takeaway
from simulator.domain.conversation import EVENT, Event, Session
from simulator.errors import UsageError

FORMAT = "hoerer-calls"
VERSION = 1

_BEGINS = re.compile(r"\s*\{\s*\"format\"\s*:\s*\"" + FORMAT)
_EVENTS: TypeAdapter[tuple[Event, ...]] = TypeAdapter(tuple[Event, ...])
_NOTES: TypeAdapter[tuple[Note, ...]] = TypeAdapter(tuple[Note, ...])
_LINES: TypeAdapter[tuple[int, ...]] = TypeAdapter(tuple[int, ...])


class Call(NamedTuple):
    """A call's log from its start on, what was written beside it, and the kept lines (turns)."""

    events: tuple[Event, ...]
    notes: tuple[Note, ...]
    lines: tuple[int, ...] = ()

    @property
    def session(self) -> Session:
        """The call as its events left it."""
        return Session.of(self.events)

    @property
    def for_others(self) -> Call:
        """The call as others get it: without what the trainee wrote for oneself."""
        return self._replace(notes=tuple(n for n in self.notes if not isinstance(n, Takeaway)))


def is_bundle(text: str) -> bool:
    """Say whether ``text`` sets out to be a bundle, damaged or not."""
    return _BEGINS.match(text) is not None


def bundle(calls: Iterable[Call]) -> str:
    """Return the file that carries ``calls``."""
    content: JsonValue = [
        {
            "events": [event.model_dump(mode="json") for event in call.events],
            "notes": [note.model_dump(mode="json") for note in call.notes],
            **({"kept_lines": list(call.lines)} if call.lines else {}),
        }
        for call in calls
    ]
    whole = {"format": FORMAT, "version": VERSION, "sha256": _hash(content), "calls": content}
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def read_bundle(text: str, file: str) -> tuple[Call, ...]:
    """Return the calls in ``text``, the content of ``file`` (only named in errors).

    Raises UsageError if it was damaged or comes from a newer version.
    """
    damaged = UsageError("bundle_damaged", file=file)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise damaged from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise damaged
    version = whole.get("version")
    if isinstance(version, int) and version > VERSION:
        raise UsageError("bundle_newer", file=file, found=version, known=VERSION)
    content = whole.get("calls")
    if version != VERSION or whole.get("sha256") != _hash(content) or not isinstance(content, list):
        raise damaged
    try:
        return tuple(_call(one) for one in content)
    except (ValidationError, ValueError):
        raise damaged from None


def lines(calls: Iterable[Call]) -> str:
    """Return the calls as JSON lines: the events of each, then its notes, then its kept lines."""
    return "".join(
        f"{line}\n"
        for call in calls
        for line in (
            *(EVENT.dump_json(event).decode() for event in call.events),
            *(NOTE.dump_json(note).decode() for note in call.notes),
            *(json.dumps({"type": "kept_line", "turn": turn}) for turn in call.lines),
        )
    )


def _call(value: object) -> Call:
    if not isinstance(value, dict) or value.keys() - {"kept_lines"} != {"events", "notes"}:
        raise ValueError("a call has events and notes")
    events = _EVENTS.validate_json(json.dumps(value["events"]))
    notes = _NOTES.validate_json(json.dumps(value["notes"]))
    lines = _LINES.validate_python(value.get("kept_lines", ()))
    if not {turn.turn for turn in Session.of(events).agent_turns}.issuperset(lines):
        raise ValueError("only a reply can be kept")
    return Call(events, notes, lines)


def _hash(content: object) -> str:
    """Return the SHA-256 of the content in its shortest form, keys in order."""
    canonical = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
