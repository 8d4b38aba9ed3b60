"""Preparing: once, whole or not at all, and a sentence for everything that can go wrong."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from simulator.errors import HoererError, ModelError
from simulator.i18n import explain
from simulator.lm import prepare as preparing
from simulator.lm.base import Request
from simulator.lm.prepare import folder_of, is_prepared, manifest, prepare
from simulator.lm.reader import HalfModel
from simulator.lm.sources import Hub, Local, Packaged, fingerprint
from simulator.lm.transformers_lm import TransformersLM
from tests.lm import tiny
from tests.lm.test_sources import installed

PROGRAM = """
import sys
from pathlib import Path
from simulator.lm.prepare import prepare
from simulator.lm.sources import Local

def told(step, share):
    print(step, flush=True)
    if step == sys.argv[2]:
        sys.stdin.readline()

print(prepare(Local(Path(sys.argv[1])), "speaker", told))
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOERER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Local:
    return Local(tiny.model_folder(tmp_path_factory.mktemp("tiny") / "model"))


def quiet(_step: str, _share: float) -> None:
    pass


def left(cache: Path) -> list[str]:
    return sorted(f.name for f in (cache / "models").iterdir() if f.name != ".lock")


def refused(wanted: Local | Packaged | Hub) -> ModelError:
    """Return the error of preparing, after checking that it can be told and left nothing."""
    with pytest.raises(ModelError) as wrong:
        prepare(wanted, "speaker", quiet)
    for language in ("de", "en"):
        said = explain(wrong.value, language)
        assert said.endswith(".")
        assert "{" not in said
        assert "\n" not in said
    assert not is_prepared(wanted, "speaker")
    return wrong.value


def test_a_folder_is_prepared_once_and_found_again(source: Local, cache: Path) -> None:
    steps: list[tuple[str, float]] = []
    folder = prepare(source, "speaker", lambda step, share: steps.append((step, share)))
    assert [step for step, _ in steps] == ["start", "dequantise", "cut", "done"]
    shares = [share for _, share in steps]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert left(cache) == [folder.name]
    described = manifest(folder)
    assert described is not None
    assert described.sha256 == fingerprint(source, "speaker")
    assert (described.use, described.name, described.bos) == ("speaker", "model", None)
    assert is_prepared(source, "speaker")
    assert not is_prepared(source, "reader")
    steps.clear()
    assert prepare(source, "speaker", lambda step, share: steps.append((step, share))) == folder
    assert steps == []


def test_what_was_prepared_speaks_and_reads(source: Local) -> None:
    speaker = TransformersLM(prepare(source, "speaker", quiet))
    told = "".join(chunk.text for chunk in speaker.generate(Request("Na", max_tokens=5)))
    assert told
    reader = HalfModel(prepare(source, "reader", quiet))
    assert np.isfinite(reader.read([("Na endlich.", " Gut.")])[0][1].states).all()


def test_nothing_is_printed_on_the_way(source: Local) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            PROGRAM + "from simulator.lm.transformers_lm import TransformersLM\n"
            "TransformersLM(prepare(Local(Path(sys.argv[1])), 'speaker', told))",
            str(source.path),
            "",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""


def test_a_process_that_is_killed_leaves_nothing_half_done(source: Local, cache: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(source.path), "cut"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        while child.stdout.readline().strip() != "cut":
            assert child.poll() is None
        child.send_signal(signal.SIGKILL)
    assert not is_prepared(source, "speaker")
    [torn] = left(cache)
    assert torn.startswith(".preparing-")
    folder = prepare(source, "speaker", quiet)
    assert left(cache) == [folder.name]
    TransformersLM(folder)


def test_two_processes_take_turns(source: Local, cache: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(source.path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([*command, "dequantise"], **pipes) as first:
        while first.stdout.readline().strip() != "dequantise":
            assert first.poll() is None
        with subprocess.Popen([*command, ""], **pipes) as second:
            time.sleep(1)
            assert second.poll() is None
            told_first, _ = first.communicate("\n", timeout=120)
            told_second, _ = second.communicate(timeout=120)
    assert (first.returncode, second.returncode) == (0, 0)
    assert told_first.splitlines()[-1] == told_second.splitlines()[-1]
    # The second found what the first had made.
    assert "dequantise" not in told_second
    assert left(cache) == [folder_of(source, "speaker").name]


@pytest.mark.parametrize("damage", ["", "{", '{"format": 1}'])
def test_a_damaged_manifest_is_made_anew(damage: str, source: Local) -> None:
    folder = prepare(source, "speaker", quiet)
    (folder / "manifest.json").write_text(damage)
    assert manifest(folder) is None
    assert prepare(source, "speaker", quiet) == folder
    assert manifest(folder) is not None


def test_another_format_is_not_taken_for_this_one(source: Local) -> None:
    folder = prepare(source, "speaker", quiet)
    described = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**described, "format": 0}))
    assert manifest(folder) is None


@pytest.mark.parametrize("file", ["tokenizer.json", "config.json", "model.layers.1.safetensors"])
@pytest.mark.parametrize("content", [None, b"", b"{}"])
def test_damaged_files_are_named_when_they_are_loaded(
    file: str, content: bytes | None, source: Local
) -> None:
    folder = prepare(source, "speaker", quiet)
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_bytes(content)
    with pytest.raises(ModelError) as damaged:
        TransformersLM(folder)
    assert damaged.value.key == "prepared_damaged"
    for language in ("de", "en"):
        assert str(folder) in explain(damaged.value, language)


def test_a_damaged_reader_is_named(source: Local) -> None:
    folder = prepare(source, "reader", quiet)
    (folder / "model.safetensors").write_bytes(b"")
    with pytest.raises(ModelError, match="prepared_damaged"):
        HalfModel(folder)


def test_too_little_room(source: Local, monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    full = shutil._ntuple_diskusage(10 * 2**30, 9 * 2**30, 2**30)
    monkeypatch.setattr(preparing.shutil, "disk_usage", lambda _folder: full)
    wrong = refused(source)
    assert wrong.key == "cache_full"
    assert wrong.values["free"] == "1.0"
    assert left(cache) == []


def test_a_cache_that_cannot_be_written(
    source: Local, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HOERER_CACHE", str(tmp_path / "file" / "cache"))
    wrong = refused(source)
    assert wrong.key == "cache_not_writable"
    assert str(tmp_path / "file" / "cache") in explain(wrong, "de")


def test_a_disk_that_fills_up_on_the_way(
    source: Local, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simulator.lm.conversion.cut_and_save", full)
    wrong = refused(source)
    assert wrong.key == "prepare_failed"
    assert "No space left" in explain(wrong, "en")
    assert left(cache) == []


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"root:x:0:0:root:/root:/bin/bash\n", "not_gguf"),
        (b"", "not_gguf"),
        (b"GGUF", "unreadable_model"),
        (b"GGUF\x03\x00\x00\x00" + b"\xff" * 64, "unreadable_model"),
        (b"GGUF\x03\x00\x00\x00" + bytes(400), "unreadable_model"),
    ],
)
def test_a_file_that_is_no_model(content: bytes, key: str, tmp_path: Path, cache: Path) -> None:
    file = tmp_path / "own.gguf"
    file.write_bytes(content)
    wrong = refused(Local(file))
    assert wrong.key == key
    assert str(file) in explain(wrong, "de")
    assert left(cache) == []


@pytest.mark.parametrize("config", ["", "{}", "[]", '{"model_type": "vit"}', '{"model_type": 3}'])
def test_a_folder_that_is_no_model(config: str, tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "config.json").write_text(config)
    wrong = refused(Local(folder))
    assert wrong.key == "unreadable_model"
    assert left(cache) == []


def toy(site: Path, sha256: str) -> Packaged:
    installed(site, "toyone", {"a.bin": b"GGUFabc"})
    installed(site, "toytwo", {"b.bin": b"def"})
    return Packaged(
        name="toy",
        title="Toy",
        sha256=sha256,
        size=10,
        licence="Apache-2.0",
        parts=(("toyone", ".bin"), ("toytwo", ".bin")),
    )


def test_a_damaged_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.syspath_prepend(tmp_path / "site")
    wrong = refused(toy(tmp_path / "site", "00" * 32))
    assert wrong.key == "weights_damaged"
    assert "Toy" in explain(wrong, "de")
    assert left(cache) == []


def test_parts_are_joined_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path / "site")
    source = toy(tmp_path / "site", hashlib.sha256(b"GGUFabcdef").hexdigest())
    shares: list[float] = []
    with pytest.raises(ModelError, match="unreadable_model"):
        # The checksum is right; the content is still no model.
        prepare(source, "speaker", lambda step, share: shares.append(share))
    assert shares == pytest.approx([0.0, 0.14, 0.2, 0.2])


def test_missing_packages() -> None:
    missing = Packaged("toy", "Toy", "00" * 32, 1, "Apache-2.0", (("hoerer-no-such-part", ".bin"),))
    wrong = refused(missing)
    assert wrong.key == "weights_missing"
    assert "hoerer-no-such-part" in explain(wrong, "en")


@pytest.mark.parametrize("name", ["owner/no-such-model-here", "not a name!", ""])
def test_a_model_hub_without_a_network(name: str) -> None:
    wrong = refused(Hub(name))
    assert wrong.key == "hub_failed"


def test_errors_are_the_users_business(source: Local, tmp_path: Path) -> None:
    (tmp_path / "own.gguf").write_bytes(b"x")
    assert isinstance(refused(Local(tmp_path / "own.gguf")), HoererError)
    assert refused(Local(tmp_path / "own.gguf")).exit_code == 1
