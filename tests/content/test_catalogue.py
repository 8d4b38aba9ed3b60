import pytest

from simulator import paths
from simulator.content import loader
from simulator.content.catalogue import Catalogue
from simulator.errors import ContentError, UsageError
from simulator.i18n import explain
from tests.content.examples import PERSONA, SCENARIO, lay_out


@pytest.fixture
def own(home):
    """A data folder with a persona and a scenario of one's own."""
    return lay_out(home, {"keller": PERSONA}, {"doppelt": SCENARIO})


def test_shipped_and_own_content(own):
    catalogue = Catalogue.load()
    shipped = {file.stem for file in paths.shipped("personas").glob("*.yaml")}
    assert set(catalogue.personas) | {p.path.stem for p in catalogue.problems} >= shipped
    assert catalogue.personas["keller"].age == 47
    assert catalogue.scenarios["doppelt"].channel == "phone"
    assert catalogue.persona("keller") is catalogue.personas["keller"]


def test_ones_own_file_overrides_a_shipped_one(own):
    (own / "personas" / "brandt.yaml").write_text(PERSONA, encoding="utf-8")
    assert Catalogue.load().personas["brandt"].age == 47


def test_the_script_beside_the_scenario_is_taken(own, tmp_path):
    folder = lay_out(tmp_path / "else", {}, {"doppelt": SCENARIO})
    beside = folder / "scenarios" / "scripts" / "doppelt.good.yaml"
    beside.write_text("de: [Hier.]\nen: [Here.]\n", encoding="utf-8")
    catalogue = Catalogue.load()
    assert catalogue.script(str(folder / "scenarios" / "doppelt.yaml"), "good").de == ("Hier.",)
    assert catalogue.script("doppelt", "good").de != ("Hier.",)
    (own / "scenarios" / "scripts" / "doppelt.poor.yaml").unlink()
    with pytest.raises(UsageError) as raised:
        catalogue.script("doppelt", "poor")
    assert raised.value.key == "script_missing"


def test_pairs_are_those_that_fit(own):
    catalogue = Catalogue.load()
    pairs = [(persona.id, scenario.id) for persona, scenario in catalogue.pairs()]
    assert ("keller", "doppelt") in pairs
    assert all(p in catalogue.scenarios[s].personas for p, s in pairs)


def test_a_broken_file_is_left_out_and_reported(own):
    broken = own / "personas" / "keller.yaml"
    broken.write_text("age: 5", encoding="utf-8")
    catalogue = Catalogue.load()
    assert "keller" not in catalogue.personas
    assert "doppelt" in catalogue.scenarios
    assert ("keller", "doppelt") not in [(p.id, s.id) for p, s in catalogue.pairs()]
    assert {p.path for p in catalogue.problems if p.path.is_relative_to(own)} == {broken}
    with pytest.raises(ContentError) as raised:
        catalogue.persona("keller")
    assert str(broken) in explain(raised.value, "de")


def test_unknown_ids_are_met_with_a_suggestion(own):
    catalogue = Catalogue.load()
    with pytest.raises(UsageError) as raised:
        catalogue.persona("kelller")
    assert explain(raised.value, "de") == (
        "Eine Persona „kelller“ gibt es nicht; meintest du „keller“?"
    )
    with pytest.raises(UsageError) as raised:
        catalogue.scenario("zzzzzz")
    assert explain(raised.value, "en").startswith("There is no scenario “zzzzzz”; choose one of: ")


def test_a_path_works_like_an_id(own, tmp_path):
    catalogue = Catalogue.load()
    folder = lay_out(tmp_path / "else", {"adler": PERSONA}, {"anders": SCENARIO})
    assert catalogue.persona(str(folder / "personas" / "adler.yaml")).id == "adler"
    assert catalogue.scenario(str(folder / "scenarios" / "anders.yaml")).id == "anders"
    with pytest.raises(UsageError) as raised:
        catalogue.persona("else/nobody")
    assert explain(raised.value, "en") == "There is no “else/nobody”; check the path."


def test_the_fingerprint_follows_the_bytes(own, tmp_path):
    before = Catalogue.load().fingerprint("keller", "doppelt")
    assert before == Catalogue.load().fingerprint("keller", "doppelt")
    assert before == Catalogue.load().fingerprint(str(own / "personas" / "keller.yaml"), "doppelt")
    assert len(before) == 16
    assert int(before, 16) >= 0
    (own / "personas" / "keller.yaml").write_text(PERSONA + "# more\n", encoding="utf-8")
    assert Catalogue.load().fingerprint("keller", "doppelt") != before


def test_nothing_of_ones_own(home):
    assert not home.exists()
    assert Catalogue.load().personas


def test_sound_content_is_never_read_slowly(own, monkeypatch):
    lay_out(own, {"keller": PERSONA}, {"doppelt": SCENARIO})

    def slowly(text):
        raise AssertionError("ruamel.yaml takes thirty times as long")

    monkeypatch.setattr(loader, "ruamel", slowly)
    assert "keller" in Catalogue.load().personas
