"""What is kept is what happened, and is found again."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from simulator.domain.conversation import Event, Session
from simulator.errors import StoreError, UsageError
from simulator.store.repository import Sessions
from simulator.store.summary import Summary
from tests.calls import agent, call, customer, ended, logs, started


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "sessions.sqlite3"


@pytest.fixture
def sessions(path: Path) -> Sessions:
    return Sessions(path)


def keep(sessions: Sessions, *events: Event, session: str = "abc123") -> None:
    for event in events:
        sessions.append(session, event)


@settings(max_examples=40, deadline=None)
@given(logs())
def test_a_log_comes_back_as_it_was_kept(log: tuple[Event, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sessions.sqlite3"
        for number, event in enumerate(log, start=1):
            Sessions(path).append("5e5510n", event)
            assert Sessions(path).events("5e5510n") == log[:number]
        assert Sessions(path).session("5e5510n") == Session.of(log)
        assert Sessions(path).list() == (Summary.of(Session.of(log)),)


def test_nothing_is_touched_before_the_first_use(sessions: Sessions, path: Path) -> None:
    assert not path.parent.exists()
    assert sessions.list() == ()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_importing_the_store_does_not_import_sqlalchemy() -> None:
    code = (
        "import sys; from pathlib import Path; from simulator.store.repository import Sessions;"
        "Sessions(Path('x')); print('sqlalchemy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_a_summary_says_how_the_call_went(sessions: Sessions) -> None:
    keep(sessions, started(), agent(1, value=60), customer(1, anger=5.5), agent(2, value=None))
    keep(sessions, customer(2, anger=3.5), agent(3, value=20), ended("left"))
    (line,) = sessions.list()
    assert line == Summary(
        id="abc123",
        at=started().at,
        persona="yilmaz",
        scenario="router",
        language="de",
        trainee="Mia",
        turns=3,
        ended="left",
        score=40,
        anger_start=8,
        anger_end=3.5,
    )


def test_the_list_has_the_newest_first_whatever_was_kept_first(sessions: Sessions) -> None:
    for name, minutes in (("middle", 5), ("newest", 9), ("oldest", 0)):
        keep(sessions, *call(name, minutes=minutes), session=name)
    assert [line.id for line in sessions.list()] == ["newest", "middle", "oldest"]


def test_only_a_begun_call_without_an_end_can_be_gone_on_with(sessions: Sessions) -> None:
    keep(sessions, *call("over"), ended(), session="over")
    keep(sessions, started("silent"), session="silent")
    keep(sessions, started("cut"), agent(1), session="cut")
    assert [line.id for line in sessions.unfinished()] == ["cut"]


def test_an_unambiguous_beginning_of_an_id_is_enough(sessions: Sessions) -> None:
    for name in ("abc123", "abd456", "abd4567"):
        keep(sessions, *call(name), session=name)
    assert sessions.session("abc").id == "abc123"
    assert sessions.session("abd456").id == "abd456", "a whole id wins over a longer one"
    assert sessions.summary("abc").id == "abc123"
    with pytest.raises(UsageError) as error:
        sessions.events("ab")
    assert error.value.key == "session_ambiguous"
    assert error.value.values["matching"] == "abc123, abd456, abd4567"


@pytest.mark.parametrize(
    ("given", "key"),
    [("abc132", "session_unknown_near"), ("zzz", "session_unknown"), ("", "session_unknown")],
)
def test_an_unknown_id_is_refused_with_the_nearest(
    sessions: Sessions, given: str, key: str
) -> None:
    keep(sessions, *call())
    for ask in (sessions.events, sessions.session, sessions.summary, sessions.delete):
        with pytest.raises(UsageError) as error:
            ask(given)
        assert error.value.key == key
        assert error.value.values.get("near", "abc123") == "abc123"


@pytest.mark.parametrize(
    ("kept", "event"),
    [
        ((), agent(1)),
        ((), ended()),
        ((), started("another")),
        (call(), started()),
        (call(), agent(2)),
        (call(), customer(1)),
        ((*call(), ended()), ended()),
        ((*call(), ended()), agent(3)),
    ],
)
def test_an_event_that_cannot_follow_is_refused_and_changes_nothing(
    sessions: Sessions, kept: tuple[Event, ...], event: Event
) -> None:
    keep(sessions, *kept)
    before = sessions.list()
    with pytest.raises(StoreError) as error:
        sessions.append("abc123", event)
    assert error.value.key == "session_moved_on"
    assert sessions.list() == before
    assert not kept or sessions.events("abc123") == kept


def test_a_call_deleted_elsewhere_is_not_gone_on_with(sessions: Sessions, path: Path) -> None:
    keep(sessions, *call())
    Sessions(path).delete("abc123")
    with pytest.raises(StoreError) as error:
        sessions.append("abc123", agent(3))
    assert error.value.key == "session_moved_on"


MARKER = "Zauberwort-Blaubeere"


def test_deleting_leaves_no_trace_of_a_word_in_any_file(sessions: Sessions, path: Path) -> None:
    # interleaved and long, so that rows spill over pages and trees are rebalanced
    names = [f"{n:03}" for n in range(12)]
    logs_kept = {name: [started(name, trainee=MARKER), *call(name, 8)[1:]] for name in names}
    for position in range(17):
        for name in names:
            event = logs_kept[name][position]
            if position:
                text = f"{MARKER} {'lang ' * (position * 60)}"
                event = event.model_copy(update={"text": text})
            sessions.append(name, event)
    keep(sessions, *call("remains"), session="remains")
    assert MARKER.encode() in path.read_bytes()
    size = path.stat().st_size
    for name in names:
        sessions.delete(name)
    assert [line.id for line in sessions.list()] == ["remains"]
    assert sessions.events("remains") == call("remains")
    for file in path.parent.iterdir():
        assert MARKER.encode() not in file.read_bytes(), file.name
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.stat().st_size < size / 4, "the space is given back"


def test_deleting_also_takes_out_what_another_tool_left_in_the_file(
    sessions: Sessions, path: Path
) -> None:
    keep(sessions, *call("edited"), agent(3, f"{MARKER} " * 900), session="edited")
    keep(sessions, *call("gone"), session="gone")
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("DELETE FROM events WHERE session = 'edited' AND number = 6")
    raw.close()
    assert MARKER.encode() in path.read_bytes()
    sessions.delete("gone")
    assert MARKER.encode() not in path.read_bytes()


def test_deleting_one_call_takes_only_its_own_words(sessions: Sessions, path: Path) -> None:
    keep(sessions, started("gone"), agent(1, MARKER), session="gone")
    keep(sessions, started("stays"), agent(1, "Blaubeere bleibt"), session="stays")
    sessions.delete("gone")
    content = path.read_bytes()
    assert MARKER.encode() not in content
    assert b"Blaubeere bleibt" in content


def test_an_event_this_version_cannot_read_is_a_store_error(sessions: Sessions, path: Path) -> None:
    keep(sessions, *call())
    with sqlite3.connect(path) as raw:
        raw.execute('UPDATE events SET event = \'{"type": "later"}\' WHERE number = 2')
    raw.close()
    for use in (lambda: sessions.session("abc123"), lambda: keep(sessions, agent(3))):
        with pytest.raises(StoreError) as error:
            use()
        assert error.value.key == "session_unreadable"
    sessions.delete("abc123")
    assert sessions.list() == ()
