import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.customer.appraisal import Appraisal, Touched, appraise
from simulator.customer.dynamics import Dynamics
from simulator.domain.cue import Cue
from simulator.domain.emotion import EmotionalState, Feeling
from simulator.domain.language import LANGUAGES
from simulator.errors import ModelError
from simulator.i18n import Texts, explain
from tests.customer.people import FURIOUS, LEVELS, SCORES, STATES, person, rated

DYNAMICS = Dynamics.load()
NOTHING = Appraisal()
INERTIA = st.floats(0, 0.9)
LABEL = st.floats(0, 2)


def moved(state, scores, who, reply=""):
    return DYNAMICS.move(state, scores, appraise(reply, scores, who, "de"), who, 3)


@given(STATES, SCORES, INERTIA)
def test_the_ledger_sums_exactly_to_the_change_shown(state, scores, inertia):
    after, ledger = moved(state, scores, person(inertia))
    for feeling in Feeling:
        entries = [round(e.amount * 10) for e in ledger if e.feeling is feeling]
        change = round(after.level(feeling) * 10) - round(state.level(feeling) * 10)
        assert sum(entries) == change
        assert 0 not in entries


@given(STATES, SCORES, INERTIA)
def test_one_reply_moves_a_feeling_no_further_than_it_can_reach(state, scores, inertia):
    after, _ = moved(state, scores, person(inertia))
    for feeling, (lowest, highest) in DYNAMICS.coefficients.reach.items():
        assert lowest <= round(after.level(feeling) - state.level(feeling), 1) <= highest


@given(STATES, INERTIA, st.tuples(LABEL, LABEL), st.tuples(LABEL, LABEL), st.tuples(LABEL, LABEL))
def test_a_better_reply_never_angers_more_and_never_earns_less(state, inertia, e, l, d):  # noqa: E741
    who = person(inertia)
    pairs = [sorted(pair) for pair in (e, l, d)]
    worse, _ = moved(state, rated(*(low for low, _ in pairs)), who)
    better, _ = moved(state, rated(*(high for _, high in pairs)), who)
    assert better.anger <= worse.anger
    assert better.trust >= worse.trust
    assert better.feeling_heard >= worse.feeling_heard


@given(STATES, SCORES, INERTIA)
def test_every_rule_has_its_words_in_both_languages(state, scores, inertia):
    _, ledger = moved(state, scores, person(inertia))
    for language in LANGUAGES:
        assert all(f"ledger.rule.{entry.rule}" in Texts(language) for entry in ledger)


@pytest.mark.parametrize("anger", [5.0, 6.0, 7.0, 8.0])
def test_as_the_corpus_says_a_zero_angers_by_one_to_three_and_a_strong_reply_calms_by_one_to_two(
    anger,
):
    state = EmotionalState(anger=anger, trust=3, feeling_heard=2)
    worse, _ = DYNAMICS.move(state, rated(0, 0, 0), NOTHING, person(), 3)
    better, _ = DYNAMICS.move(state, rated(2, 2, 2), NOTHING, person(), 3)
    assert 1 <= round(worse.anger - anger, 1) <= 3
    assert 1 <= round(anger - better.anger, 1) <= 2


@pytest.mark.parametrize("trust", [3.0, 4.0, 5.0, 6.0])
def test_trust_grows_more_slowly_than_it_falls(trust):
    state = EmotionalState(anger=6, trust=trust, feeling_heard=2)
    worse, _ = DYNAMICS.move(state, rated(0, 0, 0), NOTHING, person(), 3)
    better, _ = DYNAMICS.move(state, rated(2, 2, 2), NOTHING, person(), 3)
    assert 0 < better.trust - trust < trust - worse.trust


@given(STATES, SCORES)
def test_inertia_swallows_its_share_of_what_the_scores_do(state, scores):
    free, _ = DYNAMICS.move(state, scores, NOTHING, person(0.0), 3)
    slow, _ = DYNAMICS.move(state, scores, NOTHING, person(0.5), 3)
    for feeling in Feeling:
        whole = free.level(feeling) - state.level(feeling)
        half = slow.level(feeling) - state.level(feeling)
        assert half * whole >= 0
        assert abs(half) <= abs(whole) + 0.001


def test_triggers_and_softeners_act_in_full_under_their_own_name():
    who = person(0.9)
    _, ledger = moved(FURIOUS, rated(1, 1, 1, Cue.CALM_DOWN), who, "Ich übernehme das.")
    named = {(e.feeling, e.rule): (e.amount, e.detail) for e in ledger}
    assert named[Feeling.ANGER, "trigger"] == (1.5, "soll sich beruhigen")
    assert named[Feeling.ANGER, "softener"] == (-1.0, "jemand kümmert sich")
    assert named[Feeling.FEELING_HEARD, "softener"] == (0.4, "jemand kümmert sich")
    assert (Feeling.FEELING_HEARD, "trigger") not in named


def test_a_heap_of_softeners_calms_no_faster_than_one_reply_can():
    softener = person().softeners[0]
    heap = Appraisal(softeners=tuple(Touched(softener, str(n)) for n in range(3)))
    after, ledger = DYNAMICS.move(FURIOUS, rated(2, 2, 2), heap, person(), 3)
    assert after.anger == 6.0
    assert any(e.rule == "cap" and e.amount > 0 for e in ledger)


@given(LEVELS)
def test_a_neutral_reply_leaves_the_scores_out_of_the_ledger(anger):
    state = EmotionalState(anger=anger, trust=3, feeling_heard=2)
    _, ledger = DYNAMICS.move(state, rated(1, 1, 1), NOTHING, person(), 3)
    assert {entry.rule for entry in ledger} <= {"settling", "limit", "cap"}


def test_an_unrated_reply_lies_between_a_bad_and_a_neutral_one():
    bad, none, neutral = (
        DYNAMICS.move(FURIOUS, rated(n, n, n), NOTHING, person(), 3)[0].anger for n in (0, None, 1)
    )
    assert neutral < none < bad


def test_good_replies_calm_a_furious_caller_in_some_turns_and_bad_ones_drive_them_to_the_end():
    def turns_until(scores, reached):
        state, who = FURIOUS, person(0.2, reactions=False)
        for turn in range(1, 20):
            state, _ = DYNAMICS.move(state, scores, NOTHING, who, turn)
            if reached(state):
                return turn
        return None

    assert 4 <= turns_until(rated(2, 2, 2), lambda s: s.anger <= 3) <= 9
    assert 2 <= turns_until(rated(0, 0, 0), lambda s: s.anger == 10) <= 6
    assert turns_until(rated(1, 1, 1), lambda s: s.anger <= 3 or s.anger == 10) is None


@pytest.mark.parametrize("content", [None, "{", "{}"])
def test_broken_coefficients_are_an_error_that_names_the_file(tmp_path, content):
    file = tmp_path / "dynamics.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        Dynamics.load(file)
    assert all(str(file) in explain(caught.value, language) for language in LANGUAGES)
