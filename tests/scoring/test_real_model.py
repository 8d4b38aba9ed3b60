"""With the real reader: good replies beat bad ones, in both languages."""

import pytest

from simulator.domain.score import Dimension

pytestmark = pytest.mark.real_model

ANGRY = {
    "de": "Seit drei Wochen fällt jeden Abend das Internet aus, und zweimal hat mir jemand einen "
    "Rückruf versprochen!",
    "en": "My internet has been down every evening for three weeks, and twice somebody promised "
    "to call me back!",
}
GOOD = {
    "de": "Drei Wochen ohne Internet, und zweimal ein Rückruf, der nicht kam, das ist wirklich "
    "ärgerlich. Ich schicke Ihnen morgen um zehn den Techniker und rufe bis zwölf selbst an.",
    "en": "Three weeks of evenings without internet, and two calls that never came. I'd be fed "
    "up too. I'm sending an engineer tomorrow at ten and I'll ring you myself by noon.",
}
STOCK = {
    "de": "Das tut mir leid. Ich verstehe Ihren Ärger.",
    "en": "I'm so sorry. I understand your frustration.",
}
BAD = {
    "de": "Beruhigen Sie sich erst mal. Wie ist Ihre Kundennummer?",
    "en": "Calm down, please. What's your account number?",
}
RUDE = {
    "de": "Sind Sie zu blöd, einen Router einzuschalten?",
    "en": "Are you too stupid to switch a router on?",
}


@pytest.fixture(scope="module")
def scorer():
    from simulator.cli.reader import load_scorer

    return load_scorer()


@pytest.mark.parametrize("language", ["de", "en"])
def test_good_beats_bad(scorer, language):
    good, bad = (scorer.score(r[language], ANGRY[language], language) for r in (GOOD, BAD))
    for dimension in Dimension:
        assert good.of(dimension).label == 2
        assert bad.of(dimension).label == 0


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_stock_phrase_is_less_than_empathy_and_more_than_none(scorer, language):
    good, stock, bad = (
        scorer.score(r[language], ANGRY[language], language).empathy.value
        for r in (GOOD, STOCK, BAD)
    )
    assert good > stock > bad


@pytest.mark.parametrize("language", ["de", "en"])
def test_an_insult_is_near_zero(scorer, language):
    scores = scorer.score(RUDE[language], ANGRY[language], language)
    assert scores.empathy.value < 10
    assert scores.de_escalation.value < 10
