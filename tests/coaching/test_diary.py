"""One line of one's own: kept with the call, given to nobody, and gone when deleted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.coaching.bundle import Call, bundle, read_bundle
from simulator.coaching.diary import LONGEST_LINE, Diary
from simulator.coaching.pen import Pen
from simulator.coaching.table import table
from simulator.coaching.xapi import statements
from simulator.domain.annotation import standing
from simulator.i18n import Texts
from simulator.store.repository import Sessions
from tests.calls import call

MINE = "Dass es nicht mein Fehler war [zum Beispiel]"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sessions.sqlite3"


@pytest.fixture
def sessions(path: Path) -> Sessions:
    kept = Sessions(path)
    kept.begin(call())
    return kept


def diary(sessions: Sessions) -> Diary:
    return Diary.of("abc123", sessions)


def test_a_line_is_found_again_and_is_no_note_of_a_coach(sessions: Sessions):
    assert diary(sessions).line is None
    assert diary(sessions).keep(f"  {MINE}\n\x1b ").line.text == MINE
    found = diary(sessions).line
    assert (found.text, found.author, found.turn) == (MINE, "Mia", 2)
    assert standing(sessions.notes("abc123")) == ()
    assert sessions.summary("abc123").notes == 0


def test_a_later_line_takes_its_place_and_nothing_of_it_is_left(sessions, path: Path):
    first = diary(sessions).keep("Zuerst schrieb ich Quarkspeise")
    first.keep(MINE)
    [kept] = sessions.notes("abc123")
    assert kept.text == MINE
    files = [f for f in path.parent.iterdir() if f.name.startswith(path.name)]
    assert not any(b"Quarkspeise" in file.read_bytes() for file in files)


def test_an_empty_line_deletes_it_and_leaves_the_coachs_notes_alone(sessions, path: Path):
    remark = Pen("Kim", 1).remark("praise", "Gut.")
    sessions.annotate("abc123", remark)
    kept = diary(sessions).keep(MINE)
    assert kept.keep(" \n").line is None
    assert sessions.notes("abc123") == (remark,)
    assert MINE.encode() not in path.read_bytes()


def test_a_line_has_an_end(sessions: Sessions):
    assert len(diary(sessions).keep("x" * 999).line.text) == LONGEST_LINE


def test_what_goes_to_others_does_not_have_it_and_what_one_takes_along_does(sessions: Sessions):
    diary(sessions).keep(MINE)
    whole = Call(sessions.events("abc123"), sessions.notes("abc123"))
    assert MINE in bundle([whole])
    assert read_bundle(bundle([whole]), "f")[0] == whole
    assert MINE not in bundle([whole.for_others])
    assert MINE not in table([whole], Texts("de")).decode()
    assert MINE not in json.dumps(statements([whole]), ensure_ascii=False)
