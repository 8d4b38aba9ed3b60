"""Content packs: a folder or a zip with ``pack.yaml``, ``personas`` and ``scenarios``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import is_zipfile

from simulator.content.loader import MANIFEST, SCRIPTS, SUFFIXES, content_files, examine_pack
from simulator.content.unpacking import LARGEST, MOST_ENTRIES, unpacked
from simulator.domain.pack import Pack
from simulator.errors import ContentError, UsageError

_FOLDERS = (Path("personas"), Path("scenarios"), Path("scenarios") / SCRIPTS)


@dataclass(frozen=True)
class OpenPack:
    """A pack that can be read: what it says of itself, where it came from, where its files lie."""

    pack: Pack
    source: Path
    folder: Path

    def files(self, kind: str) -> Iterator[Path]:
        """Yield its files of one kind: ``personas`` or ``scenarios``."""
        return content_files(self.folder / kind)

    def shown(self, file: Path) -> Path:
        """Return how to name one of its files to people, who may know it as a zip only."""
        inside = file.is_relative_to(self.folder)
        return self.source / file.relative_to(self.folder) if inside else file


def open_packs(sources: Sequence[Path]) -> list[OpenPack]:
    """Open each pack once, in the given order; raises as :func:`open_pack` does."""
    once = {source.expanduser().resolve(): source.expanduser() for source in sources}
    return [open_pack(source) for source in once.values()]


def open_pack(source: Path) -> OpenPack:
    """Open a folder or a zip.

    Raises UsageError if there is none, ContentError if it is no pack, its ``pack.yaml`` is broken
    or it holds what no pack may hold.
    """
    folder = pack_folder(source)
    if not (folder / MANIFEST).is_file():
        raise ContentError("pack_without_manifest", pack=source, file=MANIFEST)
    examined = examine_pack(folder / MANIFEST)
    problems = tuple(replace(each, path=source / MANIFEST) for each in examined.problems)
    return OpenPack(replace(examined, path=source, problems=problems).checked(), source, folder)


def pack_folder(source: Path) -> Path:
    """Return the folder in which a pack's files can be read; raises as :func:`open_pack` does."""
    if source.is_dir():
        _check_folder(source)
        return source
    if not source.is_file():
        raise UsageError("content_path_missing", path=source)
    if not is_zipfile(source):
        raise ContentError("pack_damaged", pack=source)
    return unpacked(source)


def _check_folder(folder: Path) -> None:
    places = [folder / MANIFEST, *(folder / each for each in _FOLDERS)]
    files = [file for place in places if place.is_dir() for file in place.iterdir()]
    for path in (*places, *files):
        if path.is_symlink():
            entry = path.relative_to(folder)
            raise ContentError("pack_link", pack=folder, entry=entry)
    if len(files) > MOST_ENTRIES:
        raise ContentError("pack_too_many", pack=folder, most=MOST_ENTRIES)
    read = [file for file in files if file.suffix in SUFFIXES]
    if sum(file.stat().st_size for file in read) > LARGEST:
        raise ContentError("pack_too_large", pack=folder, longest=LARGEST)
