import math
import random
from collections import Counter

import pytest

from simulator.customer.judge import PLAIN
from simulator.customer.ranker import TASTE, Candidate, agreement, best, opening
from simulator.domain.act import Act
from simulator.lm.base import Weight
from tests.customer.speakers import NOWHERE

PROMPT, LABEL = "the whole call:", "its last line:"


class Model:
    """Knows how likely each text is with the call and without."""

    name = fingerprint = "model"

    def __init__(self, with_call, without):
        self.tables = {PROMPT: with_call, LABEL: without}
        self.asked = []

    def weigh(self, prompt, continuations):
        self.asked.append((prompt, list(continuations)))
        return [Weight(self.tables[prompt][text.strip()], NOWHERE) for text in continuations]


def chosen(model, *candidates, seed=0):
    return best(model, PLAIN, PROMPT, LABEL, candidates, random.Random(seed)).text


def test_what_follows_from_the_call_beats_what_is_always_likely():
    model = Model({"Ja.": -1.0, "Punkt acht.": -1.2}, {"Ja.": -1.0, "Punkt acht.": -6.0})
    assert chosen(model, Candidate("Ja.", "model"), Candidate("Punkt acht.", "model")) == (
        "Punkt acht."
    )


def test_at_equal_information_the_likelier_line_wins():
    model = Model({"Ja.": -1.0, "Nein.": -2.0}, {"Ja.": -2.0, "Nein.": -3.0})
    assert chosen(model, Candidate("Nein.", "model"), Candidate("Ja.", "model")) == "Ja."


def test_an_advantage_counts_in_nats():
    same = {"Ja.": -1.0, "Nein.": -1.0}
    model = Model(same, same)
    assert chosen(model, Candidate("Ja.", "model"), Candidate("Nein.", "authored", 0.1)) == "Nein."
    model = Model({"Ja.": -1.0, "Nein.": -2.5}, same)
    assert chosen(model, Candidate("Ja.", "model"), Candidate("Nein.", "authored", 1.0)) == "Ja."


def test_the_first_of_equals_wins():
    same = {"Ja.": -1.0, "Nein.": -1.0}
    assert chosen(Model(same, same), Candidate("Ja.", "model"), Candidate("Nein.", "model")) == (
        "Ja."
    )


def test_long_lines_are_modeld_by_their_opening_like_the_models():
    first = "Das ist mir aber nichts,"
    model = Model({first: -1.0, "Na gut.": -3.0}, {first: -3.0, "Na gut.": -3.0})
    line = f"{first} was mich freut."
    assert chosen(model, Candidate(line, "authored"), Candidate("Na gut.", "model")) == line
    assert model.asked[0] == (PROMPT, [f" {first}", " Na gut."])


def test_what_the_model_has_drawn_is_not_weighed_again_in_the_call():
    model = Model({"Nein.": -2.0}, {"Ja, das stimmt.": -2.0, "Nein.": -2.0})
    drawn = Candidate("Ja, das stimmt.", "model", weight=Weight(-1.0, NOWHERE))
    assert chosen(model, drawn, Candidate("Nein.", "authored")) == drawn.text
    assert model.asked == [(PROMPT, [" Nein."]), (LABEL, [" Ja, das stimmt.", " Nein."])]


def test_a_single_candidate_needs_no_model():
    model = Model({}, {})
    assert chosen(model, Candidate("Ja.", "model")) == "Ja."
    assert model.asked == []


def test_without_candidates_there_is_nothing_to_choose():
    with pytest.raises(ValueError, match="empty"):
        best(Model({}, {}), PLAIN, PROMPT, LABEL, [], random.Random(0))


def test_among_authored_lines_the_odds_are_the_judges():
    table = {"Ja.": -1.0, "Nein.": -1.5, "Doch.": -9.0, "Ach.": -1.6}
    model = Model(table, dict.fromkeys(table, 0.0))
    lines = [Candidate(text, "authored") for text in ("Ja.", "Nein.", "Doch.")]
    drawn = Counter(
        chosen(model, *lines, Candidate("Ach.", "model"), seed=seed) for seed in range(400)
    )
    assert set(drawn) == {"Ja.", "Nein."}
    assert drawn["Ja."] / drawn["Nein."] == pytest.approx(math.exp(0.5 / TASTE), rel=0.3)
    assert chosen(model, *lines, seed=7) == chosen(model, *lines, seed=7)


def test_a_line_of_the_models_that_is_best_is_never_drawn_against():
    table = {"Ja.": -1.0, "Nein.": -1.1}
    model = Model(table, dict.fromkeys(table, 0.0))
    pair = Candidate("Ja.", "model"), Candidate("Nein.", "authored")
    assert {chosen(model, *pair, seed=seed) for seed in range(50)} == {"Ja."}


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("Das ist doch nicht wahr! Und jetzt?", "Das ist doch nicht wahr!"),
        ("Nein, das glaube ich nicht, wirklich.", "Nein, das glaube ich nicht,"),
        ("Na ja. Also gut. Dann machen Sie mal.", "Na ja. Also gut. Dann machen Sie mal."),
        ("Ohne jedes Zeichen am Ende", "Ohne jedes Zeichen am Ende"),
        ("Um 19.41 Uhr war es weg, um acht wieder da.", "Um 19.41 Uhr war es weg,"),
        ("Nein.", "Nein."),
        ("", ""),
    ],
)
def test_the_opening_ends_at_the_first_mark_after_five_words(line, first):
    assert opening(line) == first


def test_an_opening_that_does_what_was_planned_has_that_on_its_side():
    fact = "am 4. November wurde ein Rückruf versprochen"
    plain = agreement("Das ist doch nichts.", Act.VENT, "")
    for telling in ("Am 4. hieß es: morgen.", "Ein Rückruf wurde mir versprochen."):
        assert agreement(telling, Act.INFORM, fact) > plain
    assert agreement("Das ist doch nichts.", Act.INFORM, fact) < plain
    assert agreement("Und wann?", Act.QUESTION, "") > agreement("Und dann.", Act.QUESTION, "")
    assert agreement("Und wann?", Act.VENT, "") == plain
