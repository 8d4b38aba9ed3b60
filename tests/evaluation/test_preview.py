"""The preview tells what the model really reads, and the customer answers from every state."""

from collections import Counter

import pytest

from simulator.content.catalogue import Catalogue
from simulator.customer.customer import SimulatedCustomer
from simulator.customer.dynamics import Dynamics
from simulator.customer.planner import Planner
from simulator.customer.prompt import anger_word
from simulator.domain.act import ENDING_ACTS
from simulator.evaluation.preview import REPLIES, STANDS, samples, told, told_first
from simulator.lm.scripted import ScriptedLM
from simulator.scoring.scorer import Scorer
from simulator.store.repository import Sessions
from simulator.switchboard import Switchboard
from tests.customer.listeners import listener
from tests.scoring.reading import HashReader, examples, heads

CATALOGUE = Catalogue.load()
CALLS = [("brandt", "internet-kuendigung"), ("hoffmann", "virenschutz")]


class Overheard(ScriptedLM):
    """Remembers what it was told."""

    def __init__(self, lines):
        super().__init__(lines)
        self.prompts = []

    def generate(self, request, cancelled=lambda: False):
        self.prompts.append(request.prompt)
        return super().generate(request, cancelled)


@pytest.fixture
def model():
    return Overheard(["Na und?"])


@pytest.fixture
def board(tmp_path, model):
    return Switchboard(
        catalogue=CATALOGUE,
        sessions=Sessions(tmp_path / "sessions.sqlite3"),
        rater=Scorer(HashReader(), heads(), examples()),
        customer=SimulatedCustomer(model, Dynamics.load(), Planner.load(), listener()),
        models={"customer": "scripted 0f"},
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_there_is_a_state_for_every_word_of_the_scale(language):
    assert len({anger_word(stand.anger, language) for stand in STANDS}) == 5


@pytest.mark.parametrize(("persona", "scenario"), CALLS)
def test_each_state_has_three_turns_and_nothing_is_kept(board, persona, scenario):
    made = list(samples(board, persona, scenario, "de", 0))
    assert Counter(sample.stand for sample in made) == dict.fromkeys(STANDS, len(REPLIES))
    assert len({sample.reply for sample in made}) == len(REPLIES)
    assert all(sample.answer.text for sample in made)
    # The answer is spoken from where the reply left them: near the state, by the real dynamics.
    for sample in made:
        moved = sum(e.amount for e in sample.answer.ledger if e.feeling == "anger")
        assert sample.answer.state.anger == pytest.approx(sample.stand.anger + moved)
    assert board.sessions.list() == ()


def test_the_prompt_is_the_one_that_the_model_read(board, model):
    person, matter = CATALOGUE.persona("brandt"), CATALOGUE.scenario("internet-kuendigung")
    made = list(samples(board, "brandt", "internet-kuendigung", "de", 0))
    assert not {sample.answer.act for sample in made} & ENDING_ACTS
    # Where a line was written for just this, the model is not asked.
    shown = {told(sample.session, person, matter) for sample in made}
    assert model.prompts
    assert set(model.prompts) <= shown


@pytest.mark.parametrize(("persona", "scenario"), CALLS)
def test_the_first_prompt_needs_no_model(persona, scenario):
    person, matter = CATALOGUE.persona(persona), CATALOGUE.scenario(scenario)
    prompt = told_first(person, matter, "en")
    assert prompt.count("Customer") == 2 + (matter.channel == "email")
    assert person.en.name in prompt and matter.en.concern in prompt
    assert prompt.endswith("describes the problem]:")
