"""A database that cannot be used says so in one sentence, and never loses what it has."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.domain.language import LANGUAGES
from simulator.errors import StoreError
from simulator.i18n import explain
from simulator.store import database
from simulator.store.repository import Sessions
from simulator.store.tables import VERSION
from tests.calls import agent, call, customer, started


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sessions.sqlite3"


def fails(path: Path, key: str, use: Callable[[Sessions], object] = Sessions.list) -> None:
    with pytest.raises(StoreError) as error:
        use(Sessions(path, patience=0.2))
    assert error.value.key == key
    assert error.value.__cause__ is None
    assert error.value.__suppress_context__ or error.value.__context__ is None
    for language in LANGUAGES:
        sentence = explain(error.value, language)
        assert str(path) in sentence or str(path.parent) in sentence
        assert "sqlalche" not in sentence
        assert "\n" not in sentence


def keep_call(sessions: Sessions) -> None:
    for event in call():
        sessions.append("abc123", event)


def test_every_write_waits_for_the_disk(path: Path) -> None:
    opened = database.Database(path, 1.0)._open()
    pragmas = {
        name: opened.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "temp_store")
    }
    opened.close()
    assert pragmas == {
        "journal_mode": "delete",
        "synchronous": 3,
        "secure_delete": 1,
        "foreign_keys": 1,
        "temp_store": 2,
    }


def test_a_new_database_carries_the_version(path: Path) -> None:
    Sessions(path).list()
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)
    raw.close()


def test_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    keep_call(Sessions(path))
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {VERSION + 1}")
    raw.close()
    before = path.read_bytes()
    fails(path, "store_newer")
    fails(path, "store_newer", keep_call)
    assert path.read_bytes() == before


@pytest.mark.parametrize("mode", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_lock_that_is_not_released_is_waited_for_and_then_reported(path: Path, mode: str) -> None:
    keep_call(Sessions(path))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(f"BEGIN {mode}")
    fails(path, "store_locked", lambda sessions: sessions.append("abc123", agent(3)))
    if mode == "EXCLUSIVE":
        fails(path, "store_locked")
    else:
        assert Sessions(path).events("abc123") == call(), "reading goes on while another writes"
    other.execute("COMMIT")
    other.close()
    Sessions(path).append("abc123", agent(3))
    assert Sessions(path).events("abc123") == (*call(), agent(3))


def test_a_reader_in_the_way_of_a_commit_leaves_the_turn_unkept(path: Path) -> None:
    keep_call(Sessions(path))
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM events").fetchone()
    fails(path, "store_locked", lambda sessions: sessions.append("abc123", agent(3)))
    reader.execute("COMMIT")
    reader.close()
    assert Sessions(path).events("abc123") == call()


def test_a_short_lock_is_waited_for(path: Path) -> None:
    keep_call(Sessions(path))
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    release.start()
    Sessions(path).append("abc123", agent(3))
    release.join()
    other.close()
    assert len(Sessions(path).events("abc123")) == len(call()) + 1


@pytest.mark.parametrize("content", [b"persona: yilmaz\n", b"\0" * 5000, b"hi"])
def test_another_kind_of_file_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    fails(path, "store_not_a_database")
    fails(path, "store_not_a_database", keep_call)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused_and_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")
    raw.close()
    before = path.read_bytes()
    fails(path, "store_not_a_database", keep_call)
    assert path.read_bytes() == before


def test_an_empty_file_is_a_database_to_be(path: Path) -> None:
    path.touch()
    keep_call(Sessions(path))
    assert Sessions(path).events("abc123") == call()


def test_a_damaged_database_is_reported(path: Path) -> None:
    keep_call(Sessions(path))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    fails(path, "store_damaged")


def test_a_folder_in_the_place_of_the_file(path: Path) -> None:
    path.mkdir()
    fails(path, "store_is_a_folder")


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    fails(tmp_path / "home" / "sessions.sqlite3", "store_folder")


def test_a_folder_in_which_nobody_may_create_anything() -> None:
    # root may write into any folder, but neither into /proc nor into a device
    fails(Path("/proc/hoerer/sessions.sqlite3"), "store_folder")
    fails(Path("/dev/null/sessions.sqlite3"), "store_folder")


def test_a_file_that_may_only_be_read_can_be_listed_but_not_written(path: Path) -> None:
    keep_call(Sessions(path))
    content = bytearray(path.read_bytes())
    # a write version above 2 makes SQLite itself treat the file as read-only, for root too
    content[18] = 3
    path.write_bytes(content)
    fails(path, "store_not_writable", lambda sessions: sessions.append("abc123", agent(3)))
    assert Sessions(path).events("abc123") == call()


def test_a_full_disk_loses_only_the_turn_that_did_not_fit(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_call(Sessions(path))
    pages = path.stat().st_size // 4096
    # SQLite then finds no room for another page, and fails as it does on a full disk
    full = (*database._PRAGMAS, f"PRAGMA max_page_count={pages}")
    long = agent(3, "lang " * 4000)
    with monkeypatch.context() as patch:
        patch.setattr(database, "_PRAGMAS", full)
        fails(path, "store_disk_full", lambda sessions: sessions.append("abc123", long))
    Sessions(path).append("abc123", long)
    assert Sessions(path).events("abc123") == (*call(), long)


def test_a_limit_on_the_size_of_files_is_no_crash(path: Path) -> None:
    keep_call(Sessions(path))
    code = """
import resource, sys
from pathlib import Path
from simulator.errors import StoreError
from simulator.store import database
from simulator.store.repository import Sessions
from simulator.store.tables import VERSION
from tests.calls import agent

resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
try:
    Sessions(Path(sys.argv[1])).append("abc123", agent(3))
except StoreError as error:
    print(error.key)
"""
    command = [sys.executable, "-c", code, str(path)]
    child = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert child.stdout.strip() == "store_failed"
    assert Sessions(path).events("abc123") == call()


def test_a_folder_removed_while_the_app_runs_is_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "home" / "sessions.sqlite3"
    sessions = Sessions(path)
    keep_call(sessions)
    shutil.rmtree(path.parent)
    with pytest.raises(StoreError) as error:
        sessions.append("abc123", agent(3))
    assert error.value.key == "session_moved_on"
    assert sessions.list() == ()


def test_threads_may_share_one_repository(path: Path) -> None:
    sessions = Sessions(path, patience=30)

    def keep_own(name: str) -> None:
        for event in (started(name), agent(1), customer(1)):
            sessions.append(name, event)

    threads = [threading.Thread(target=keep_own, args=(f"call{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(line.id for line in sessions.list()) == ["call0", "call1", "call2", "call3"]
    assert all(len(sessions.events(f"call{n}")) == 3 for n in range(4))
