from pathlib import Path

import pytest

from simulator.errors import StoreError
from simulator.store.drafts import Drafts, Place
from simulator.store.repository import Sessions
from tests.calls import call, started

NEW = Place("yilmaz", "wartet", "de", "Mia")


def test_a_draft_is_kept_replaced_and_dropped(tmp_path: Path):
    drafts = Drafts(tmp_path / "drafts")
    assert drafts.of(NEW) == ""
    drafts.keep(NEW, "Guten Tag\n[b]")
    drafts.keep(NEW, "Guten Tag,\nFrau Yılmaz")
    assert Drafts(tmp_path / "drafts").of(NEW) == "Guten Tag,\nFrau Yılmaz"
    assert drafts.of(Place("yilmaz", "wartet", "en", "Mia")) == ""
    drafts.keep(NEW, "  \n")
    assert drafts.of(NEW) == "" and not list((tmp_path / "drafts").iterdir())


def test_deleting_a_person_deletes_their_drafts(tmp_path: Path):
    sessions = Sessions(tmp_path / "sessions.sqlite3")
    for event in call():
        sessions.append("abc123", event)
    own = Place("yilmaz", "router", "de", "Mia", "abc123")
    other = Place("yilmaz", "wartet", "de", "Kim")
    for place in (NEW, own, other):
        sessions.drafts.keep(place, "geheim")
    sessions.delete_trainee("Mia")
    assert [sessions.drafts.of(each) for each in (NEW, own, other)] == ["", "", "geheim"]


def test_deleting_a_session_deletes_its_draft(tmp_path: Path):
    sessions = Sessions(tmp_path / "sessions.sqlite3")
    sessions.append("abc123", started())
    own = Place("yilmaz", "router", "de", "Mia", "abc123")
    sessions.drafts.keep(own, "geheim")
    sessions.delete("abc123")
    assert sessions.drafts.of(own) == ""


def test_a_folder_that_cannot_be_made_is_said_and_a_broken_draft_is_none(tmp_path: Path):
    (tmp_path / "drafts").write_text("a file")
    with pytest.raises(StoreError, match="draft_not_kept"):
        Drafts(tmp_path / "drafts").keep(NEW, "Hallo")
    drafts = Drafts(tmp_path / "good")
    drafts.keep(NEW, "Hallo")
    (tmp_path / "good" / NEW.file).write_text("[1")
    assert drafts.of(NEW) == ""
