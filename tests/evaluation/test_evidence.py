"""Marked words are deleted, and as many others."""

import pytest

from simulator.domain.cue import Cue
from simulator.domain.score import Dimension, Evidence
from simulator.evaluation.evidence import Deletion, carried, deletions, others, told
from simulator.scoring.deletion import joined, without
from simulator.scoring.scorer import Scorer
from simulator.training.corpus import rated_replies, test_part
from tests.scoring.reading import HashReader, examples, heads


def evidence(start, end):
    return Evidence(start=start, end=end, cue=Cue.THANKS, polarity="positive")


def test_overlapping_marks_are_one_span():
    assert joined([evidence(5, 9), evidence(0, 3), evidence(2, 4)]) == [(0, 4), (5, 9)]


def test_marked_words_are_gone_and_the_room_with_them():
    assert without("Danke für das Warten, Frau Brandt.", [(0, 5), (14, 20)]) == (
        "für das , Frau Brandt."
    )


def test_as_many_other_words_are_drawn():
    text = "eins zwei drei vier fünf"
    chosen = others(text, [(0, 9)], [(0, 9)], seed=1)
    assert len(chosen) == 2
    assert all(start >= 10 for start, _ in chosen)
    assert others(text, [(0, 9)], [(0, 9)], seed=1) == chosen
    assert others("eins zwei", [(0, 4)], [(0, 4), (0, 4)], seed=1) == []


def test_shares_and_means_are_told():
    found = [
        Deletion(Dimension.EMPATHY, "positive", 20.0, 5.0),
        Deletion(Dimension.EMPATHY, "positive", -10.0, None),
    ]
    [row] = carried(found)
    assert (row.share, row.marked, row.others, row.n) == (0.5, 5.0, 5.0, 2)
    assert "50.0%" in told(row)
    assert row.marked == pytest.approx(5.0)


def test_marked_words_are_cut_from_replies_of_the_corpus():
    scorer = Scorer(HashReader(), heads(weight=2.0), examples())
    found = deletions(scorer, rated_replies(test_part())[:60])
    assert {one.polarity for one in found} == {"positive", "negative"}
    assert any(one.others is not None for one in found)
    assert all(-100 <= one.marked <= 100 for one in found)
