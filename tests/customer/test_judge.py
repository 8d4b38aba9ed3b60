import numpy as np
import pytest
from safetensors.numpy import save_file

from simulator.customer.judge import FILE, PLAIN, Judge, load_judge
from simulator.errors import ModelError
from simulator.lm.base import Weight


def weight(likely, *state):
    return Weight(likely, np.array(state, np.float32))


def test_states_and_likelihoods_add_up():
    judge = Judge("m", np.array([1.0, -2.0], np.float32), 0.5, -0.25)
    assert judge.worth(weight(-2.0, 3.0, 1.0), weight(-4.0)) == pytest.approx(1.0 - 1.0 + 1.0)


def test_without_a_fit_only_likelihoods_count():
    assert PLAIN.worth(weight(-1.0, 9.0), weight(-4.0)) == pytest.approx(1.0)


def test_a_judge_is_for_the_model_it_was_fitted_for(tmp_path):
    told = {"model": "Some model", "likely": "0.5", "alone": "-0.1"}
    save_file({"state": np.ones(3, np.float32)}, tmp_path / FILE, metadata=told)
    fitted = load_judge("Some model", tmp_path)
    assert (fitted.likely, fitted.alone, list(fitted.state)) == (0.5, -0.1, [1, 1, 1])
    assert load_judge("Another", tmp_path) is PLAIN


def test_a_broken_judge_is_an_error_that_names_the_file(tmp_path):
    (tmp_path / FILE).write_bytes(b"nothing")
    with pytest.raises(ModelError, match=FILE):
        load_judge("m", tmp_path)
