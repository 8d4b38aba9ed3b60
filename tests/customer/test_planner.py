import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.customer.appraisal import appraise
from simulator.customer.dynamics import Dynamics
from simulator.customer.hearing import Asked
from simulator.customer.moment import Moment
from simulator.customer.plan_rules import AGREEING, ANSWERS, PAST_IT, REFUSABLE
from simulator.customer.planner import Plan, Planner
from simulator.customer.release import (
    ANSWERING,
    FACT_CHANCE,
    NEED_ACTS,
    Told,
    first_fact,
    need_earned,
)
from simulator.customer.topics import Kind
from simulator.domain.act import ENDING_ACTS, Act
from simulator.domain.conversation import Session
from simulator.domain.cue import Cue
from simulator.domain.emotion import EmotionalState
from simulator.domain.scenario import NEED, AuthoredLine
from simulator.errors import ModelError
from tests.calls import agent, customer, started
from tests.customer.people import FURIOUS, SCORES, STATES, case, person, rated

PLANNER, DYNAMICS, CASE = Planner.load(), Dynamics.load(), case()
RAGING = EmotionalState(anger=10, trust=0, feeling_heard=0)
WON = EmotionalState(anger=1.5, trust=7, feeling_heard=8)
MILD = EmotionalState(anger=4, trust=5, feeling_heard=6)
TALK = (Act.COMPLAIN, Act.VENT, Act.INFORM, Act.SOFTEN)
GOOD_OFFER = rated(2, 2, 2, Cue.CONCRETE_STEP)
GOOD, BAD, NEUTRAL = rated(2, 2, 2), rated(0, 0, 0), rated(1, 1, 1)


def moment(state, scores, *previous, offered=False, channel="phone", asks=None):
    turn = len(previous) + 1
    return Moment(channel, previous, state, scores, turn, offered, proposed=offered, asks=asks)


MOMENTS = st.builds(
    lambda channel, previous, state, scores, offered, asks: moment(
        state, scores, *previous, offered=offered, channel=channel, asks=asks
    ),
    st.sampled_from(["phone", "email"]),
    st.lists(st.sampled_from(Act), max_size=8),
    STATES,
    SCORES,
    st.booleans(),
    st.one_of(st.none(), st.sampled_from(Kind)),
)
BEGUN = Told(frozenset({"outage"}))
TOLD = st.builds(
    Told, st.frozensets(st.sampled_from([fact.id for fact in CASE.facts])), st.booleans()
)
SEEDS = st.integers(0, 2**32)


@given(MOMENTS)
def test_some_act_is_always_left_and_the_probabilities_sum_to_one(now):
    likely = PLANNER.probabilities(now)
    assert likely
    assert sum(likely.values()) == pytest.approx(1)
    assert all(p > 0 for p in likely.values())


@given(MOMENTS, TOLD, SEEDS)
def test_a_plan_keeps_every_rule(now, told, seed):
    plan = PLANNER.plan(now, CASE, told, random.Random(seed))
    assert plan == PLANNER.plan(now, CASE, told, random.Random(seed))
    assert plan.act in PLANNER.probabilities(now)
    if now.asks is not None and not now.opening:
        assert plan.act in ANSWERS[now.asks] | {Act.HANG_UP}
    anger, trust = now.state.anger, now.state.trust
    if plan.act is Act.HANG_UP:
        assert anger >= 8
        assert now.heard(Cue.INSULT) or (now.worth < 1 and now.turn > 2)
    if plan.act in {Act.CLOSE, Act.THANK, Act.ACCEPT}:
        assert anger <= 5
        assert trust >= 4
    if plan.act is Act.CLOSE:
        assert now.offered and (now.satisfied or now.last in AGREEING)
    if plan.act is Act.ACCEPT:
        assert now.proposed
    if plan.act is Act.REFUSE:
        assert now.asks is Kind.CONSENT or now.scores.cues & REFUSABLE
    if plan.act in {Act.SOFTEN, Act.THANK, Act.ACCEPT}:
        assert now.worth >= 1
    if plan.act is Act.THREATEN:
        assert anger >= 5
    answering = {Kind.TELL, Kind.FEELING, Kind.WISH, Kind.DETAIL, Kind.MORE}
    assert now.asks in answering or now.previous[-2:] != (plan.act, plan.act)
    if now.opening and not now.heard(Cue.INSULT):
        assert plan.act in {Act.COMPLAIN, Act.DEMAND, Act.ACCUSE}


@given(MOMENTS, TOLD, SEEDS)
def test_a_line_gives_away_one_thing_at_most_and_only_what_may_come_out(now, told, seed):
    assume(not (now.opening and told.facts))
    plan = PLANNER.plan(now, CASE, told, random.Random(seed))
    if plan.need:
        assert plan.fact_id is None
        assert not told.need
        assert plan.act in NEED_ACTS
        assert now.state.trust >= CASE.hidden_need.trust
        assert now.state.feeling_heard >= CASE.hidden_need.feeling_heard
    if plan.fact_id is not None:
        fact = next(f for f in CASE.facts if f.id == plan.fact_id)
        assert fact.id not in told.facts
        assert plan.act in FACT_CHANCE
        if fact.release == "trust":
            assert now.state.trust >= fact.trust
        if fact.release == "asked":
            assert now.heard(Cue.OPEN_QUESTION) or now.scores.listening.label == 2


@given(MOMENTS, TOLD, SEEDS, st.sampled_from(["outage", "sister", "answers.0"]))
def test_who_is_asked_for_something_answers_just_that(now, told, seed, topic):
    plan = PLANNER.plan(now, CASE, told, random.Random(seed), Asked((topic,)))
    if topic == "answers.0":
        assert plan == Plan(Act.INFORM, answer=topic)
    else:
        assert (plan.fact_id, plan.need) == (topic, False)
        assert plan.act in ANSWERING


@given(SEEDS, st.sampled_from(Kind))
def test_who_is_asked_for_an_earned_need_tells_it(seed, kind):
    now, told = moment(MILD, GOOD, Act.DOUBT, asks=kind), BEGUN
    assert need_earned(now, CASE, told)
    assert PLANNER.plan(now, CASE, told, random.Random(seed), Asked((NEED,))).need


@given(MOMENTS, TOLD, SEEDS)
def test_a_question_for_something_particular_brings_out_nothing_else(now, told, seed):
    for kind in (Kind.DETAIL, Kind.CONSENT, Kind.CHOICE):
        asked = replace(now, asks=kind)
        plan = PLANNER.plan(asked, CASE, told, random.Random(seed), Asked(kind=kind))
        assert plan == Plan(plan.act) or (plan.need and need_earned(now, CASE, told))
        assert not plan.need or Act.CLOSE in PLANNER.probabilities(asked)


def test_who_is_asked_to_tell_tells_the_next_fact():
    now = moment(RAGING, NEUTRAL, Act.ACCUSE, asks=Kind.TELL)
    for seed in range(20):
        plan = PLANNER.plan(now, CASE, Told(), random.Random(seed), Asked(kind=Kind.TELL))
        assert plan.fact_id == "outage"
        assert plan.act in ANSWERING


def test_a_call_begins_with_any_open_fact_that_lines_begin_with():
    def begun(*facts):
        lines = tuple(
            AuthoredLine(act=Act.COMPLAIN, opening=True, fact=fact, text=f"Zu {fact}.")
            for fact in facts
        )
        begins = CASE.model_copy(update={"de": CASE.de.model_copy(update={"lines": lines})})
        return {first_fact(begins, random.Random(seed)).id for seed in range(30)}

    assert begun("outage", "price", "sister") == {"outage", "price"}
    assert begun("sister") == {"outage"}
    asked = Asked(kind=Kind.TELL)
    greeted = moment(RAGING, rated(1, 1, 1, Cue.OPEN_QUESTION))
    assert PLANNER.plan(greeted, CASE, Told(), random.Random(1), asked).fact_id


def test_facts_come_in_the_order_of_the_case_and_skip_what_must_not_come_yet():
    def facts(scores, state=RAGING):
        told, order = frozenset(), []
        for seed in range(60):
            now = moment(state, scores, Act.ACCUSE, Act.VENT, Act.DEMAND)
            fact = PLANNER.plan(now, CASE, Told(told, need=True), random.Random(seed)).fact_id
            if fact:
                order.append(fact)
                told |= {fact}
        return order

    assert facts(BAD) == ["outage", "price"]
    assert facts(rated(0, 0, 1, Cue.OPEN_QUESTION)) == ["outage", "restarts", "price"]
    assert facts(NEUTRAL, MILD) == ["outage", "sister", "price"]
    assert facts(GOOD, MILD) == ["outage", "restarts", "sister", "price"]


def test_an_earned_need_comes_out_within_two_lines_nearly_always_and_never_after_a_bad_reply():
    def told(scores):
        return sum(
            PLANNER.plan(
                moment(MILD, scores, Act.DOUBT, Act.VENT), CASE, BEGUN, random.Random(n)
            ).need
            for n in range(400)
        )

    assert 270 < told(GOOD) < 330
    assert told(BAD) == 0
    assert not need_earned(moment(MILD, GOOD, Act.ACCUSE), CASE, Told())
    assert need_earned(moment(MILD, GOOD, channel="email"), CASE, Told())


def test_a_proposal_is_not_talked_past():
    now = moment(MILD, GOOD_OFFER, Act.DOUBT, Act.VENT, offered=True)

    def facts(told, asked):
        plans = [PLANNER.plan(now, CASE, told, random.Random(n), asked) for n in range(100)]
        return {plan.fact_id for plan in plans if not plan.need}

    assert facts(BEGUN, Asked()) == {None}
    assert None not in facts(BEGUN, Asked(kind=Kind.TELL))
    assert "outage" in facts(Told(), Asked())

    def needs(channel):
        then = moment(MILD, GOOD_OFFER, Act.DOUBT, Act.VENT, offered=True, channel=channel)
        return sum(PLANNER.plan(then, CASE, BEGUN, random.Random(n)).need for n in range(400))

    assert needs("phone") == 0
    assert 270 < needs("email") < 330


def test_who_is_offered_something_answers_that_once_the_case_is_told():
    offer = rated(1, 1, 1, Cue.CONCRETE_STEP)
    told = PLANNER.probabilities(moment(RAGING, offer, *TALK, offered=True))
    assert PAST_IT.isdisjoint(told) and Act.DOUBT in told
    assert Act.VENT in PLANNER.probabilities(moment(RAGING, offer, Act.COMPLAIN, offered=True))
    asked = moment(RAGING, offer, *TALK, offered=True, asks=Kind.TELL)
    assert Act.INFORM in PLANNER.probabilities(asked)
    useless = rated(0, 0, 1, Cue.CONCRETE_STEP)
    assert Act.VENT in PLANNER.probabilities(moment(RAGING, useless, *TALK, offered=True))


def test_nobody_says_goodbye_with_an_earned_need_unsaid():
    now = moment(WON, GOOD, *TALK, Act.THANK, offered=True)
    plans = [PLANNER.plan(now, CASE, BEGUN, random.Random(n)) for n in range(300)]
    assert Act.CLOSE not in {plan.act for plan in plans}
    assert PLANNER.probabilities(now)[Act.CLOSE] > 0.5


def test_an_open_question_makes_information_likelier():
    asked = moment(MILD, rated(1, 1, 1, Cue.OPEN_QUESTION), Act.DOUBT)
    plain = moment(MILD, NEUTRAL, Act.DOUBT)
    inform = PLANNER.probabilities(plain)[Act.INFORM]
    assert inform < PLANNER.probabilities(asked)[Act.INFORM] > 0.5
    offered = moment(MILD, NEUTRAL, Act.DOUBT, offered=True, asks=Kind.CONSENT)
    assert Act.INFORM not in PLANNER.probabilities(offered)
    calmed = moment(MILD, NEUTRAL, Act.DOUBT, offered=True)
    accept = PLANNER.probabilities(calmed)[Act.ACCEPT]
    assert PLANNER.probabilities(offered)[Act.ACCEPT] > 2 * accept


def test_a_satisfied_customer_takes_leave_and_one_with_nothing_in_hand_does_not():
    satisfied = PLANNER.probabilities(moment(WON, GOOD, *TALK, Act.ACCEPT, offered=True))
    assert satisfied[Act.CLOSE] > 0.5
    assert Act.CLOSE not in PLANNER.probabilities(moment(WON, GOOD, *TALK))


def test_a_customer_half_calm_does_not_take_leave_in_the_middle_of_the_call():
    half_calm = EmotionalState(anger=3.8, trust=4.9, feeling_heard=6)
    offer = rated(2, 2, 2, Cue.CONCRETE_STEP)
    for last in set(Act) - AGREEING:
        now = moment(half_calm, offer, *TALK, last, offered=True)
        assert Act.CLOSE not in PLANNER.probabilities(now)
    agreed = moment(half_calm, offer, *TALK, Act.ACCEPT, offered=True)
    assert PLANNER.probabilities(agreed)[Act.CLOSE] > 0
    empty = moment(half_calm, GOOD, *TALK, Act.THANK)
    assert Act.CLOSE not in PLANNER.probabilities(empty)
    assert Act.CLOSE not in PLANNER.probabilities(moment(WON, offer, *TALK, offered=True))
    asked = moment(WON, offer, *TALK, offered=True, asks=Kind.MORE)
    assert Act.CLOSE in PLANNER.probabilities(asked)


def test_an_insult_can_end_the_call_in_its_first_line_but_a_calm_caller_stays():
    insulted = rated(0, 0, 0, Cue.INSULT)
    assert Act.HANG_UP in PLANNER.probabilities(moment(RAGING, insulted))
    assert Act.HANG_UP not in PLANNER.probabilities(moment(MILD, insulted, Act.VENT, Act.VENT))
    assert Act.HANG_UP not in PLANNER.probabilities(moment(RAGING, BAD, Act.VENT))
    assert Act.HANG_UP in PLANNER.probabilities(moment(RAGING, BAD, Act.VENT, Act.ACCUSE))


def course(scores, seed, turns=20):
    """Have a call in which every reply is rated alike; return its acts and the last state."""
    state, who, chance = FURIOUS, person(0.2, reactions=False), random.Random(seed)
    acts, told = [], Told()
    for _ in range(turns):
        state, _ = DYNAMICS.move(state, scores, appraise("", scores, who, "de"), who, 3)
        # Who has told nothing yet takes a decent reply as an invitation (hearing).
        tell = Kind.TELL if not told.facts and scores == GOOD_OFFER else None
        offered = Cue.CONCRETE_STEP in scores.cues
        now = moment(state, scores, *acts, offered=offered, asks=tell)
        plan = PLANNER.plan(now, CASE, told, chance, Asked(kind=tell))
        told = Told(told.facts | ({plan.fact_id} - {None}), told.need or plan.need)
        acts.append(plan.act)
        if plan.act in ENDING_ACTS:
            break
    return acts, state, told


def test_good_calls_end_in_peace_bad_ones_on_the_hook_and_middling_ones_not_at_all():
    good = [course(GOOD_OFFER, seed) for seed in range(60)]
    assert {acts[-1] for acts, _, _ in good} == {Act.CLOSE}
    assert all(state.anger <= 5 for _, state, _ in good)
    assert 5 <= sorted(len(acts) for acts, _, _ in good)[30] <= 10
    assert sum(told.need for _, _, told in good) > 50
    bad = [course(BAD, seed) for seed in range(60)]
    assert Counter(acts[-1] for acts, _, _ in bad)[Act.HANG_UP] > 55
    assert 4 <= sorted(len(acts) for acts, _, _ in bad)[30] <= 8
    assert not any(told.need for _, _, told in bad)
    middling = [course(NEUTRAL, seed) for seed in range(20)]
    assert not ENDING_ACTS & {acts[-1] for acts, _, _ in middling}
    assert all(4 < state.anger < 8 for _, state, _ in middling)


def test_a_moment_is_read_off_the_session():
    offer = agent(1).model_copy(update={"scores": rated(1, 1, 1, Cue.CONCRETE_STEP)})
    session = Session.of((started(), offer, customer(1), agent(2)))
    now = Moment.of(session, MILD, "phone")
    assert (now.previous, now.turn, now.offered) == ((Act.SOFTEN,), 2, True)
    assert now.scores == agent(2).scores
    with pytest.raises(ValueError, match="nothing to answer"):
        Moment.of(Session.of((started(),)), MILD, "phone")


def test_a_mail_is_answered_to_a_complaint_and_has_no_opening():
    now = moment(FURIOUS, NEUTRAL, channel="email")
    assert now.last is Act.COMPLAIN
    assert not now.opening


def test_broken_counts_are_an_error_that_names_the_file(tmp_path):
    with pytest.raises(ModelError) as caught:
        Planner.load(tmp_path / "planner.json")
    assert caught.value.values["path"] == tmp_path / "planner.json"
