"""``hoerer doctor``: whether the app can run here, and what to do if not."""

from __future__ import annotations

import errno
import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import typer

from simulator import paths
from simulator.cli.options import Lang, chosen_model
from simulator.errors import HoererError, ModelError
from simulator.i18n import Texts, explain, system_language

_NEEDED_GIB = 4.0
_PACKAGES = ("hoerer", "torch", "transformers", "textual", "pydantic", "SQLAlchemy")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; ``well`` is False where the app could not run."""

    well: bool
    said: str


def doctor(lang: Lang = None) -> None:
    """Look at versions, cache, hashes, memory and terminal; exit 1 when the app could not run."""
    texts = Texts(lang or system_language())
    findings = list(_findings(texts))
    for finding in findings:
        typer.echo(f"{'✓' if finding.well else '✗'} {finding.said}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


def _findings(texts: Texts) -> Iterator[Finding]:
    yield Finding(
        sys.version_info >= (3, 11),
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}",
    )
    for package in _PACKAGES:
        yield _version(package, texts)
    yield from _models(texts)
    yield _memory(texts)
    yield _store(texts)
    yield _terminal(texts)


def _version(package: str, texts: Texts) -> Finding:
    try:
        return Finding(True, f"{package} {importlib.metadata.version(package)}")
    except importlib.metadata.PackageNotFoundError:
        return Finding(False, texts("cli.doctor.missing", package=package))


def _models(texts: Texts) -> Iterator[Finding]:
    from simulator.lm.prepare import folder_of, manifest
    from simulator.lm.sources import SMALL, Packaged, Source, find
    from simulator.switchboard import SCRIPTED

    wanted: list[tuple[Source, str]] = [(SMALL, "reader")]
    try:
        named = chosen_model(None)
        if not named.startswith(SCRIPTED):
            wanted.append((find(named), "speaker"))
    except HoererError as error:
        yield Finding(False, explain(error, texts.language))
    for source, use in wanted:
        described = manifest(folder_of(source, "reader" if use == "reader" else "speaker"))
        if described:
            right = not isinstance(source, Packaged) or described.sha256 == source.sha256
            key = "prepared" if right else "damaged"
            yield Finding(right, texts(f"cli.doctor.{key}", title=source.title))
        elif isinstance(source, Packaged) and not source.installed:
            yield Finding(False, texts("cli.doctor.no_weights", title=source.title))
        else:
            yield Finding(True, texts("cli.doctor.unprepared", title=source.title))
    yield _cache(texts)


def _cache(texts: Texts) -> Finding:
    place = _existing(paths.cache())
    if not os.path.isdir(place) or not os.access(place, os.W_OK):  # noqa: PTH112
        why = os.strerror(errno.EACCES if os.path.isdir(place) else errno.ENOTDIR)  # noqa: PTH112
        refused = ModelError("cache_not_writable", path=paths.cache(), reason=why)
        return Finding(False, explain(refused, texts.language))
    free = shutil.disk_usage(place).free / 2**30
    return Finding(True, texts("cli.doctor.cache", path=paths.cache(), free=f"{free:.1f}"))


def _existing(path: os.PathLike[str]) -> str:
    current = os.fspath(path)
    while not os.path.exists(current):  # noqa: PTH110 - walks up to the first folder there is
        current = os.path.dirname(current) or "."  # noqa: PTH120
    return current


def _memory(texts: Texts) -> Finding:
    names = os.sysconf_names if hasattr(os, "sysconf_names") else {}
    if "SC_PHYS_PAGES" not in names:
        return Finding(True, texts("cli.doctor.memory_unknown"))
    size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return Finding(
        size >= _NEEDED_GIB,
        texts("cli.doctor.memory", size=f"{size:.1f}", needed=f"{_NEEDED_GIB:.0f}"),
    )


def _store(texts: Texts) -> Finding:
    from simulator.switchboard import open_store

    try:
        count = len(open_store().list())
    except HoererError as error:
        return Finding(False, explain(error, texts.language))
    return Finding(True, texts("cli.doctor.store", path=paths.database(), count=count))


def _terminal(texts: Texts) -> Finding:
    size = shutil.get_terminal_size()
    encoding = (sys.stdout.encoding or "").lower()
    well = "utf" in encoding
    return Finding(
        well,
        texts(
            "cli.doctor.terminal",
            columns=size.columns,
            lines=size.lines,
            encoding=encoding or "?",
        ),
    )
