"""Questions and attempts are sound, and an answer is recognised by what is particular to it."""

from collections import Counter

from simulator.content.catalogue import Catalogue
from simulator.evaluation.probes import attempts, questions, tells

CATALOGUE = Catalogue.load()


def test_every_fact_is_asked_for_in_both_languages():
    asked = Counter((q.scenario, q.fact, q.language) for q in questions())
    for scenario in CATALOGUE.scenarios.values():
        for fact in scenario.facts:
            assert asked[scenario.id, fact.id, "de"] >= 2, (scenario.id, fact.id)
            assert asked[scenario.id, fact.id, "en"] >= 2, (scenario.id, fact.id)


def test_there_are_a_hundred_attempts_in_both_languages():
    languages = Counter(attempt.language for attempt in attempts())
    assert min(languages.values()) >= 50
    assert len({attempt.text for attempt in attempts()}) == sum(languages.values())


def test_an_answer_tells_a_fact_by_a_figure_or_by_its_words():
    scenario = CATALOGUE.scenario("internet-kuendigung")
    fact = next(one for one in scenario.facts if one.id == "price_rise")
    assert tells("41,99 Euro zahl ich jetzt!", fact, scenario, "de")
    assert not tells("Das geht Sie gar nichts an.", fact, scenario, "de")


def test_every_authored_line_tells_the_fact_it_is_marked_with():
    for scenario in CATALOGUE.scenarios.values():
        for fact in scenario.facts:
            for line in scenario.de.lines:
                if line.fact == fact.id:
                    assert tells(line.text, fact, scenario, "de"), line.text
