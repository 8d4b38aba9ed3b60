"""``hoerer models``: listing, choosing and describing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.settings import load, settings_file
from tests.cli.stage import hoerer
from tests.lm import tiny


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOERER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_the_list_as_json() -> None:
    rows = json.loads(hoerer("models", "list", "--json").out)
    assert [row["name"] for row in rows] == ["standard", "small"]
    assert [row["chosen"] for row in rows] == [True, False]
    assert not any(row["prepared"] for row in rows)
    assert rows[0]["licence"] == "Apache-2.0"


def test_the_list_speaks_both_languages() -> None:
    german, english = (hoerer("models", "list", "--lang", lang).out for lang in ("de", "en"))
    assert german.startswith("* standard")
    assert english.startswith("* standard")
    assert german != english


def test_a_choice_is_kept(tmp_path: Path) -> None:
    assert hoerer("models", "use", "small").code == 0
    assert load().model == "small"
    assert "* small" in hoerer("models", "list").out
    (tmp_path / "own.gguf").write_bytes(b"GGUF\x03")
    assert hoerer("models", "use", tmp_path / "own.gguf").code == 0
    assert f"* {tmp_path / 'own.gguf'}" in hoerer("models", "list").out


def test_broken_settings_are_mended_by_a_new_choice() -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("{")
    assert hoerer("models", "use", "small").code == 0
    assert load().model == "small"


@pytest.mark.parametrize(
    ("named", "code"), [("/etc/passwd", 1), ("/nowhere/x.gguf", 2), ("smal", 2), ("/tmp", 2)]
)
def test_what_is_no_model_is_not_chosen(named: str, code: int) -> None:
    assert named in hoerer("models", "use", named).refused(code)
    assert not settings_file().exists()


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = hoerer("models", "use", "small", HOERER_HOME=str(tmp_path / "file" / "home"))
    assert str(tmp_path / "file" / "home") in said.refused(2)


def test_a_model_that_is_not_prepared() -> None:
    shown = hoerer("models", "info", "small", "--lang", "en")
    assert shown.code == 0
    assert "hoerer models prepare small" in shown.out
    assert json.loads(hoerer("models", "info", "small", "--json").out) is None


def test_a_prepared_model_is_described(tmp_path: Path) -> None:
    from simulator.lm.prepare import prepare
    from simulator.lm.sources import Local

    folder = tiny.model_folder(tmp_path / "own")
    prepare(Local(folder), "speaker", lambda step, share: None)
    described = json.loads(hoerer("models", "info", folder, "--json").out)
    assert described["name"] == "own"
    shown = hoerer("models", "info", folder)
    assert described["sha256"] in shown.out
    assert "own-speaker-" in shown.out


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_cache_that_cannot_be_written(language: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = str(tmp_path / "file" / "cache")
    shown = hoerer("models", "prepare", "--lang", language, real=True, HOERER_CACHE=cache)
    assert cache in shown.refused(1)
