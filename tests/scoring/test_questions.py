"""Questions to oneself: which one when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.act import ENDING_ACTS, Act
from simulator.domain.cue import POSITIVE_CUES, Cue
from simulator.domain.emotion import EmotionalState
from simulator.domain.language import LANGUAGES
from simulator.domain.score import Dimension, DimensionScore, Evidence, TurnScores
from simulator.i18n import Texts
from simulator.scoring.questions import Moment, Question, ask, fits, questions

UPSET = EmotionalState(anger=6, trust=4, feeling_heard=4)
LEAST = 30


def rated(weakest: Dimension | None = None, *cues: Cue) -> TurnScores:
    """Return a strong reply, but for ``weakest`` and wordings that hurt."""
    found = tuple(Evidence(start=0, end=1, cue=cue, polarity="negative") for cue in cues)

    def score(dimension):
        value = 20.0 if dimension is weakest else 90.0
        return DimensionScore(value=value, evidence=found if dimension is Dimension.EMPATHY else ())

    return TurnScores(**{d.value: score(d) for d in Dimension})


def asked(moment: Moment, *before: str) -> str:
    """Return the id of the question."""
    texts = Texts("de")
    words = {texts(f"hint.question.{q.id}"): q.id for q in questions()}
    told = {texts(f"hint.question.{id}") for id in before}
    return words[ask(moment, "de", told)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_its_words_and_every_word_its_question(language):
    told = {key for key in Texts(language).keys if key.startswith("hint.question.")}
    assert told == {f"hint.question.{question.id}" for question in questions()}
    words = [Texts(language)(key) for key in told]
    assert len(set(words)) == len(questions()) >= LEAST
    assert all("?" in each for each in words)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (Moment("phone", UPSET), "opening_angry"),
        (Moment("phone", EmotionalState(anger=1, trust=8, feeling_heard=5)), "opening_phone"),
        (Moment("email", EmotionalState(anger=2, trust=5, feeling_heard=5)), "opening_mail"),
        (Moment("phone", UPSET, Act.VENT, rated(None, Cue.CALM_DOWN)), "calm_down"),
        # what hurt comes before what was missed
        (
            Moment("phone", UPSET, Act.ACCUSE, rated(Dimension.EMPATHY, Cue.ASKS_NUMBER)),
            "asks_number",
        ),
        (Moment("phone", UPSET, Act.VENT, rated(Dimension.EMPATHY)), "vent_empathy"),
        (Moment("phone", UPSET, Act.VENT, rated(Dimension.LISTENING)), "vent"),
        (Moment("phone", UPSET, Act.THREATEN, rated()), "threaten"),
        (
            Moment(
                "phone", EmotionalState(anger=9, trust=4, feeling_heard=4), Act.THREATEN, rated()
            ),
            "threaten_angry",
        ),
        (
            Moment("phone", EmotionalState(anger=2, trust=6, feeling_heard=6), None, rated()),
            "calm",
        ),
        (Moment("phone", UPSET, Act.COMPLAIN, rated()), "unsaid"),
    ],
)
def test_the_question_fits_its_moment(moment, expected):
    assert asked(moment) == expected


def test_no_question_comes_twice_while_another_fits():
    moment = Moment("phone", UPSET, Act.VENT, rated(Dimension.EMPATHY))
    seen: list[str] = []
    while (next_one := asked(moment, *seen)) not in seen:
        seen.append(next_one)
    assert seen[0] == "vent_empathy"
    assert {"vent", "empathy", "unsaid", "stake", "for_whom", "effect"} <= set(seen)
    assert next_one == seen[0]


def moments_for(question: Question):
    """Return a moment in which ``question`` may be asked."""
    state = EmotionalState(
        anger=question.anger_from or min(question.anger_to, 5.0),
        trust=question.trust_from or min(question.trust_to, 5.0),
        feeling_heard=min(question.heard_to, 5.0),
    )
    scores = None if question.opening else rated(question.missed, *question.cues)
    act = next(iter(question.acts), None)
    return Moment(question.channel or "phone", state, act, scores)


@pytest.mark.parametrize("question", questions(), ids=lambda each: each.id)
def test_every_question_is_asked_somewhere(question):
    moment = moments_for(question)
    assert fits(question, moment)
    before: list[str] = []
    while (found := asked(moment, *before)) != question.id:
        assert found not in before
        before.append(found)


def test_every_act_and_every_wording_that_hurts_has_a_question():
    acts = frozenset().union(*(question.acts for question in questions()))
    assert acts == set(Act) - ENDING_ACTS
    cues = frozenset().union(*(question.cues for question in questions()))
    assert cues == set(Cue) - POSITIVE_CUES


_levels = st.integers(0, 100).map(lambda tenths: tenths / 10)


@given(
    st.builds(
        Moment,
        channel=st.sampled_from(["phone", "email"]),
        state=st.builds(EmotionalState, anger=_levels, trust=_levels, feeling_heard=_levels),
        act=st.none() | st.sampled_from(Act),
        scores=st.none() | st.builds(rated, st.none() | st.sampled_from(Dimension)),
    ),
    st.sampled_from(LANGUAGES),
)
def test_there_is_a_question_for_every_moment(moment, language):
    everything = {Texts(language)(f"hint.question.{q.id}") for q in questions()}
    assert ask(moment, language, set()) in everything
    assert ask(moment, language, everything) in everything
