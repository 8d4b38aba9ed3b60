"""``hoerer`` in a process of its own, as a user starts it.

By default the scorer reads with :class:`tests.scoring.reading.HashReader` in place of the large
weights; everything else is the real house.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINES = ["Na endlich hebt jemand ab!", "Und wann kommt der Techniker?", "Das hilft mir nicht."]

_SMALL = """
from simulator import switchboard
from simulator.scoring.scorer import Scorer
from tests.scoring.reading import HashReader, examples, heads
switchboard.open_reader = lambda progress: HashReader()
switchboard.open_scorer = lambda reader: Scorer(reader, heads(), examples())
"""
_RUN = "from simulator.cli.main import run\nrun()\n"


@dataclass(frozen=True)
class Said:
    """What a command has left behind."""

    code: int
    out: str
    err: str

    def refused(self, code: int) -> str:
        """Return the one sentence on stderr, after checking that there is nothing else."""
        assert self.code == code, self.err
        assert self.out == ""
        [sentence] = self.err.splitlines()
        assert sentence.startswith("hoerer: ")
        assert sentence.endswith((".", "?"))
        return sentence.removeprefix("hoerer: ")


def command(*arguments: object, real: bool = False) -> list[str]:
    program = _RUN if real else _SMALL + _RUN
    return [sys.executable, "-c", program, *map(str, arguments)]


def hoerer(
    *arguments: object, stdin: str | bytes = "", real: bool = False, **environment: str
) -> Said:
    """Run a command to its end; ``real`` with the actual weights."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        command(*arguments, real=real),
        input=given,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "HOERER_LANG": "de", **environment},
        check=False,
        timeout=600,
    )
    said = Said(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode())
    assert "Traceback" not in said.err, said.err
    return said


def script(folder: Path) -> str:
    """Return the name of a model that plays a few lines."""
    file = folder / "lines.txt"
    file.write_text("\n".join(LINES), encoding="utf-8")
    return f"scripted:{file}"


def replies(folder: Path, *texts: str) -> Path:
    """Write a file of an agent's replies."""
    file = folder / "agent.jsonl"
    lines = [json.dumps({"text": text}, ensure_ascii=False) for text in texts]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
