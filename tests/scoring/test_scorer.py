"""A reply is rated with its evidence, its reason and a better example, whatever it is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.domain.cue import Cue
from simulator.domain.score import Dimension
from simulator.scoring.heard import Said
from simulator.scoring.scorer import Scorer
from tests.scoring.reading import ACTS, HIDDEN, HashReader, examples, heads

ANGRY = "Seit drei Wochen fällt jeden Abend das Internet aus!"
STRONG = Scorer(HashReader(), heads(strong=3.0), examples())
WEAK = Scorer(HashReader(), heads(strong=-3.0), examples())
CUES = Scorer(HashReader(), heads(weight=0.0), examples())
"""Nothing but the wordings counts."""


class Read(HashReader):
    """Reads a reply as good if, and only if, it has a word."""

    def __init__(self, word, good):
        self.word, self.good = word, good

    def state(self, prefix, text):
        return np.full(HIDDEN, 1.0 if (self.word in text) == self.good else -1.0, np.float32)


@settings(deadline=None, max_examples=150)
@given(
    st.text(max_size=300),
    st.text(max_size=200),
    st.sampled_from(["de", "en"]),
    st.lists(st.text(max_size=60), max_size=3),
)
def test_any_reply_is_rated_or_abstained_from(reply, context, language, earlier):
    scores = STRONG.score(reply, context, language, tuple(earlier))
    for dimension in Dimension:
        score = scores.of(dimension)
        assert (score.value is None) == (score.abstained is not None)
        assert score.value is None or 0 <= score.value <= 100
        assert score.reason
        assert all(one.end <= len(reply) for one in score.evidence)


@pytest.mark.parametrize(("reply", "why"), [("", "empty"), ("😀", "not_text")])
def test_abstains_with_a_reason(reply, why):
    scores = STRONG.score(reply, ANGRY, "de")
    assert {scores.of(d).abstained for d in Dimension} == {why}
    assert scores.mean is None
    assert scores.alternative is None
    assert scores.empathy.reason.endswith(".")


def test_an_insult_is_near_zero_whatever_the_heads_say():
    scores = STRONG.score("Drei Wochen? Sind Sie zu blöd für einen Router?", ANGRY, "de")
    assert scores.empathy.value < 10
    assert scores.de_escalation.value < 10
    assert scores.listening.label == 2
    assert "zu blöd" in scores.empathy.reason


def test_who_is_told_to_calm_down_does_not():
    scores = STRONG.score("Beruhigen Sie sich, drei Wochen, ich sehe nach.", ANGRY, "de")
    assert scores.de_escalation.label == 0
    assert scores.listening.label == 2


def test_a_parrot_does_not_listen():
    scores = STRONG.score(ANGRY, ANGRY, "de")
    assert scores.listening.label == 1
    assert scores.empathy.label == 1


def test_one_word_is_rated_low():
    scores = STRONG.score("Ok.", ANGRY, "de")
    assert scores.empathy.label == 0
    assert scores.listening.label == 0
    assert scores.de_escalation.label == 1


def test_the_reason_cites_the_words():
    scores = STRONG.score("Drei Wochen. Was genau passiert abends?", ANGRY, "de")
    assert "„Drei Wochen“" in scores.listening.reason
    assert scores.listening.reason.startswith("Du greifst")
    english = STRONG.score("Three weeks. What happens then?", "Three weeks it's down!", "en")
    assert "“Three weeks”" in english.listening.reason


def test_braces_in_a_reply_are_only_text():
    scores = STRONG.score("Drei {Wochen} [bold] {0}", "Drei {Wochen} warte ich!", "de")
    assert "„Drei {Wochen“" in scores.listening.reason


def test_evidence_belongs_to_its_dimension():
    scores = CUES.score("Beruhigen Sie sich. Wie ist Ihre Kundennummer?", ANGRY, "de")
    assert [one.cue for one in scores.listening.evidence] == [Cue.ASKS_NUMBER]
    assert Cue.CALM_DOWN in {one.cue for one in scores.de_escalation.evidence}


@pytest.mark.parametrize("good", [True, False])
def test_a_bad_wording_is_shown_only_if_the_rest_alone_is_rated_higher(good):
    scorer = Scorer(Read("Kundennummer", good), heads(weight=0.5), examples())
    reply = "Drei Wochen, das ist lang. Wie ist Ihre Kundennummer?"
    shown = {one.cue for one in scorer.score(reply, ANGRY, "de").listening.evidence}
    assert (Cue.ASKS_NUMBER in shown) is not good


def test_a_weak_reply_gets_an_example_in_its_language():
    scores = WEAK.score("Dafür bin ich nicht zuständig.", ANGRY, "de")
    assert scores.alternative.dialogue.startswith("de-")


def test_an_example_answers_the_same_act_where_it_is_known():
    for act, text in zip(ACTS, ("strong 0", "strong 1"), strict=True):
        shown = WEAK.score("Dafür bin ich nicht zuständig.", ANGRY, "de", act=act).alternative
        assert shown.text == text
        assert WEAK.example(ANGRY, "de", act=act).text == text


def test_a_strong_reply_or_an_opening_gets_none():
    assert STRONG.score("Drei Wochen, das ist lang.", ANGRY, "de").alternative is None
    assert WEAK.score("Guten Tag, hier ist der Service.", "", "de").alternative is None


def test_an_example_from_this_very_call_is_not_shown():
    shown = WEAK.score("Dafür bin ich nicht zuständig.", ANGRY, "de").alternative
    other = WEAK.score(
        "Dafür bin ich nicht zuständig.", ANGRY, "de", earlier=(shown.context,)
    ).alternative
    assert other.text != shown.text


def test_the_same_reply_gets_the_same_scores():
    reply = "Das schaue ich mir heute noch an."
    assert STRONG.score(reply, ANGRY, "de") == STRONG.score(reply, ANGRY, "de")


def test_replies_scored_together_are_scored_as_alone():
    said = [
        Said("Drei Wochen. Was genau passiert abends?", ANGRY, "de"),
        Said("", ANGRY, "de"),
        Said("I see.", "It has been three weeks!", "en", ("Hello?",)),
    ]
    alone = [STRONG.score(one.reply, one.context, one.language, one.earlier) for one in said]
    assert STRONG.score_all(said) == alone
    weak = WEAK.score_all(said, with_examples=False)
    assert all(scores.alternative is None for scores in weak)
    assert WEAK.score_all(said)[0].alternative is not None
