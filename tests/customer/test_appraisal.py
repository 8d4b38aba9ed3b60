import pytest

from simulator.customer.appraisal import UNRATED, appraise, label, worth
from simulator.domain.cue import Cue
from simulator.domain.score import DimensionScore
from tests.customer.people import person, rated

PLAIN = rated(1, 1, 1)


def test_a_cue_sets_off_what_names_it():
    appraisal = appraise("…", rated(1, 1, 0, Cue.CALM_DOWN), person(), "en")
    assert [one.label for one in appraisal.triggers] == ["told to calm down"]
    assert appraisal.softeners == ()


@pytest.mark.parametrize(
    "reply",
    [
        "Jetzt BERUHIGEN Sie sich!",
        "Beruhigen\nSie  sich.",
        "Geht’s noch?",
        "Geht's noch?",
        "Na, geht‘s noch, Frau Ebert?",
    ],
)
def test_a_phrase_is_found_whatever_its_case_space_and_apostrophe(reply):
    assert [t.label for t in appraise(reply, PLAIN, person(), "de").triggers] == [
        "soll sich beruhigen"
    ]


def test_a_phrase_counts_only_as_whole_words_and_in_the_language_of_the_call():
    assert not appraise("Calm downstairs, please.", PLAIN, person(), "en").triggers
    assert not appraise("Calm down.", PLAIN, person(), "de").triggers


def test_a_composed_umlaut_is_the_decomposed_one():
    decomposed = "Ich u\u0308bernehme das."
    assert appraise(decomposed, PLAIN, person(), "de").softeners


def test_cue_and_phrase_together_count_once_and_trigger_and_softener_both():
    scores = rated(1, 1, 1, Cue.OWNERSHIP, Cue.CONCRETE_STEP, Cue.CALM_DOWN)
    appraisal = appraise("Calm down, leave it with me, leave it with me.", scores, person(), "en")
    assert len(appraisal.triggers) == 1
    assert len(appraisal.softeners) == 1


def test_scores_read_on_the_scale_of_the_labels():
    assert label(DimensionScore(value=100)) == 2
    assert label(DimensionScore(value=None, abstained="too_short")) == UNRATED
    assert worth(rated(2, 1, None)) == pytest.approx((3 + UNRATED) / 3)
