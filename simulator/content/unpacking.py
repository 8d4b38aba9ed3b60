"""Takes a zip apart without trusting it."""

from __future__ import annotations

import lzma
import shutil
import stat
import struct
import tempfile
import zlib
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from simulator import paths
from simulator.content.loader import MANIFEST, SUFFIXES
from simulator.content.source import LONGEST_FILE
from simulator.errors import ContentError

LARGEST = 10_000_000
"""Bytes of a pack, as a zip and unpacked; all that ships has 1.3 million."""

MOST_ENTRIES = 1_000
"""Files and folders in a zip; what ships has 136 files."""

_DAMAGED = (
    BadZipFile,
    EOFError,
    NotImplementedError,  # a method of packing that nobody knows
    OverflowError,
    RuntimeError,  # a password is asked for
    ValueError,
    lzma.LZMAError,
    struct.error,
    zlib.error,
)


def unpacked(archive: Path) -> Path:
    """Return a folder with the YAML files of ``archive``, in the cache by their SHA-256.

    Raises ContentError on a file that is no zip, on entries that climb out of the folder, are
    links or come twice, and on what is too large or too much.
    """
    if archive.stat().st_size > LARGEST:
        raise ContentError("pack_too_large", pack=archive, longest=LARGEST)
    data = archive.read_bytes()
    folder = paths.cache() / "packs" / sha256(data).hexdigest()
    if not folder.is_dir():
        _write(_files(archive, data), folder)
    return folder


def _files(archive: Path, data: bytes) -> dict[PurePosixPath, bytes]:
    try:
        with ZipFile(BytesIO(data)) as opened:
            read = dict(_read(archive, opened))
    except _DAMAGED as error:
        raise ContentError("pack_damaged", pack=archive) from error
    root = _root(archive, read)
    return {
        name.relative_to(root): text
        for name, text in read.items()
        if name.suffix in SUFFIXES and name.is_relative_to(root)
    }


def _read(archive: Path, opened: ZipFile) -> Iterator[tuple[PurePosixPath, bytes]]:
    entries = opened.infolist()
    if len(entries) > MOST_ENTRIES:
        raise ContentError("pack_too_many", pack=archive, most=MOST_ENTRIES)
    seen: set[str] = set()
    total = 0
    for entry in entries:
        name = _safe_name(archive, entry)
        if str(name).casefold() in seen:
            raise ContentError("pack_twice", pack=archive, entry=_shown(entry))
        seen.add(str(name).casefold())
        if entry.is_dir():
            continue
        with opened.open(entry) as file:
            # What the entry says of its size may be a lie.
            text = file.read(LONGEST_FILE + 1)
        total += len(text)
        if len(text) > LONGEST_FILE:
            entry_name = _shown(entry)
            raise ContentError(
                "pack_file_too_large", pack=archive, entry=entry_name, longest=LONGEST_FILE
            )
        if total > LARGEST:
            raise ContentError("pack_too_large", pack=archive, longest=LARGEST)
        yield name, text


def _safe_name(archive: Path, entry: ZipInfo) -> PurePosixPath:
    written = entry.orig_filename
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise ContentError("pack_link", pack=archive, entry=_shown(entry))
    parts = written.removesuffix("/").split("/")
    # A backslash or a colon would be a path or a drive on Windows.
    strange = {"\\", ":", "\0"} & set(written) or not written.isprintable()
    if strange or not {"", ".", ".."}.isdisjoint(parts):
        raise ContentError("pack_climbs", pack=archive, entry=_shown(entry))
    return PurePosixPath(*parts)


def _shown(entry: ZipInfo) -> str:
    return "".join(c if c.isprintable() else "?" for c in entry.orig_filename)[:80]


def _root(archive: Path, read: dict[PurePosixPath, bytes]) -> PurePosixPath:
    """Return the folder of the manifest: who zips a folder has it inside, once."""
    roots = [name.parent for name in read if name.name == MANIFEST and len(name.parts) <= 2]
    if PurePosixPath() in roots:
        return PurePosixPath()
    if len(roots) != 1:
        raise ContentError("pack_without_manifest", pack=archive, file=MANIFEST)
    return roots[0]


def _write(files: dict[PurePosixPath, bytes], folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        for name, text in files.items():
            target = fresh / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)
        if not folder.is_dir():
            fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
