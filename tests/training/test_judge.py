"""The fit of the judge, with a model that needs no weights."""

import numpy as np
import pytest

from simulator.customer.judge import PLAIN, load_judge
from simulator.lm.base import Weight
from simulator.lm.scripted import ScriptedLM
from simulator.training.judge import Choice, _fitted, _right, fit_judge


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    said, out = [], tmp_path_factory.mktemp("judge")
    model = ScriptedLM(["Na und jetzt?", "Das ist mir gleich."])
    return fit_judge(model, 12, out, said.append), out, said


def test_what_is_written_is_what_was_fitted(fitted):
    judge, out, _ = fitted
    read = load_judge("scripted", out)
    assert np.array_equal(read.state, judge.state)
    assert (read.likely, read.alone) == pytest.approx((judge.likely, judge.alone))
    assert load_judge("another", out) is PLAIN


def test_it_says_how_often_it_is_right_on_each_kind_of_wrong_line(fitted):
    told = "\n".join(fitted[2])
    assert "cross-validated pairs right" in told
    for kind in ("other dialogue", "other place", "model", "all"):
        assert f"test, {kind}:" in told


def test_it_knows_the_models_own_lines(fitted):
    """Two lines that come again and again are easily told from what people say."""
    judge = fitted[0]
    model = ScriptedLM(["Na und jetzt?", "Das ist mir gleich."])
    own, real = model.weigh("", [" Na und jetzt?", " Seit drei Wochen fällt das Internet aus."])
    nothing = Weight(0.0, own.state)
    assert judge.worth(real, nothing) > judge.worth(own, nothing)


def test_only_differences_within_a_conversation_count():
    rng = np.random.default_rng(0)
    choices = [
        Choice(
            str(number),
            np.array([0, 0, 1, place], np.float32),
            (("model", np.array([0, 0, 0, place], np.float32)),),
        )
        for number, place in enumerate(rng.normal(size=40))
    ]
    weights = _fitted(choices, 1.0)
    assert weights[2] > 0
    assert weights[3] == pytest.approx(0, abs=1e-3)
    assert _right(choices, weights) == {"model": 1.0, "all": 1.0}
