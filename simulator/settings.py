"""What the user has chosen once and for all: ``settings.json`` in their data folder."""

from __future__ import annotations

import getpass
import json
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from simulator import paths
from simulator.errors import UsageError


class Settings(BaseModel):
    """The user's choices.

    ``model`` is the name, path or ``hf:OWNER/NAME`` of the model the customer speaks with;
    ``coach`` is the name under which this user's notes on calls are kept, empty for the name they
    are known by to the system. ``weekly_goal`` is how many calls (1 to 7) the trainee wants to
    have in a week, None for no goal; ``reminder`` says whether the first screen may speak of it.
    ``content`` are the folders and zips of content packs that are always there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = "standard"
    coach: str = ""
    weekly_goal: int | None = Field(default=None, ge=1, le=7)
    reminder: bool = True
    content: tuple[str, ...] = ()


def settings_file() -> Path:
    """Return where the settings lie."""
    return paths.home() / "settings.json"


def load() -> Settings:
    """Read the settings; without a file they are the defaults.

    ``HOERER_MODEL`` overrides the model. Raises UsageError if the file is not what is expected.
    """
    chosen = _kept()
    override = os.environ.get("HOERER_MODEL")
    return chosen.model_copy(update={"model": override}) if override else chosen


def _kept() -> Settings:
    file = settings_file()
    try:
        text = file.read_text(encoding="utf-8") if file.is_file() else "{}"
        return Settings.model_validate_json(text)
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise UsageError("settings_unreadable", path=file) from error


def coach_name(given: str | None = None) -> str:
    """Return who writes notes: ``given``, else the setting, else the system user's name.

    Raises UsageError if the settings are not what is expected.
    """
    return _clean(given or "") or _clean(load().coach) or _clean(_user_name()) or "coach"


def _clean(name: str) -> str:
    """Return a name as it can be read and written again."""
    return "".join(c for c in name if c.isprintable()).strip()


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container whose user has no name
        return ""


def choose_model(name: str) -> None:
    """Keep ``name`` as the model; the other choices stay as far as they can be read.

    Raises UsageError if the folder cannot be written.
    """
    try:
        kept = load()
    except UsageError:
        kept = Settings()
    save(kept.model_copy(update={"model": name}))


def choose_goal(calls: int | None) -> None:
    """Keep how many calls a week (1 to 7) the trainee wants to have, None for no goal.

    Raises UsageError if the settings cannot be read or written.
    """
    save(_kept().model_copy(update={"weekly_goal": calls}))


def choose_reminder(shown: bool) -> None:
    """Keep whether the first screen speaks of the goal; raises as :func:`choose_goal`."""
    save(_kept().model_copy(update={"reminder": shown}))


def save(settings: Settings) -> None:
    """Write the settings; raises UsageError if the folder cannot be written."""
    file = settings_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(settings.model_dump(), indent=1) + "\n", encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        raise UsageError("settings_not_writable", path=file) from error
