"""Each cue is found where a trainer would point, and not beside it, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.cue import POSITIVE_CUES, Cue
from simulator.domain.score import Dimension
from simulator.scoring.cues import DIMENSIONS, find_cues
from tests.scoring.cue_table import FOUND, NOT_FOUND


def cues(reply, context, language):
    return {one.cue for one in find_cues(reply, context, language)}


@pytest.mark.parametrize(("cue", "language", "reply", "context"), FOUND)
def test_found(cue, language, reply, context):
    assert cue in cues(reply, context, language)


@pytest.mark.parametrize(("cue", "language", "reply", "context"), NOT_FOUND)
def test_not_found(cue, language, reply, context):
    assert cue not in cues(reply, context, language)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("cue", list(Cue))
def test_the_table_covers_every_cue(cue, language):
    found = [row for row in FOUND if row[:2] == (cue, language)]
    not_found = [row for row in NOT_FOUND if row[:2] == (cue, language)]
    assert len(found) >= 3
    assert len(not_found) >= 2


def test_every_cue_counts_for_a_dimension():
    assert DIMENSIONS.keys() == set(Cue)
    assert all(DIMENSIONS.values())
    assert set().union(*DIMENSIONS.values()) == set(Dimension)


def test_the_span_is_the_wording_itself():
    reply = "Gut. Bitte beruhigen Sie sich, ja?"
    (one,) = find_cues(reply, "", "de")
    assert reply[one.start : one.end] == "beruhigen Sie sich"
    assert one.polarity == "negative"


def test_facts_side_by_side_make_one_span():
    reply = "Elf von hundert, das ist wenig."
    spans = [
        reply[one.start : one.end]
        for one in find_cues(reply, "Nur elf von hundert haben geklappt!", "de")
        if one.cue is Cue.TAKEN_UP_FACT
    ]
    assert spans == ["Elf von hundert"]


def test_a_number_is_the_same_as_word_and_as_digits():
    assert Cue.TAKEN_UP_FACT in cues("Also 3 Wochen.", "Seit drei Wochen!", "de")
    assert Cue.TAKEN_UP_FACT in cues("So three weeks.", "It's been 3 weeks!", "en")


def test_a_typographic_apostrophe_is_read_as_the_plain_one():
    assert Cue.NOT_MY_JOB in cues("That’s not my job, it isn’t our department.", "", "en")


def test_words_given_back_are_no_insult():
    context = "Sie Idiot!"
    assert Cue.INSULT not in cues("Idiot lassen wir bitte weg.", context, "de")
    assert Cue.INSULT in cues("Idiot selber, Sie Trottel.", context, "de")


@given(
    st.text(max_size=300),
    st.text(max_size=300),
    st.sampled_from(["de", "en"]),
    st.lists(st.text(max_size=80), max_size=3),
)
def test_spans_lie_within_any_text(reply, context, language, earlier):
    for one in find_cues(reply, context, language, tuple(earlier)):
        assert 0 <= one.start < one.end <= len(reply)
        assert (one.polarity == "positive") == (one.cue in POSITIVE_CUES)
