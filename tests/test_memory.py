import platform
from pathlib import Path
from threading import Thread

import pytest

from simulator import memory


def resident():
    """Return this process's memory in bytes."""
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(x for x in status if x.startswith("VmRSS")).split()[1]) * 1024


GLIBC = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc's malloc and Linux")


@GLIBC
def test_what_a_thread_has_freed_goes_back_to_the_system():
    last = []

    def work():
        blocks = [bytearray(50_000) for _ in range(4000)]
        last.append(blocks[-1])

    thread = Thread(target=work)
    thread.start()
    thread.join()
    before = resident()
    memory.give_back()
    assert before - resident() > 100_000_000


@GLIBC
def test_the_peak_is_at_least_what_is_taken_now():
    assert memory.peak_memory() * 2**20 >= resident() - 2**20


def test_without_glibc_nothing_happens(monkeypatch):
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: object())
    memory.give_back()
