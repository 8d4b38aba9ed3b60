"""``hoerer doctor``: what it finds, and that it never gives up halfway."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.settings import settings_file
from tests.cli.stage import hoerer, script


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOERER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize(("language", "memory"), [("de", "Arbeitsspeicher"), ("en", "Memory")])
def test_a_machine_that_is_well(language: str, memory: str, tmp_path: Path) -> None:
    shown = hoerer("doctor", "--lang", language)
    assert (shown.code, shown.err) == (0, "")
    lines = shown.out.splitlines()
    assert all(line.startswith("✓ ") for line in lines)
    assert lines[0].startswith("✓ Python 3.")
    assert any(memory in line for line in lines)
    assert any("Gemma 3 270M" in line for line in lines)
    assert any("Qwen2.5" in line for line in lines)
    assert any(str(tmp_path / "cache") in line for line in lines)


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = str(tmp_path / "file" / "cache")
    shown = hoerer("doctor", HOERER_CACHE=cache)
    [bad] = [line for line in shown.out.splitlines() if line.startswith("✗ ")]
    assert shown.code == 1
    assert cache in bad


def test_a_broken_database(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "sessions.sqlite3").write_bytes(b"garbage " * 1000)
    shown = hoerer("doctor", HOERER_HOME=str(home))
    [bad] = [line for line in shown.out.splitlines() if line.startswith("✗ ")]
    assert shown.code == 1
    assert str(home / "sessions.sqlite3") in bad


@pytest.mark.parametrize("content", ["{", '{"model": "/nowhere/x.gguf"}'])
def test_broken_settings_are_a_finding_among_others(content: str) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text(content)
    shown = hoerer("doctor", "--lang", "en")
    bad = [line for line in shown.out.splitlines() if line.startswith("✗ ")]
    assert shown.code == 1
    assert len(bad) == 1
    assert "Terminal" in shown.out


def test_a_scripted_model_needs_no_weights(tmp_path: Path) -> None:
    shown = hoerer("doctor", HOERER_MODEL=script(tmp_path))
    assert shown.code == 0
    assert "Qwen" not in shown.out


def test_a_terminal_that_lacks_letters_is_a_finding() -> None:
    shown = hoerer("doctor", PYTHONIOENCODING="latin-1")
    assert shown.code == 1
    assert "iso8859-1" in shown.out or "latin-1" in shown.out
