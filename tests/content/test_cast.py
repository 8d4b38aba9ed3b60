"""An author names one of the two, and the other goes with it."""

import pytest

from simulator.content.cast import cast
from simulator.content.catalogue import Catalogue
from simulator.errors import ContentError, UsageError
from tests.content.examples import PERSONA, SCENARIO, lay_out


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = lay_out(tmp_path / "home", {"keller": PERSONA}, {"doppelt": SCENARIO})
    monkeypatch.setenv("HOERER_HOME", str(folder))
    return folder


def test_the_other_one_is_the_first_that_fits(home):
    catalogue = Catalogue.load()
    assert cast(catalogue, "doppelt") == ("keller", "doppelt")
    assert cast(catalogue, "keller") == ("keller", "doppelt")
    shipped = catalogue.scenario("internet-kuendigung")
    assert cast(catalogue, shipped.id) == (shipped.personas[0], shipped.id)


def test_the_option_decides(home):
    catalogue = Catalogue.load()
    assert cast(catalogue, "doppelt", persona="brandt") == ("brandt", "doppelt")
    assert cast(catalogue, "keller", scenario="heizung-kalt") == ("keller", "heizung-kalt")
    with pytest.raises(UsageError) as unknown:
        cast(catalogue, "doppelt", persona="kellner")
    assert unknown.value.values["suggestion"] == "keller"


def test_a_path_says_by_itself_what_it_is(home):
    catalogue = Catalogue.load()
    persona = str(home / "personas" / "keller.yaml")
    scenario = str(home / "scenarios" / "doppelt.yaml")
    assert cast(catalogue, persona) == (persona, "doppelt")
    assert cast(catalogue, scenario) == ("keller", scenario)
    with pytest.raises(UsageError, match="content_path_missing"):
        cast(catalogue, str(home / "none.yaml"))


def test_a_near_name_is_suggested_whatever_it_is_of(home):
    catalogue = Catalogue.load()
    for given, meant in (("keler", "keller"), ("dopelt", "doppelt")):
        with pytest.raises(UsageError, match="unknown_content_near") as unknown:
            cast(catalogue, given)
        assert unknown.value.values["suggestion"] == meant
    with pytest.raises(UsageError, match="unknown_content"):
        cast(catalogue, "xxxxxxxx")


def test_a_broken_file_is_told_with_its_problem(home):
    (home / "personas" / "keller.yaml").write_text("age: 5", encoding="utf-8")
    catalogue = Catalogue.load()
    with pytest.raises(ContentError, match="content_broken"):
        cast(catalogue, "keller")
    with pytest.raises(ContentError, match="content_broken"):
        cast(catalogue, "doppelt")
