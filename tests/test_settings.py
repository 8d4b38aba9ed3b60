"""What the user chose once stays, and one choice leaves the others alone."""

from __future__ import annotations

import pytest

from simulator import settings
from simulator.errors import UsageError
from simulator.settings import Settings


def test_a_goal_and_a_reminder_are_kept_beside_the_rest() -> None:
    settings.save(Settings(model="small", coach="Ute"))
    assert (settings.load().weekly_goal, settings.load().reminder) == (None, True)
    settings.choose_goal(3)
    settings.choose_reminder(False)
    whole = Settings(model="small", coach="Ute", weekly_goal=3, reminder=False)
    assert settings.load() == whole
    settings.choose_goal(None)
    assert settings.load().weekly_goal is None


def test_a_goal_does_not_keep_the_model_of_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOERER_MODEL", "scripted:x")
    settings.choose_goal(1)
    assert settings.load().model == "scripted:x"
    monkeypatch.delenv("HOERER_MODEL")
    assert settings.load() == Settings(weekly_goal=1)


def test_settings_of_an_earlier_release_are_read() -> None:
    settings.settings_file().parent.mkdir(parents=True)
    settings.settings_file().write_text('{"model": "small"}', encoding="utf-8")
    assert settings.load() == Settings(model="small")


@pytest.mark.parametrize("broken", ["{", '{"weekly_goal": 0}', '{"weekly_goal": 8}'])
def test_settings_that_cannot_be_read_are_not_overwritten(broken: str) -> None:
    settings.settings_file().parent.mkdir(parents=True)
    settings.settings_file().write_text(broken, encoding="utf-8")
    with pytest.raises(UsageError):
        settings.choose_goal(1)
    assert settings.settings_file().read_text(encoding="utf-8") == broken
