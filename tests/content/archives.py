"""Packs for tests: sound ones, and zips that nobody should open."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

MANIFEST = """\
name: Beispiele
version: "1.0"
licence: CC0-1.0
languages: [de, en]
"""


def zipped(target: Path, files: dict[str, str | bytes], links: tuple[str, ...] = ()) -> Path:
    """Write a zip with just these names, whatever they are."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo("x")
            entry.filename = entry.orig_filename = name
            entry.compress_type = zipfile.ZIP_DEFLATED
            if name in links:
                entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, text)
    return target


def zip_of(folder: Path, target: Path, inside: str = "") -> Path:
    """Zip a folder as a file manager does."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    named = {f"{inside}{file.relative_to(folder).as_posix()}": file.read_bytes() for file in files}
    return zipped(target, named)
