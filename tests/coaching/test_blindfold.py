from __future__ import annotations

from simulator.coaching.blindfold import Blindfold
from simulator.coaching.pen import Pen
from simulator.domain.score import Dimension

ONES = dict.fromkeys(Dimension, 1)


def fold(*notes, on=True, seen=()) -> Blindfold:
    return Blindfold("Kim", on, frozenset(seen), notes)


def test_open_eyes_see_everything():
    other = Pen("Robin", 1).rating(ONES)
    blindfold = fold(other, on=False)
    assert not blindfold.hides(1) and not blindfold.hides_state(9)
    assert blindfold.shown(1) == (other,)
    assert not blindfold.may_rate(1)


def test_a_reply_is_hidden_until_ones_own_rating_stands():
    assert fold().hides(1) and fold().may_rate(1)
    assert fold(Pen("Robin", 1).rating(ONES)).hides(1)
    own = fold(Pen("Kim", 1).rating(ONES))
    assert not own.hides(1) and own.hides(2)
    assert not own.may_rate(1)


def test_one_unrated_reply_hides_the_state_from_there_on():
    blindfold = fold(Pen("Kim", 1).rating(ONES), Pen("Kim", 3).rating(ONES))
    assert [blindfold.hides_state(exchange) for exchange in range(5)] == [
        False, False, True, True, True,
    ]  # fmt: skip


def test_others_notes_are_hidden_with_the_reply_ones_own_are_not():
    mine, others = Pen("Kim", 1).remark("praise", "gut"), Pen("Robin", 1).remark("advice", "hm")
    assert fold(mine, others).shown(1) == (mine,)
    rated = Pen("Kim", 1).rating(ONES)
    assert set(fold(mine, others, rated).shown(1)) == {mine, others, rated}


def test_what_was_seen_openly_cannot_be_rated_blind():
    blindfold = fold(seen=[1, 2])
    assert not blindfold.may_rate(1) and blindfold.may_rate(3)
    assert blindfold.hides(1)
    assert blindfold.spoilt([1, 2, 3]) == (1, 2)


def test_who_has_overruled_or_rated_has_seen_the_scores_even_if_it_was_taken_back():
    pen = Pen("Kim", 1)
    rating, overruling = pen.rating(ONES), pen.overruling(Dimension.EMPATHY, 2, "weil")
    for note in (rating, overruling):
        taken_back = fold(note, pen.withdrawal(note))
        assert not taken_back.may_rate(1)
        assert taken_back.hides(1)
    assert fold(Pen("Robin", 1).overruling(Dimension.EMPATHY, 2, "weil")).may_rate(1)


def test_notes_that_no_longer_stand_are_not_shown():
    pen = Pen("Kim", 1)
    first = pen.overruling(Dimension.EMPATHY, 2, "weil")
    second = pen.overruling(Dimension.EMPATHY, 1, "doch nicht", replaces=first.id)
    assert fold(first, second, on=False).shown(1) == (second,)
