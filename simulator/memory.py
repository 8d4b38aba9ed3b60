"""How much memory this process has taken at its peak."""

from __future__ import annotations

from pathlib import Path


def peak_memory() -> float:
    """Return this process's peak resident memory in MiB; 0 where it is not known."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return round(int(line.split()[1]) / 1024, 0)
    return 0.0
