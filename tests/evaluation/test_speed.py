import pytest

from simulator.content.catalogue import Catalogue
from simulator.customer.customer import SimulatedCustomer
from simulator.customer.dynamics import Dynamics
from simulator.customer.planner import Planner
from simulator.evaluation import speed
from simulator.lm.scripted import ScriptedLM
from simulator.scoring.scorer import Scorer
from simulator.store.repository import Sessions
from simulator.switchboard import Switchboard
from tests.customer.listeners import listener
from tests.scoring.reading import HashReader, examples, heads


class Noting(ScriptedLM):
    """Notes the length of every prompt it is asked to go on with."""

    def __init__(self, lines):
        super().__init__(lines)
        self.prompts = []

    def generate(self, request, cancelled=lambda: False):
        self.prompts.append(len(request.prompt))
        return super().generate(request, cancelled)


@pytest.mark.parametrize("outspoken", [True, False])
def test_turn_20_and_turn_2_are_both_drawn(tmp_path, outspoken):
    model = Noting(["Das hör ich öfter.", "Na, dann machen Sie mal."])
    board = Switchboard(
        catalogue=Catalogue.load(),
        sessions=Sessions(tmp_path / "sessions.sqlite3"),
        rater=Scorer(HashReader(), heads(), examples()),
        customer=SimulatedCustomer(
            model, Dynamics.load(), Planner.load(), listener(), outspoken=outspoken
        ),
        models={"customer": "scripted 0f"},
    )
    figures = speed.growth(board, "brandt", "internet-kuendigung", "de", calls=1)
    assert set(figures) == {"turn_2", "turn_20", "turn_20_to_turn_2"}
    assert len(model.prompts) >= 2
    assert max(model.prompts) > 3 * min(model.prompts)
