"""Changed files are noticed once, and what could be used is not lost to a slip."""

import pytest

from simulator.content.catalogue import Catalogue
from simulator.content.watch import Watch
from simulator.errors import UsageError
from tests.content.examples import PERSONA, SCENARIO, lay_out


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = lay_out(tmp_path / "home", {"keller": PERSONA}, {"doppelt": SCENARIO})
    monkeypatch.setenv("HOERER_HOME", str(folder))
    return folder


def test_nothing_is_read_again_before_a_file_changes(home):
    watch = Watch(Catalogue.load)
    assert watch.look() is None
    watch.read()
    assert watch.look() is None
    file = home / "personas" / "keller.yaml"
    file.write_text(PERSONA.replace("age: 47", "age: 48"), encoding="utf-8")
    assert watch.look().persona("keller").age == 48
    assert watch.look() is None


def test_files_that_come_and_go_are_noticed(home):
    watch = Watch(Catalogue.load)
    watch.read()
    new = home / "personas" / "maier.yaml"
    new.write_text(PERSONA, encoding="utf-8")
    assert "maier" in watch.look().personas
    new.unlink()
    assert "maier" not in watch.look().personas


def test_a_folder_that_was_not_there_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setenv("HOERER_HOME", str(tmp_path / "none"))
    watch = Watch(Catalogue.load)
    watch.read()
    lay_out(tmp_path / "none", {"keller": PERSONA}, {})
    assert "keller" in watch.look().personas


def test_a_failure_is_told_once_and_the_next_change_read(home):
    fails = []

    def load():
        if fails:
            raise fails.pop()
        return Catalogue.load()

    watch = Watch(load)
    watch.read()
    fails.append(UsageError("call_over"))
    (home / "personas" / "maier.yaml").write_text(PERSONA, encoding="utf-8")
    with pytest.raises(UsageError):
        watch.look()
    assert watch.look() is None
    (home / "personas" / "huber.yaml").write_text(PERSONA, encoding="utf-8")
    assert {"maier", "huber"} <= watch.look().personas.keys()


def test_a_catalogue_loses_what_was_usable_and_is_broken_now(home):
    good = Catalogue.load()
    (home / "personas" / "draft.yaml").write_text("age: 5", encoding="utf-8")
    with_draft = Catalogue.load()
    assert with_draft.problems and not with_draft.loses(good)
    (home / "scenarios" / "doppelt.yaml").write_text("channel: phone", encoding="utf-8")
    broken = Catalogue.load()
    assert broken.loses(with_draft) and not broken.loses(broken)
    (home / "scenarios" / "doppelt.yaml").unlink()
    assert not Catalogue.load().loses(with_draft)
