"""Calls are cast evenly, kept as they are played, and not played twice."""

from itertools import islice
from pathlib import Path

import pytest

from simulator.content.catalogue import Catalogue
from simulator.customer.customer import SimulatedCustomer
from simulator.customer.dynamics import Dynamics
from simulator.customer.planner import Planner
from simulator.domain.script import PROFILES
from simulator.evaluation.calls import PERSONAS, Stage, castings, play
from simulator.evaluation.customer import all_heard, courses, lines, variety
from simulator.lm.scripted import ScriptedLM
from simulator.scoring.scorer import Scorer
from simulator.store.repository import Sessions
from simulator.switchboard import Switchboard
from simulator.training.corpus import test_part, train_part
from tests.customer.listeners import listener
from tests.scoring.reading import HashReader, examples, heads

CATALOGUE = Catalogue.load()
ROOT = Path(__file__).parents[2]


@pytest.fixture
def board(tmp_path):
    return Switchboard(
        catalogue=CATALOGUE,
        sessions=Sessions(tmp_path / "sessions.sqlite3"),
        rater=Scorer(HashReader(), heads(), examples()),
        customer=SimulatedCustomer(
            ScriptedLM(["Na und?"]), Dynamics.load(), Planner.load(), listener()
        ),
        models={"customer": "scripted 0f"},
    )


def test_a_round_has_every_scenario_person_language_and_agent_once():
    first = list(islice(castings(CATALOGUE), len(CATALOGUE.scenarios) * PERSONAS * 2 * 4))
    assert len(set(first)) == len(first)
    assert {one.seed for one in first} == {0}
    assert {one.scenario for one in first} == set(CATALOGUE.scenarios)


def test_a_run_goes_on_where_it_was_cut_off(board, tmp_path):
    said = []
    stage = Stage(board, tmp_path / "calls.jsonl", said.append)
    whole = stage.play(30)
    text = (tmp_path / "calls.jsonl").read_text()
    (tmp_path / "calls.jsonl").write_text(text + text.splitlines()[0][:200])
    assert stage.play(30) == whole
    assert (tmp_path / "calls.jsonl").read_text() == text + text.splitlines()[0][:200]
    assert sum(len(one.session.customer_turns) for one in whole) >= 30
    assert all(one.session.ended for one in whole)


def test_measures_are_shares_of_what_was_played(board, tmp_path):
    calls = Stage(board, tmp_path / "calls.jsonl", lambda _: None).play(200)
    heard = all_heard(calls, CATALOGUE)
    figures = [*courses(calls), *lines(heard, train_part()), *variety(heard, test_part())]
    by_name = {figure.name: figure for figure in figures}
    assert by_name["lines made by the model"].n == len(heard) >= 200
    assert by_name["control text"].value == 0
    assert all(0 <= f.value <= 2 for f in figures if f.n)
    # what a line may know is everything up to it, and nothing after
    first = next(one for one in heard if not one.earlier)
    assert first.turn.text not in first.known or first.turn.source == "authored"


def test_no_two_castings_share_their_luck_and_a_path_is_the_person_it_leads_to(board):
    casting = next(castings(CATALOGUE))
    profiles = [casting.model_copy(update={"profile": each}) for each in PROFILES]
    assert len({play(board, each).session.started.seed for each in profiles}) == len(PROFILES)
    file = ROOT / "personas" / f"{casting.persona}.yaml"
    named = casting.model_copy(update={"persona": str(file)})
    assert play(board, named).session.started.seed == play(board, casting).session.started.seed
