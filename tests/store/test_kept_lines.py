"""Lines that a trainee keeps: with their call, and gone with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import UsageError
from simulator.store.reply import Line
from simulator.store.repository import Sessions
from tests.calls import agent, call, customer, ended, started

ALL = ("abc123", "def456")


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    sessions = Sessions(tmp_path / "sessions.sqlite3")
    for id in ALL:
        sessions.begin(call(id))
    return sessions


def test_a_line_is_kept_until_it_is_let_go(sessions: Sessions) -> None:
    assert sessions.kept_lines(ALL) == frozenset()
    assert sessions.keep_line("abc", 2) == Line("abc123", 2)
    assert sessions.keep_line("abc123", 2) == Line("abc123", 2)
    sessions.keep_line("def456", 1)
    assert sessions.kept_lines(ALL) == {Line("abc123", 2), Line("def456", 1)}
    assert sessions.kept_lines(["def456"]) == {Line("def456", 1)}
    assert sessions.drop_line("abc", 2) == Line("abc123", 2)
    assert sessions.drop_line("abc", 2) == Line("abc123", 2)
    assert sessions.kept_lines(ALL) == {Line("def456", 1)}


@pytest.mark.parametrize(("id", "turn"), [("abc123", 3), ("abc123", 0), ("nobody", 1)])
def test_only_a_reply_that_there_is_can_be_kept(sessions: Sessions, id: str, turn: int) -> None:
    with pytest.raises(UsageError):
        sessions.keep_line(id, turn)
    assert sessions.kept_lines(ALL) == frozenset()


def test_a_deleted_call_leaves_no_kept_line(sessions: Sessions) -> None:
    sessions.keep_line("abc123", 1)
    sessions.keep_line("def456", 1)
    sessions.delete("abc123")
    sessions.begin(call("abc123"))
    assert sessions.kept_lines(ALL) == {Line("def456", 1)}
    sessions.delete_trainee("Mia")
    sessions.begin(call("def456"))
    assert sessions.kept_lines(ALL) == frozenset()


def test_kept_lines_are_merged_and_never_lost(sessions: Sessions) -> None:
    sessions.keep_line("abc123", 1)
    sessions.merge(call("abc123"), (), [2])
    sessions.merge(call("abc123"), (), [2])
    sessions.merge(call("abc123"), ())
    assert sessions.kept_lines(ALL) == {Line("abc123", 1), Line("abc123", 2)}


def test_replies_are_read_without_the_rest_of_the_call(sessions: Sessions) -> None:
    strange = 'Er sagte: {"type": "agent_turn"} – und 🙂\n\'; DROP TABLE events;--'
    sessions.append("abc123", agent(3, strange, None))
    sessions.append("abc123", customer(3))
    found = sessions.replies(ALL)
    assert [reply.line for reply in found] == [
        *(Line("abc123", turn) for turn in (1, 2, 3)),
        *(Line("def456", turn) for turn in (1, 2)),
    ]
    assert (found[2].text, found[2].mean) == (strange, None)
    assert (found[0].text, found[0].empathy, found[0].mean) == ("Das tut mir leid.", 60, 60)
    assert sessions.replies(["def456"]) == found[3:]
    assert sessions.replies([]) == ()


def test_more_calls_than_sqlite_takes_parameters(sessions: Sessions) -> None:
    ids = [*(f"none{n}" for n in range(40_000)), "abc123"]
    assert len(sessions.replies(ids)) == 2
    assert [session.id for session in sessions.several(ids)] == ["abc123"]


def test_several_calls_are_read_whole_and_in_the_order_asked_for(sessions: Sessions) -> None:
    sessions.begin((started("empty1"), ended("left")))
    read = sessions.several(["def456", "unknown", "empty1", "abc123"])
    assert [session.id for session in read] == ["def456", "empty1", "abc123"]
    assert read[2] == sessions.session("abc123")
