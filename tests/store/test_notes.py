"""What a coach writes stays beside the call, letter by letter."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from simulator.domain.annotation import Note
from simulator.domain.conversation import Event
from simulator.errors import StoreError, UsageError
from simulator.store.repository import Sessions
from tests.calls import agent, call, customer, ended, logs, started
from tests.store.noted import notes, remark


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sessions.sqlite3"


@pytest.fixture
def sessions(path: Path) -> Sessions:
    sessions = Sessions(path)
    sessions.begin(call())
    return sessions


@settings(max_examples=40, deadline=None)
@given(notes())
def test_notes_of_any_text_come_back_literally_oldest_first(
    written: tuple[Note, ...],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sessions.sqlite3"
        Sessions(path).begin(call())
        for note in written:
            Sessions(path).annotate("abc123", note)
        oldest_first = sorted(written, key=lambda note: (note.at, note.id))
        assert Sessions(path).notes("abc123") == tuple(oldest_first)
        assert Sessions(path).summary("abc123").notes == len(written)
        assert Sessions(path).events("abc123") == call()


def test_a_note_without_a_time_zone_is_sorted_among_the_others(sessions: Sessions) -> None:
    bare = remark("bare0001", minutes=5)
    bare = bare.model_copy(update={"at": bare.at.replace(tzinfo=None)})
    for note in (remark("late0001", minutes=9), bare, remark("soon0001")):
        sessions.annotate("abc123", note)
    assert [note.id for note in sessions.notes("abc123")] == ["soon0001", "bare0001", "late0001"]


def test_a_second_note_of_an_id_is_refused_and_the_first_stays(sessions: Sessions) -> None:
    sessions.annotate("abc123", remark(text="zuerst"))
    with pytest.raises(StoreError) as error:
        sessions.annotate("abc123", remark(text="danach"))
    assert error.value.key == "note_exists"
    assert [note.text for note in sessions.notes("abc123") if note.type == "remark"] == ["zuerst"]


def test_two_calls_may_have_notes_of_one_id(sessions: Sessions) -> None:
    sessions.begin(call("other1"))
    sessions.annotate("abc123", remark(text="hier"))
    sessions.annotate("other1", remark(text="dort"))
    assert sessions.notes("abc123") == (remark(text="hier"),)
    assert sessions.notes("other1") == (remark(text="dort"),)


def test_the_beginning_of_an_id_is_enough_and_an_unknown_one_is_refused(
    sessions: Sessions,
) -> None:
    sessions.annotate("abc", remark())
    assert sessions.notes("ab") == (remark(),)
    for use in (sessions.notes, lambda id: sessions.annotate(id, remark("note0002"))):
        with pytest.raises(UsageError) as error:
            use("zzz")
        assert error.value.key == "session_unknown"


def test_going_on_with_a_call_keeps_the_notes(sessions: Sessions) -> None:
    sessions.annotate("abc123", remark())
    sessions.append("abc123", agent(3))
    assert sessions.notes("abc123") == (remark(),)
    assert sessions.summary("abc123").notes == 1


def test_a_note_this_version_cannot_read_is_a_store_error(sessions: Sessions, path: Path) -> None:
    sessions.annotate("abc123", remark())
    with sqlite3.connect(path) as raw:
        raw.execute('UPDATE notes SET note = \'{"type": "later"}\'')
    raw.close()
    with pytest.raises(StoreError) as error:
        sessions.notes("abc123")
    assert error.value.key == "session_unreadable"
    assert sessions.events("abc123") == call(), "the call itself can be read"
    sessions.delete("abc123")
    assert sessions.list() == ()


def test_a_log_begun_at_once_is_kept_as_one_that_grew(sessions: Sessions) -> None:
    sessions.begin((*call("atonce"), ended()))
    for event in (*call("grown1"), ended()):
        sessions.append("grown1", event)
    at_once, grown = sessions.summary("atonce"), sessions.summary("grown1")
    assert at_once.model_copy(update={"id": "grown1"}) == grown
    assert sessions.events("atonce")[1:] == sessions.events("grown1")[1:]


def test_an_id_that_is_taken_is_refused(sessions: Sessions) -> None:
    with pytest.raises(StoreError) as error:
        sessions.begin((*call(), ended()))
    assert error.value.key == "session_exists"
    assert sessions.events("abc123") == call()


EDGE = started("edge01").at.replace(year=9999)


@pytest.mark.parametrize(
    "log",
    [
        (),
        (agent(1),),
        (started("new001"), started("new001")),
        (*call("new001"), agent(2)),
        (*call("new001"), ended(), agent(3)),
        (*call("new001"), ended(), ended()),
        (started(""),),
        (started("with space"),),
        (started("../escape"),),
        (started("x" * 65),),
        (started("new001").model_copy(update={"at": EDGE}),),
        (started("new001"), agent(1).model_copy(update={"at": EDGE})),
    ],
)
def test_events_that_make_no_call_are_refused(sessions: Sessions, log: tuple[Event, ...]) -> None:
    for use in (sessions.begin, lambda events: sessions.merge(events, ())):
        with pytest.raises(StoreError) as error:
            use(log)
        assert error.value.key == "session_out_of_order"
    assert [line.id for line in sessions.list()] == ["abc123"]


def test_a_call_from_outside_is_not_gone_on_with(sessions: Sessions) -> None:
    outside = started("heard1").model_copy(update={"origin": "outside"})
    sessions.begin((outside, agent(1)))
    sessions.begin((started("forked"), agent(1), customer(1)))
    assert [line.id for line in sessions.unfinished()] == ["abc123", "forked"]
    assert sessions.summary("heard1").origin == "outside"


@settings(max_examples=20, deadline=None)
@given(logs("5e5510n"))
def test_any_log_of_a_practice_can_be_kept_at_once(log: tuple[Event, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sessions.sqlite3"
        Sessions(path).begin(log)
        assert Sessions(path).events("5e5510n") == log
