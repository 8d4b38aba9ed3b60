"""Writes the first draft of a file, with every field explained in the author's language."""

from __future__ import annotations

import json
import re
import textwrap
from importlib.resources import files
from pathlib import Path
from typing import Literal

from simulator.content.loader import SCRIPTS, script_name
from simulator.content.schema import MODELS, schema_file, schema_line, schema_text
from simulator.domain.language import Language
from simulator.domain.script import PROFILES
from simulator.errors import UsageError
from simulator.i18n import Texts

Subject = Literal["persona", "scenario"]

_WIDTH = 90
_COMMENT = re.compile(r"^( *)#\. ([\w.]+)$", re.MULTILINE)
_BLANK = re.compile(r"‹([\w.]+)›")


def template(name: str, language: Language) -> str:
    """Return the draft ``name`` (persona, scenario or a script's profile) without its schema.

    Comments and what is to be filled in are in ``language``; the rest is there in both.
    """
    texts = Texts(language)
    text = files("simulator.content").joinpath("templates", f"{name}.yaml").read_text("utf-8")

    def comment(found: re.Match[str]) -> str:
        start = f"{found[1]}# "
        return textwrap.fill(texts(found[2]), _WIDTH, initial_indent=start, subsequent_indent=start)

    def blank(found: re.Match[str]) -> str:
        words = f"{texts('template.fill_in')} {texts(f'template.{found[1]}')}"
        return json.dumps(words, ensure_ascii=False)

    return _BLANK.sub(blank, _COMMENT.sub(comment, text))


def write_new(subject: Subject, name: str, into: Path, language: Language) -> list[Path]:
    """Write the draft of a persona, or of a scenario and its four scripts, into ``into``.

    Returns the drafts; the schemas that editors check them with are laid beside them. Nothing is
    ever overwritten: raises UsageError, before anything is written, if one of the files exists or
    ``name`` cannot be an id.
    """
    if not re.fullmatch(r"\w[\w-]*", name):
        raise UsageError("content_bad_id", name=name)
    drafts: dict[Path, tuple[str, str]] = {
        into / f"{subject}s" / f"{name}.yaml": (subject, subject)
    }
    if subject == "scenario":
        folder = into / "scenarios" / SCRIPTS
        drafts |= {folder / script_name(name, each): (each, "script") for each in PROFILES}
    for file in drafts:
        if file.exists() or file.is_symlink():
            raise UsageError("content_exists", path=file)
    for file, (draft, kind) in drafts.items():
        _write(file, f"{schema_line(kind)}\n{template(draft, language)}")
        beside = into / schema_file(kind)
        if not beside.exists():
            _write(beside, schema_text(kind))
    return list(drafts)


def write_schemas(into: Path) -> list[Path]:
    """Write all schema files into ``into``, over older ones, and return them."""
    written = [into / schema_file(kind) for kind in MODELS]
    for kind, file in zip(MODELS, written, strict=True):
        _write(file, schema_text(kind), "w")
    return written


def _write(file: Path, text: str, mode: Literal["x", "w"] = "x") -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open(mode, encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError("content_not_writable", path=file, reason=reason) from error
