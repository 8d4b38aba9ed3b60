import pytest

from simulator.content.loader import load_persona, load_scenario
from simulator.domain.act import Act
from simulator.domain.cue import Cue
from simulator.domain.persona import Temperament
from simulator.errors import ContentError
from simulator.i18n import explain
from tests.content.examples import PERSONA, SCENARIO, lay_out


def test_a_persona_is_read_whole(tmp_path):
    folder = lay_out(tmp_path, {"keller": PERSONA}, {})
    persona = load_persona(folder / "personas" / "keller.yaml")
    assert persona.id == "keller"
    assert persona.age == 47
    assert persona.temperament is Temperament.MISSTRAUISCH
    assert persona.start.anger == 6
    assert persona.triggers[0].cues == (Cue.STOCK_PHRASE,)
    assert persona.triggers[0].de.phrases == ("Ihr Anliegen ist uns wichtig",)
    assert persona.softeners[0].en.label == "a fixed date"
    assert persona.de.lines[Act.THANK] == ("Danke, dass Sie nachsehen.",)


def test_a_scenario_is_read_whole(tmp_path):
    folder = lay_out(tmp_path, {"keller": PERSONA}, {"doppelt": SCENARIO})
    scenario = load_scenario(folder / "scenarios" / "doppelt.yaml")
    assert scenario.id == "doppelt"
    assert scenario.personas == ("keller",)
    assert [fact.release for fact in scenario.facts] == ["open", "asked", "trust"]
    assert scenario.de.case_file[0].date == "1. Juli"
    assert scenario.en.lines[0].opening
    assert scenario.en.lines[4].after == (Cue.BLAME, Cue.JUSTIFICATION)


def test_a_scenario_may_name_a_persona_lying_beside_it(tmp_path):
    (tmp_path / "keller.yaml").write_text(PERSONA, encoding="utf-8")
    (tmp_path / "doppelt.yaml").write_text(SCENARIO, encoding="utf-8")
    assert load_scenario(tmp_path / "doppelt.yaml").id == "doppelt"


def test_the_error_tells_the_first_problem_and_how_many_more(tmp_path):
    text = PERSONA.replace("age: 47", "age: 5").replace("difficulty: 2", "difficulty: 9")
    file = lay_out(tmp_path, {"keller": text}, {}) / "personas" / "keller.yaml"
    with pytest.raises(ContentError) as raised:
        load_persona(file)
    assert raised.value.exit_code == 2
    assert explain(raised.value, "en") == (
        f"{file}:1:6: “age” is 5, which is too small → use at least 14 "
        f"(further problems: 1; “hoerer content lint {file}” shows them all)."
    )
    assert explain(raised.value, "de") == (
        f"{file}:1:6: „age“ ist mit 5 zu klein → nimm mindestens 14 "
        f"(weitere Probleme: 1; alle zeigt „hoerer content lint {file}“)."
    )


def test_a_missing_file_is_a_content_error(tmp_path):
    with pytest.raises(ContentError) as raised:
        load_scenario(tmp_path / "none.yaml")
    assert "cannot be read" in explain(raised.value, "en")
