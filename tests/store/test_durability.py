"""Real processes: killed in the middle of a turn, and two at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.store.repository import Sessions
from tests.calls import agent, customer

ROOT = Path(__file__).parents[2]

# keeps turn after turn and reports each one once append has returned
WRITER = """
import sys
from pathlib import Path
from simulator.store.repository import Sessions
from tests.calls import agent, customer, started

path, name, turns = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sessions = Sessions(path, patience=30)
sessions.append(name, started(name))
for turn in range(1, turns + 1):
    for event in (agent(turn, f"Antwort {turn} " * 50), customer(turn)):
        sessions.append(name, event)
        print(event.type, turn, flush=True)
"""


def writer(path: Path, name: str, turns: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(turns)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


@pytest.mark.parametrize("kill_after", [1, 10, 37])
def test_kill_9_loses_at_most_the_unfinished_turn(tmp_path: Path, kill_after: int) -> None:
    path = tmp_path / "sessions.sqlite3"
    child = writer(path, "killed", 100_000)
    assert child.stdout is not None
    shown = [child.stdout.readline() for _ in range(kill_after)]
    os.kill(child.pid, signal.SIGKILL)
    shown += child.stdout.readlines()
    assert child.wait() == -signal.SIGKILL
    child.stdout.close()

    session = Sessions(path).session("killed")
    kept = [f"{turn.type} {turn.turn}\n" for turn in session.turns]
    assert kept[: len(shown)] == shown
    assert len(kept) <= len(shown) + 1, "at most one was kept that had not been reported yet"
    assert [line.id for line in Sessions(path).unfinished()] == ["killed"]

    number = len(session.agent_turns)
    unanswered = session.unanswered is not None
    following = customer(number) if unanswered else agent(number + 1)
    Sessions(path).append("killed", following)
    assert Sessions(path).session("killed").turns == (*session.turns, following)


def test_two_processes_write_to_one_database(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    turns = 25
    children = {name: writer(path, name, turns) for name in ("one", "two")}
    for child in children.values():
        child.communicate(timeout=120)
        assert child.returncode == 0
    for name in children:
        session = Sessions(path).session(name)
        assert [t.turn for t in session.agent_turns] == list(range(1, turns + 1))
        assert [t.turn for t in session.customer_turns] == list(range(1, turns + 1))
    assert {line.turns for line in Sessions(path).list()} == {turns}
