"""Every database that a release has written opens unchanged, or stays as it was."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from simulator.errors import StoreError
from simulator.store import database
from simulator.store.repository import Sessions
from simulator.store.tables import VERSION, metadata
from tests.calls import agent, call, customer, started
from tests.store.noted import remark

ROOT = Path(__file__).parents[2]
RELEASED = sorted((Path(__file__).parent / "released").glob("schema_*.sql"))
HUNG_UP, OPEN, SILENT = "a1b2c3d4e5f6", "0f0f0f0f0f0f", "77aa77aa77aa"


def restored(dump: Path, path: Path) -> Path:
    raw = sqlite3.connect(path)
    raw.executescript(dump.read_text(encoding="utf-8"))
    raw.close()
    return path


@pytest.fixture(params=RELEASED, ids=lambda dump: dump.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return restored(request.param, tmp_path / "sessions.sqlite3")


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return restored(RELEASED[0], tmp_path / "sessions.sqlite3")


def asked(path: Path, question: str) -> list[tuple[object, ...]]:
    raw = sqlite3.connect(path)
    try:
        return raw.execute(question).fetchall()
    finally:
        raw.close()


def dumped(path: Path) -> list[str]:
    raw = sqlite3.connect(path)
    try:
        version = raw.execute("PRAGMA user_version").fetchone()[0]
        return [f"version {version}", *raw.iterdump()]
    finally:
        raw.close()


def shape(path: Path) -> dict[str, list[list[tuple[object, ...]]]]:
    """Return what SQLite knows of each table: columns, foreign keys, indexes."""
    tables = asked(path, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    pragmas = ("table_info", "foreign_key_list", "index_list")
    return {
        str(name): [asked(path, f"PRAGMA {pragma}({name})") for pragma in pragmas]
        for (name,) in tables
    }


def migrated(path: Path, revision: str) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", "simulator.store:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def revisions() -> list[str]:
    config = Config()
    config.set_main_option("script_location", "simulator.store:migrations")
    walked = ScriptDirectory.from_config(config).walk_revisions()
    return [script.revision for script in walked][::-1]


EVENTS = "SELECT session, number, event FROM events ORDER BY session, number"


def test_a_released_database_opens_with_every_event_byte_for_byte(old: Path) -> None:
    kept = asked(old, EVENTS)
    assert [line.id for line in Sessions(old).list()] == [OPEN, HUNG_UP, SILENT]
    assert asked(old, EVENTS) == kept
    assert len(kept) == 10
    assert asked(old, "PRAGMA user_version") == [(VERSION,)]
    assert asked(old, "PRAGMA integrity_check") == [("ok",)]
    assert asked(old, "PRAGMA foreign_key_check") == []
    assert [file.name for file in old.parent.iterdir()] == [old.name], "no copy is left behind"


def test_what_a_released_database_says_of_its_calls_still_holds(old: Path) -> None:
    line = Sessions(old).summary(HUNG_UP)
    assert (line.trainee, line.turns, line.ended) == ("Mia Öztürk", 2, "hung_up")
    assert (line.score, line.anger_start, line.anger_end) == (71.25, 8.0, 7.0)
    assert (line.origin, line.forked, line.notes) == ("practice", "", 0)
    session = Sessions(old).session(HUNG_UP)
    assert session.agent_turns[0].text.endswith("[bold]'; DROP TABLE events;--")
    assert session.agent_turns[0].scores.empathy.evidence[0].cue == "specific_apology"
    assert session.customer_turns[0].ledger[0].detail == "drei Wochen"
    assert session.customer_turns[1].interrupted
    assert not session.from_outside
    assert [line.id for line in Sessions(old).unfinished()] == [OPEN]


def test_a_released_database_is_worked_with_like_any_other(old: Path) -> None:
    sessions = Sessions(old)
    sessions.append(OPEN, agent(2))
    sessions.append(OPEN, customer(2))
    sessions.annotate(HUNG_UP, remark())
    sessions.begin(call("fresh1"))
    assert not sessions.merge(sessions.events(HUNG_UP), sessions.notes(HUNG_UP)).events_added
    assert sessions.notes(HUNG_UP) == (remark(),)
    assert sessions.delete_trainee("Mia Öztürk") == 1
    assert sorted(line.id for line in sessions.list()) == sorted([OPEN, SILENT, "fresh1"])
    assert len(sessions.events(OPEN)) == 5


def test_an_upgraded_database_has_the_shape_of_a_fresh_one(old: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.sqlite3"
    Sessions(fresh).list()
    Sessions(old).list()
    assert shape(old) == shape(fresh)


def test_a_fresh_database_has_the_shape_that_the_program_expects(tmp_path: Path) -> None:
    fresh, expected = tmp_path / "fresh.sqlite3", tmp_path / "expected.sqlite3"
    Sessions(fresh).list()
    engine = create_engine(f"sqlite:///{expected}")
    metadata.create_all(engine)
    engine.dispose()
    made = shape(fresh)
    del made["alembic_version"]
    assert made == shape(expected)


def test_each_migration_raises_the_version(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    for number, revision in enumerate(revisions(), start=1):
        migrated(path, revision)
        assert asked(path, "PRAGMA user_version") == [(number,)]
        assert asked(path, "SELECT version_num FROM alembic_version") == [(revision,)]
    assert number == VERSION


def test_the_migrations_lead_through_every_released_schema(tmp_path: Path) -> None:
    assert len(RELEASED) >= 1
    for dump in RELEASED:
        path = tmp_path / f"{dump.stem}.sqlite3"
        migrated(path, revisions()[int(dump.stem.removeprefix("schema_")) - 1])
        released = shape(restored(dump, tmp_path / f"{dump.stem}_released.sqlite3"))
        reached = {name: table for name, table in shape(path).items() if name in released}
        assert reached == released


def test_alembic_is_imported_for_a_migration_only(first: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from simulator.store.repository import Sessions;"
        "Sessions(Path(sys.argv[1])).list(); print('alembic' in sys.modules)"
    )
    run = [sys.executable, "-c", code, str(first)]
    said = [subprocess.run(run, capture_output=True, text=True, check=True) for _ in range(2)]
    assert [each.stdout.strip() for each in said] == ["True", "False"]
    assert [each.stderr for each in said] == ["", ""]


def test_a_full_disk_in_the_middle_of_a_migration_leaves_the_old_database(
    first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = first.read_bytes()
    pages = first.stat().st_size // 4096
    # room for alembic's own table, but not for the notes
    for room in (0, 1, 2):
        full = (*database._PRAGMAS, f"PRAGMA max_page_count={pages + room}")
        with monkeypatch.context() as patch:
            patch.setattr(database, "_PRAGMAS", full)
            with pytest.raises(StoreError) as error:
                Sessions(first).list()
        assert error.value.key == "store_disk_full"
        assert first.read_bytes() == before
    assert len(Sessions(first).list()) == 3


# dies by SIGKILL once the given statement has been run; a cache of one page has by then written
# changes into the file itself, so that only the journal knows how it was
KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from simulator.store import database
from simulator.store.repository import Sessions

database._PRAGMAS = (*database._PRAGMAS, "PRAGMA cache_size=1", "PRAGMA cache_spill=1")
path, last = sys.argv[1:]

@event.listens_for(Engine, "after_cursor_execute")
def stop(connection, cursor, statement, parameters, context, many):
    if last in statement:
        os.kill(os.getpid(), signal.SIGKILL)

Sessions(Path(path)).list()
"""


@pytest.mark.parametrize(
    "last",
    [
        "CREATE TABLE alembic_version",
        "CREATE TABLE notes",
        "ADD COLUMN forked",
        "PRAGMA user_version=2",
        "UPDATE alembic_version",
    ],
)
def test_kill_9_in_the_middle_of_a_migration_leaves_the_old_database(old: Path, last: str) -> None:
    before = dumped(old)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(old), last], check=False, cwd=ROOT)
    assert killed.returncode == -9
    copy = old.with_name("copy.sqlite3")
    shutil.copy(old, copy)
    journal = old.with_name(f"{old.name}-journal")
    if journal.exists():
        shutil.copy(journal, copy.with_name(f"{copy.name}-journal"))
    assert dumped(copy) == before
    assert len(Sessions(old).list()) == 3
    assert asked(old, "PRAGMA user_version") == [(VERSION,)]


def test_the_killed_migration_had_begun_to_write(first: Path) -> None:
    before = first.read_bytes()
    last = "UPDATE alembic_version"
    subprocess.run([sys.executable, "-c", KILLED, str(first), last], check=False, cwd=ROOT)
    assert first.read_bytes() != before
    assert first.with_name(f"{first.name}-journal").stat().st_size > 0


def test_threads_that_open_an_old_database_together_migrate_it_once(first: Path) -> None:
    together(lambda: Sessions(first, patience=30).list())
    assert len(Sessions(first).list()) == 3
    assert asked(first, "SELECT version_num FROM alembic_version") == [(revisions()[-1],)]


def together(use: Callable[[], object]) -> None:
    failed: list[Exception] = []

    def run() -> None:
        try:
            use()
        except StoreError as error:
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_processes_that_open_an_old_database_together_migrate_it_once(first: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from simulator.store.repository import Sessions;"
        "print(len(Sessions(Path(sys.argv[1]), patience=30).list()))"
    )
    run = [sys.executable, "-c", code, str(first)]
    children = [subprocess.Popen(run, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [child.communicate(timeout=120)[0].strip() for child in children] == ["3"] * 3


@pytest.mark.parametrize("version", [1, VERSION - 1, -5])
def test_a_strangers_database_with_a_version_like_ours_is_left_alone(
    tmp_path: Path, version: int
) -> None:
    path = tmp_path / "sessions.sqlite3"
    raw = sqlite3.connect(path)
    raw.executescript(f"CREATE TABLE recipes (name TEXT); PRAGMA user_version={version};")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(StoreError) as error:
        Sessions(path).append("abc123", started())
    assert error.value.key == "store_not_a_database"
    assert path.read_bytes() == before


def test_a_folder_with_signs_that_mean_something_to_alembic(tmp_path: Path) -> None:
    path = tmp_path / "100 % %(here)s" / "sessions.sqlite3"
    Sessions(path).begin(call())
    assert Sessions(path).events("abc123") == call()
