from simulator.content.catalogue import Catalogue
from simulator.customer.asked import GAIN, Listener
from simulator.lm.base import Weight
from tests.customer.speakers import NOWHERE

CASE = Catalogue.load().scenario("internet-kuendigung")
IDS = ("evening_outages", "price_rise")


class Model:
    """Finds the fact ``likelier`` likelier by ``gain`` after a question than after none."""

    name = fingerprint = "model"

    def __init__(self, likelier, gain):
        self.words = next(f" {fact.de}" for fact in CASE.facts if fact.id == likelier)
        self.gain = gain
        self.prompts = []

    def weigh(self, prompt, continuations):
        self.prompts.append(prompt)
        gain = self.gain if "?" in prompt else 0.0
        return [Weight(-3.0 + gain * (text == self.words), NOWHERE) for text in continuations]


def asked(model, reply="Was zahlen Sie denn\njetzt?", ids=IDS):
    return Listener(model).asked_for(reply, CASE, "de", ids)


def test_what_is_likelier_for_the_question_is_asked_for():
    for fact in IDS:
        model = Model(fact, 1.0)
        assert asked(model) == fact
        assert model.prompts[0] == "Agent: Was zahlen Sie denn jetzt?\nKunde:"


def test_a_small_gain_is_chance():
    assert asked(Model("price_rise", GAIN - 0.01)) is None
    assert asked(Model("price_rise", GAIN + 0.01)) == "price_rise"


def test_nothing_is_asked_without_a_question_or_without_anything_to_tell():
    model = Model("price_rise", 1.0)
    assert asked(model, "Ich schaue nach.") is None
    assert asked(model, ids=()) is None
    assert model.prompts == []


def test_what_holds_for_every_question_is_weighed_once():
    model = Model("price_rise", 1.0)
    listener = Listener(model)
    for _ in range(3):
        listener.asked_for("Und dann?", CASE, "de", IDS)
    assert len(model.prompts) == 4
