"""Agreement is that of the textbooks, and nobody's place in a list tells how good they are."""

from __future__ import annotations

import dataclasses
import random

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from simulator.coaching.agreement import Said, agreement, alphabetical, ordinal_alpha
from simulator.coaching.opinions import NotedCall
from simulator.domain.score import Dimension
from simulator.scoring.agreement import bootstrap, quadratic_kappa
from tests.coaching.ratings import noted, overruling, rating, withdrawal

# Klaus Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: four observers,
# twelve units, five values, missing data.
_ = None
KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]

_rng = random.Random(7)
MACHINE = [[_rng.randrange(3) for _ in range(3)] for _ in range(18)]


def drifting(seed: int):
    """Return labels that follow the machine's in two cases of three."""
    rng = random.Random(seed)
    return [
        tuple(label if rng.random() < 0.67 else rng.randrange(3) for label in labels)
        for labels in MACHINE
    ]


BERG, LIND = drifting(1), drifting(2)


def calls() -> list[NotedCall]:
    """Three calls of six replies, rated blind by two coaches."""
    return [
        noted(f"call-{i}", MACHINE[p], {"Lind": LIND[p], "Berg": BERG[p]})
        for i, p in enumerate((slice(0, 6), slice(6, 12), slice(12, 18)))
    ]


def column(labels, dimension):
    return [row[list(Dimension).index(dimension)] for row in labels]


@pytest.mark.parametrize("dimension", Dimension)
def test_kappa_is_that_of_scikit_learn(dimension):
    figures = agreement(calls())
    [between] = [pair for pair in figures.between if pair.dimension is dimension]
    one, other = column(BERG, dimension), column(LIND, dimension)
    expected = cohen_kappa_score(one, other, weights="quadratic")
    assert (between.one, between.other, between.n) == ("Berg", "Lind", 18)
    assert between.kappa == pytest.approx(expected)
    assert between.exact == pytest.approx(np.mean(np.equal(one, other)))
    assert between.higher == sum(np.greater(one, other))
    assert between.lower == sum(np.less(one, other))
    [berg, lind] = [pair for pair in figures.machine if pair.dimension is dimension]
    machine = column(MACHINE, dimension)
    assert (berg.one, berg.other, lind.one) == ("Berg", None, "Lind")
    assert berg.kappa == pytest.approx(cohen_kappa_score(one, machine, weights="quadratic"))
    assert lind.kappa == pytest.approx(cohen_kappa_score(other, machine, weights="quadratic"))


def test_the_interval_draws_whole_calls():
    [between, *_rest] = agreement(calls()).between
    one, other = column(BERG, Dimension.EMPATHY), column(LIND, Dimension.EMPATHY)
    groups = [f"call-{i // 6}" for i in range(18)]
    figure = bootstrap(quadratic_kappa, one, other, groups)
    assert (between.low, between.high) == (pytest.approx(figure.low), pytest.approx(figure.high))
    assert between.low < between.kappa < between.high


def test_a_single_call_has_no_interval():
    [between, *_rest] = agreement(calls()[:1]).between
    assert between.kappa is not None
    assert (between.low, between.high) == (None, None)


@pytest.mark.parametrize(
    ("level", "published"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_the_package_gives_the_published_alphas(level, published):
    data = np.asarray(KRIPPENDORFF, dtype=float)
    alpha = krippendorff.alpha(reliability_data=data, level_of_measurement=level)
    assert alpha == pytest.approx(published, abs=0.0005)


def test_ordinal_alpha_of_the_published_example():
    units = [[v for v in unit if v is not None] for unit in zip(*KRIPPENDORFF, strict=True)]
    assert ordinal_alpha(units) == pytest.approx(0.815, abs=0.0005)


def test_alpha_of_the_coaches_and_with_the_machine():
    figures = agreement(calls())
    for number, dimension in enumerate(Dimension):
        tables = [column(each, dimension) for each in (BERG, LIND, MACHINE)]
        coaches, machine = figures.alphas[number], figures.alphas[number + 3]
        assert (coaches.with_machine, coaches.raters, coaches.n) == (False, 2, 18)
        assert (machine.with_machine, machine.raters, machine.n) == (True, 3, 18)
        for found, raters in ((coaches, tables[:2]), (machine, tables)):
            expected = krippendorff.alpha(raters, level_of_measurement="ordinal")
            assert found.dimension is dimension
            assert found.alpha == pytest.approx(expected)


def test_alpha_takes_coaches_who_rated_different_replies():
    rated = {
        "Aydın": [(0, 0, 0), (1, 1, 1), (2, 2, 2), None],
        "Berg": [(0, 0, 0), None, (1, 1, 1), None],
        "Cohn": [None, (1, 1, 1), (2, 2, 2), (0, 0, 0)],
    }
    figures = agreement([noted("call-0", [(2, 2, 2)] * 4, rated)])
    table = [[0, 1, 2, np.nan], [0, np.nan, 1, np.nan], [np.nan, 1, 2, 0]]
    expected = krippendorff.alpha(table, level_of_measurement="ordinal")
    assert figures.alphas[0].alpha == pytest.approx(expected)
    assert (figures.alphas[0].raters, figures.alphas[0].n) == (3, 3)
    assert (figures.alphas[3].raters, figures.alphas[3].n) == (4, 4)


@pytest.mark.parametrize("units", [[], [[1]], [[1], [2]], [[1, 1], [1, 1, 1], [2]]])
def test_alpha_is_none_where_nothing_can_be_disagreed_about(units):
    assert ordinal_alpha(units) is None


def test_a_figure_that_cannot_be_had_is_none():
    same = [(1, 1, 1), (1, 1, 1)]
    figures = agreement([noted(f"c{i}", same, {"Berg": same, "Lind": [None] * 2}) for i in "ab"])
    assert [(p.n, p.kappa, p.low, p.exact) for p in figures.machine] == [(4, None, None, 1.0)] * 3
    assert figures.coaches == ("Berg",)
    assert [alpha.alpha for alpha in figures.alphas] == [None] * 3
    apart = agreement([noted("c", same, {"Berg": [(1, 1, 1), None], "Lind": [None, (1, 1, 1)]})])
    assert [(p.n, p.kappa, p.exact) for p in apart.between] == [(0, None, None)] * 3


def test_where_the_machine_abstains_it_is_left_out_and_counted():
    machine = [(None, 1, 1), (None, 2, 1), (0, 0, 0)]
    figures = agreement([noted("c", machine, {"Berg": [(0, 0, 0)] * 3})])
    assert [(pair.n, pair.left_out) for pair in figures.machine] == [(1, 2), (3, 0), (3, 0)]
    assert [alpha.n for alpha in figures.alphas] == [1, 3, 3]


def test_an_overruling_counts_only_in_the_table_that_is_not_blind():
    [first, *others] = calls()
    overruled = dataclasses.replace(
        first, notes=(*first.notes, overruling("Lind", 1, 2), overruling("Zoll", 2, 0))
    )
    before, after = agreement([first, *others]), agreement([overruled, *others])
    assert after.coaches == ("Berg", "Lind")
    assert after.between == before.between
    assert after.machine == before.machine
    assert after.alphas == before.alphas
    assert before.overruled == ()
    assert [(p.one, p.n) for p in after.overruled if p.dimension is Dimension.EMPATHY] == [
        ("Lind", 1),
        ("Zoll", 1),
    ]
    assert sum(pair.n for pair in after.overruled) == 2


def test_which_way_coaches_overrule():
    call = noted("c", [(0, 1, 1), (1, 1, 1), (2, 1, 1)], {})
    notes = (overruling("Berg", 1, 2), overruling("Berg", 2, 2), overruling("Berg", 3, 1))
    [empathy, *_rest] = agreement([dataclasses.replace(call, notes=notes)]).overruled
    assert (empathy.n, empathy.higher, empathy.lower, empathy.exact) == (3, 2, 1, 0.0)


def test_only_standing_notes_count_and_of_two_blind_ratings_the_first():
    call = noted("c", [(0, 0, 0)], {})
    first, second = rating("Berg", 1, (2, 2, 2)), rating("Berg", 1, (0, 0, 0), minutes=5)
    gone = rating("Lind", 1, (1, 1, 1))
    notes = (second, first, gone, withdrawal(gone), withdrawal(first, author="Lind"))
    figures = agreement([dataclasses.replace(call, notes=notes)])
    assert figures.coaches == ("Berg",)
    assert [pair.higher for pair in figures.machine] == [1, 1, 1]
    replaced = rating("Berg", 1, (0, 1, 2), minutes=9, replaces=first.id)
    figures = agreement([dataclasses.replace(call, notes=(first, replaced))])
    assert [pair.higher for pair in figures.machine] == [0, 1, 1]


def test_a_note_on_a_reply_that_is_not_there_says_nothing():
    call = noted("c", [(0, 0, 0)], {})
    figures = agreement([dataclasses.replace(call, notes=(rating("Berg", 7, (1, 1, 1)),))])
    assert figures == agreement([])
    assert (figures.coaches, figures.calls, figures.replies) == ((), 0, 0)


def test_disagreements_come_largest_first_and_say_who_said_what():
    machine = [(1, 1, 1), (0, 1, 1), (2, 1, 1), (1, 1, 1)]
    rated = {
        "Lind": [(1, 1, 1), (1, 1, 1), (0, 1, 1), (0, 1, 1)],
        "Berg": [(0, 1, 1), (2, 1, 1), (0, 1, 1), (2, 1, 1)],
    }
    call = noted("c", machine, rated)
    call = dataclasses.replace(call, notes=(*call.notes, overruling("Zoll", 4, 2)))
    talks = agreement([call]).disagreements
    assert [(talk.turn, talk.spread) for talk in talks] == [(4, 2), (2, 2), (3, 2), (1, 1)]
    [fourth] = [talk for talk in talks if talk.turn == 4]
    assert fourth.said == (
        Said("blind", "Berg", 2),
        Said("blind", "Lind", 0),
        Said("overruled", "Zoll", 2),
        Said("machine", "", 1),
    )
    assert (fourth.session, fourth.reply, fourth.dimension) == ("c", "Antwort 4.", "empathy")


def test_names_stand_in_alphabetical_order():
    assert alphabetical(["Zoll", "berg", "Ärger", "Ahrens", "Berg", "Zoll"]) == (
        "Ahrens",
        "Ärger",
        "Berg",
        "berg",
        "Zoll",
    )


_triples = st.tuples(*[st.integers(0, 2)] * 3)
_coach = st.lists(st.none() | _triples, min_size=3, max_size=3)
_machine = st.lists(st.tuples(*[st.none() | st.integers(0, 2)] * 3), min_size=3, max_size=3)
_calls = st.lists(
    st.tuples(_machine, st.dictionaries(st.sampled_from("ABC"), _coach)), min_size=1, max_size=3
)


@settings(max_examples=25, deadline=None)
@given(given_calls=_calls, rng=st.randoms(use_true_random=False))
def test_neither_the_order_of_calls_nor_of_notes_changes_anything(given_calls, rng):
    noted_calls = [noted(f"c{i}", machine, by) for i, (machine, by) in enumerate(given_calls)]
    shuffled = []
    for call in noted_calls:
        notes = list(call.notes)
        rng.shuffle(notes)
        shuffled.append(dataclasses.replace(call, notes=tuple(notes)))
    rng.shuffle(shuffled)
    figures = agreement(noted_calls)
    assert agreement(shuffled) == figures
    for pair in (*figures.between, *figures.machine, *figures.overruled):
        equal = round((pair.exact or 0) * pair.n)
        assert equal + pair.higher + pair.lower == pair.n
        assert pair.kappa is None or -1 <= pair.kappa <= 1
    for one in figures.alphas:
        assert one.alpha is None or one.alpha <= 1
    spreads = [talk.spread for talk in figures.disagreements]
    assert spreads == sorted(spreads, reverse=True)
    assert 0 not in spreads
