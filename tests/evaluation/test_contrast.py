"""The pairs that ship are whole, and who scores all replies alike wins none of them."""

from simulator.evaluation.contrast import read_contrasts, told, trials, wins
from simulator.scoring.scorer import Scorer
from tests.scoring.reading import HashReader, examples, heads


def test_there_are_enough_pairs_and_each_has_two_replies_and_a_reason():
    pairs = read_contrasts()
    assert len(pairs) >= 200
    assert {pair.language for pair in pairs} == {"de", "en"}
    assert len({pair.id for pair in pairs}) == len(pairs)
    assert all(pair.better != pair.worse and pair.why for pair in pairs)


def test_a_scorer_that_rates_all_alike_wins_nothing():
    tried = trials(Scorer(HashReader(), heads(weight=0.0), examples()))
    assert not any(trial.won for trial in tried if trial.worse == trial.better)
    *rows, overall = wins(tried)
    assert len(rows) == 6
    assert overall.share.n == len(tried) == sum(row.share.n for row in rows)
    assert overall.share.value == sum(trial.won for trial in tried) / len(tried)
    assert str(overall.share.n) in told(overall)
