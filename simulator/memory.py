"""How much memory this process has taken at its peak, and giving back what it no longer needs."""

from __future__ import annotations

import ctypes
from pathlib import Path


def peak_memory() -> float:
    """Return this process's peak resident memory in MiB; 0 where it is not known."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return round(int(line.split()[1]) / 1024, 0)
    return 0.0


def give_back() -> None:
    """Return freed memory to the system (glibc's ``malloc_trim``); elsewhere nothing happens.

    Each thread has a heap of its own that keeps what was freed in it; two threads load a model.
    """
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):
        return
