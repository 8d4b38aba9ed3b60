import re

from simulator.content.catalogue import Catalogue
from simulator.customer.attention import Attentions
from simulator.training.listener import fit_listener
from simulator.training.questions import others, questions
from tests.customer.listeners import WordReader


def test_no_question_is_in_both_halves_and_each_has_its_fact():
    catalogue = Catalogue.load()
    halves = {}
    for question in questions():
        assert question.fact in {fact.id for fact in catalogue.scenario(question.scenario).facts}
        halves.setdefault(question.scenario, question.kept_aside)
        assert halves[question.scenario] == question.kept_aside
    assert set(halves.values()) == {True, False}
    assert set(halves) == set(catalogue.scenarios)
    assert {other.language for other in others()} == {"de", "en"}


def test_a_fit_on_words_alone_is_far_better_than_chance_on_what_it_has_not_seen(tmp_path):
    said = []
    fit_listener(Catalogue.load(), WordReader(), tmp_path, said.append)
    fitted = Attentions.load(tmp_path)
    for attention in (fitted.exampled, fitted.bare):
        assert attention.shared > 0 and attention.aligned > 0
    exampled, bare = (
        [float(share) for share in re.findall(r"([\d.]+)%", line)]
        for line in said
        if line.startswith("kept aside")
    )
    for right, nearest, silent, *_ in (exampled, bare):
        assert nearest >= right > 40
        assert silent > 50
    assert exampled[0] > bare[0] + 5
    assert exampled[3] > 1
