"""What ships is what the pages promise: enough of it, complete, and as hard as it says."""

from itertools import chain
from statistics import median

import pytest

from simulator.content.catalogue import Catalogue
from simulator.domain.cue import Cue
from simulator.domain.language import LANGUAGES
from simulator.domain.script import PROFILES
from simulator.scoring.cues import find_cues

CATALOGUE = Catalogue.load()
PEOPLE = list(CATALOGUE.personas.values())
SCENARIOS = list(CATALOGUE.scenarios.values())
EASY, MEDIUM, HARD = 1, 2, 3


def of(level, content):
    return [each for each in content if each.difficulty == level]


def cold(person):
    """How far somebody is from being won over when they call."""
    return person.start.anger - person.start.trust - person.start.feeling_heard


def reserve(scenario):
    """How much it takes before the hidden need may come out."""
    return scenario.hidden_need.trust + scenario.hidden_need.feeling_heard


def deepest(scenario):
    """How much trust it takes before the whole story is told."""
    return max(fact.trust for fact in scenario.facts)


def test_there_is_enough_of_it():
    assert len(PEOPLE) >= 16
    assert len(SCENARIOS) >= 24
    assert {scenario.channel for scenario in SCENARIOS} == {"phone", "email"}
    for level in (EASY, MEDIUM, HARD):
        assert len(of(level, PEOPLE)) >= 5
        assert len(of(level, SCENARIOS)) >= 5


def test_everybody_has_something_to_call_about():
    assert {id for scenario in SCENARIOS for id in scenario.personas} == {p.id for p in PEOPLE}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_a_scenario_is_whole_in_both_languages(scenario):
    assert {fact.release for fact in scenario.facts} == {"open", "asked", "trust"}
    german, english = (scenario.text(language) for language in LANGUAGES)
    assert [paper.kind for paper in german.case_file] == [p.kind for p in english.case_file]
    assert len(german.may_offer) == len(english.may_offer) >= 3
    for text in (german, english):
        # worth reading: several papers, each with its day, and more than one sort of them
        assert len(text.case_file) >= 4
        assert len({paper.kind for paper in text.case_file}) >= 2
        assert all(paper.date for paper in text.case_file)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_the_good_agent_asks_and_the_others_ask_less(scenario, language):
    asked = {}
    for profile in PROFILES:
        replies = CATALOGUE.script(scenario.id, profile).replies(language)
        cues = (find_cues(reply, "", language) for reply in replies)
        asked[profile] = [e.cue for e in chain(*cues)].count(Cue.OPEN_QUESTION)
    assert asked["good"] >= 3
    assert asked["good"] > max(asked["mixed"], asked["poor"], asked["gaming"])


def test_easy_people_begin_warmer_and_hard_ones_move_more_slowly():
    warmest_medium = min(map(cold, of(MEDIUM, PEOPLE)))
    assert max(map(cold, of(EASY, PEOPLE))) < warmest_medium
    slowest = max(person.inertia for person in of(MEDIUM, PEOPLE))
    assert min(person.inertia for person in of(HARD, PEOPLE)) >= slowest
    middle = [median(p.inertia for p in of(level, PEOPLE)) for level in (EASY, MEDIUM, HARD)]
    assert middle == sorted(middle)


def test_easy_cases_let_their_story_out_sooner():
    assert max(map(reserve, of(EASY, SCENARIOS))) < min(map(reserve, of(MEDIUM, SCENARIOS)))
    assert max(map(deepest, of(EASY, SCENARIOS))) <= min(map(deepest, of(MEDIUM, SCENARIOS)))
    assert max(map(deepest, of(MEDIUM, SCENARIOS))) <= min(map(deepest, of(HARD, SCENARIOS)))
    for measure in (reserve, deepest):
        middle = [median(map(measure, of(level, SCENARIOS))) for level in (EASY, MEDIUM, HARD)]
        assert middle == sorted(middle)


@pytest.mark.parametrize("id", ["geburtstagsgeschenk", "vergessene-palette"])
def test_where_service_comes_unasked_the_agent_rings_first(id):
    scenario = CATALOGUE.scenario(id)
    assert "diesmal rufst du an" in scenario.de.briefing.casefold()
    assert "this time it's you who rings" in scenario.en.briefing.casefold()
