"""Whoever wants to be forgotten is: no name and no word of theirs is left in any file."""

from __future__ import annotations

import sqlite3
import unicodedata
from pathlib import Path

import pytest

from simulator.domain.conversation import CallStarted, Event, Fork
from simulator.errors import StoreError
from simulator.store.repository import Sessions
from tests.calls import agent, call, customer, ended, started
from tests.store.noted import remark

NAME = "Ruprecht-Zimtstern"
WORD = "Zauberwort-Blaubeere"
COACHED = "Rat-Quittengelee"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "sessions.sqlite3"


@pytest.fixture
def sessions(path: Path) -> Sessions:
    return Sessions(path)


def spoken(session: str, exchanges: int, trainee: str = NAME) -> tuple[Event, ...]:
    """Return a call long enough to spill over pages of the file."""
    events: list[Event] = [started(session, trainee=trainee)]
    for turn in range(1, exchanges + 1):
        events.append(agent(turn, f"{WORD} {'lang ' * (turn * 60)}"))
        events.append(customer(turn, f"{trainee}, {WORD}!"))
    return tuple(events)


def forked(session: str, of: str, trainee: str) -> tuple[Event, ...]:
    log = spoken(session, 2, trainee)
    assert isinstance(log[0], CallStarted)
    fork = Fork(session=of, turn=2)
    return (log[0].model_copy(update={"trainee": trainee, "forked": fork}), *log[1:])


def left_over(folder: Path, *words: str) -> list[str]:
    """Return the files below ``folder`` that still have one of the words, in any encoding."""
    sought = [word.encode(coding) for word in words for coding in ("utf-8", "utf-16-le")]
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if any(word in file.read_bytes() for word in sought)]


def test_every_trace_of_a_trainee_is_gone(sessions: Sessions, path: Path) -> None:
    for number in range(6):
        # interleaved with others, so that pages are shared and trees are rebalanced
        name = f"gone{number}"
        for event in spoken(name, 8):
            sessions.append(name, event)
        sessions.begin((*call(f"stays{number}"), ended()))
        for note in range(12):
            text = f"{COACHED} für {NAME} {'und noch mehr ' * 40}"
            sessions.annotate(name, remark(f"note{note:04}", text=text))
        sessions.annotate(f"stays{number}", remark(text="bleibt"))
        sessions.keep_line(name, 3)
        sessions.keep_line(f"stays{number}", 1)
    assert left_over(path.parent, NAME) == left_over(path.parent, COACHED) == [path.name]
    size = path.stat().st_size

    assert len(sessions.of_trainee(NAME)) == 6
    assert sessions.delete_trainee(NAME) == 6

    assert left_over(path.parent, NAME, WORD, COACHED) == []
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.stat().st_size < size / 2, "the space is given back"
    assert sessions.of_trainee(NAME) == ()
    assert sessions.delete_trainee(NAME) == 0
    assert {line.id for line in sessions.list()} == {f"stays{number}" for number in range(6)}
    assert all(sessions.notes(line.id) == (remark(text="bleibt"),) for line in sessions.list())
    raw = sqlite3.connect(path)
    kept = {id for (id,) in raw.execute("SELECT session FROM kept_lines")}
    raw.close()
    assert kept == {line.id for line in sessions.list()}, "no kept line of theirs is left"


def test_deleting_one_call_takes_the_notes_on_it_along(sessions: Sessions, path: Path) -> None:
    sessions.begin(call("gone01"))
    sessions.begin(call("stays1"))
    for name, text in (("gone01", COACHED), ("stays1", "bleibt")):
        sessions.annotate(name, remark(text=text))
    sessions.delete("gone01")
    assert left_over(path.parent, COACHED) == []
    assert sessions.notes("stays1") == (remark(text="bleibt"),)


def test_forks_that_repeat_the_words_go_too_whoever_made_them(
    sessions: Sessions, path: Path
) -> None:
    sessions.begin(spoken("first1", 3))
    sessions.begin(forked("second", "first1", "Vera"))
    sessions.begin(forked("third1", "second", ""))
    sessions.begin(forked("other1", "elsewhere", "Jens"))
    assert {line.id for line in sessions.of_trainee(NAME)} == {"first1", "second", "third1"}
    assert {line.id for line in sessions.of_trainee("Vera")} == {"second", "third1"}
    assert sessions.summary("second").forked == "first1"
    assert sessions.delete_trainee(NAME) == 3
    assert [line.id for line in sessions.list()] == ["other1"]
    assert left_over(path.parent, NAME) == []


@pytest.mark.parametrize(
    ("kept", "asked", "same"),
    [
        ("Jörg", unicodedata.normalize("NFD", "Jörg"), True),
        (unicodedata.normalize("NFD", "Jörg"), "Jörg", True),
        ("Mia", " Mia ", True),
        ("Mia ", "Mia", True),
        ("Mia", "Mi", False),
        ("Mia", "mia", False),
        ("Mia", "%", False),
        ("Mia", "M_a", False),
        ("", "", False),
        (" ", "", False),
        ("'; DROP TABLE sessions;--", "'; DROP TABLE sessions;--", True),
    ],
)
def test_a_name_is_meant_letter_by_letter(
    sessions: Sessions, kept: str, asked: str, same: bool
) -> None:
    sessions.append("abc123", started(trainee=kept))
    assert len(sessions.of_trainee(asked)) == same
    assert sessions.delete_trainee(asked) == same
    assert len(sessions.list()) == (not same)


def test_the_sessions_of_a_trainee_come_newest_first(sessions: Sessions) -> None:
    for name, minutes in (("middle", 5), ("newest", 9), ("oldest", 0)):
        sessions.begin(call(name, minutes=minutes))
    sessions.append("other1", started("other1", trainee="Jens"))
    assert [line.id for line in sessions.of_trainee("Mia")] == ["newest", "middle", "oldest"]


def test_an_erasure_that_cannot_be_done_is_said_and_does_nothing(
    sessions: Sessions, path: Path
) -> None:
    sessions.begin(spoken("gone01", 2))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError) as error:
        Sessions(path, patience=0.2).delete_trainee(NAME)
    assert error.value.key == "store_locked"
    other.execute("COMMIT")
    other.close()
    assert sessions.events("gone01") == spoken("gone01", 2)
