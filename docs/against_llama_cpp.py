"""Compares the customer's voice with llama.cpp on this machine: same weights, same two cores.

Run with ``python docs/against_llama_cpp.py`` where ``llama-cpp-python`` is installed beside Hörer,
which does not need it. Each side runs three times, one after the other; the fastest counts.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from llama_cpp import Llama  # type: ignore[import-not-found]

from simulator.lm.base import LanguageModel, Request
from simulator.lm.sources import SMALL, STANDARD, Packaged
from simulator.switchboard import open_speaker

TOKENS = 64
THREADS = 2
RUNS = 3
PROMPT = "Agent: Guten Tag, was ist denn passiert?\nKunde:"


def compare(source: Packaged) -> None:
    """Print tokens a second of both, one text at a time, and of four at a time on our side."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.gguf"
        with file.open("wb") as whole:
            for part in source.files:
                whole.write(part.read_bytes())
        theirs = _theirs(file)
    model = open_speaker(source.name, lambda step, share: None)
    one, four = _ours(model, 1), _ours(model, 4)
    sys.stdout.write(
        f"{source.title}: llama.cpp {theirs:.1f} tokens/s, Hörer {one:.1f} (ratio "
        f"{one / theirs:.2f}), four at once {four:.1f} (ratio {four / theirs:.2f})\n"
    )


def _theirs(file: Path) -> float:
    llama = Llama(str(file), n_threads=THREADS, n_ctx=512, verbose=False)

    def run() -> int:
        ids = llama.tokenize(PROMPT.encode())
        llama.reset()
        made = 0
        for _ in llama.generate(ids, temp=0.8):
            made += 1
            if made == TOKENS:
                break
        return made

    return _fastest(run)


def _ours(model: LanguageModel, candidates: int) -> float:
    request = Request(PROMPT, candidates=candidates, max_tokens=TOKENS, stop=())
    return _fastest(lambda: sum(1 for _ in model.generate(request)))


def _fastest(run: Callable[[], int]) -> float:
    rates = []
    for _ in range(RUNS):
        start = time.perf_counter()
        rates.append(run() / (time.perf_counter() - start))
    return max(rates)


if __name__ == "__main__":
    for each in (SMALL, STANDARD):
        compare(each)
