import pytest

from simulator.customer.tendency import Tendencies
from simulator.training.corpus import test_part as held_out
from simulator.training.corpus import train_part
from simulator.training.planner import choices, counted, fit_planner, log_likelihood


def test_the_shipped_counts_are_what_the_fit_writes_and_foretell_better_than_the_last_act(tmp_path):
    said = []
    fit_planner(tmp_path, said.append)
    assert Tendencies.load(tmp_path / "planner.json") == Tendencies.load()
    test = choices(held_out())
    marginal = counted(choices(train_part()), (), 4.0, [])
    assert log_likelihood(Tendencies.load(), test) > log_likelihood(marginal, test) + 0.5


def test_no_turn_of_the_test_part_is_counted():
    train, test = choices(train_part()), choices(held_out())
    assert not {c.dialogue for c in train} & {c.dialogue for c in test}
    assert sum(Tendencies.load().overall.values()) == len(train)


def test_probabilities_sum_to_one_where_nothing_was_counted():
    empty = counted([], (("last",),), 4.0, [1.0])
    likely = empty.probabilities(choices(held_out())[0].reading)
    assert sum(likely.values()) == pytest.approx(1)
    assert len(set(likely.values())) == 1
