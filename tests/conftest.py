"""What holds for every test: no network, and nobody's own calls or settings."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

# Read when huggingface_hub is imported, and inherited by every process a test starts.
os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the test a data folder of its own; prepared models stay the user's."""
    monkeypatch.setenv("HOERER_HOME", str(tmp_path / "hoerer"))
    monkeypatch.delenv("HOERER_MODEL", raising=False)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*target: object, **_: object) -> None:
        # An outcome of pytest is no Exception: no library can swallow it.
        pytest.fail(f"a test wanted to reach the network: {target[-1]!r}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
