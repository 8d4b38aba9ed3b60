import pytest

from simulator.content.catalogue import Catalogue
from simulator.content.lint import lint
from simulator.content.readability import HARD_BRIEFING, HARD_LINES, lix
from simulator.domain.language import LANGUAGES
from tests.content.examples import PERSONA, SCENARIO, lay_out

OFFICIAL = (
    "Im Rahmen der ordnungsgemäßen Sachbearbeitung eingehender Kundenbeschwerden berücksichtigst"
    " du unternehmensinterne Bearbeitungsrichtlinien, vertragsrechtliche Besonderheiten sowie"
    " gegebenenfalls bestehende Gewährleistungsansprüche, insbesondere hinsichtlich"
    " Erstattungsfähigkeit, Fristversäumnissen und anderweitiger Rückabwicklungsmöglichkeiten,"
    " und unterrichtest anschließend die Fachabteilung."
)


def test_the_index_is_the_one_of_bjoernsson():
    # six words, two of them long, in two sentences: 6 / 2 + 100 * 2 / 6
    assert lix("Gestern regnete es. Wir lasen Zeitungen.") == pytest.approx(3 + 50)
    assert lix("Es geht um 39,90 €!") == pytest.approx(3)
    assert lix("… 12 !") == 0


def test_a_briefing_like_a_regulation_is_a_hint_and_no_problem(tmp_path):
    text = SCENARIO.replace("Du darfst sofort erstatten und bis zu 10 € gutschreiben.", OFFICIAL)
    folder = lay_out(tmp_path, {"keller": PERSONA}, {"doppelt": text})
    [hint] = lint([folder / "scenarios" / "doppelt.yaml"])
    assert hint.hint
    assert (hint.key, hint.line) == ("hard_briefing", 28)
    assert "28:13: Hinweis: der Auftrag liest sich schwer (LIX " in hint.render("de")


def test_a_customer_who_talks_like_one_is_a_hint(tmp_path):
    folder = lay_out(tmp_path, {"keller": PERSONA.replace("Ich bin es so leid.", OFFICIAL)}, {})
    [hint] = lint([folder])
    assert hint.key == "hard_lines"
    assert "hint: hardly anybody talks like this (LIX " in hint.render("en")


def test_the_limits_lie_above_what_ships():
    catalogue = Catalogue.load()
    for language in LANGUAGES:
        for scenario in catalogue.scenarios.values():
            text = scenario.text(language)
            assert lix(text.briefing) < HARD_BRIEFING - 3
            assert lix("\n".join(line.text for line in text.lines)) < HARD_LINES - 3
        for persona in catalogue.personas.values():
            said = [line for lines in persona.text(language).lines.values() for line in lines]
            assert lix("\n".join(said)) < HARD_LINES - 3
