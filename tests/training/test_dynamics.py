import re

from simulator.customer.dynamics import Dynamics
from simulator.training.corpus import rated_replies, test_part
from simulator.training.dynamics import fit_dynamics
from tests.customer.people import rated


def test_the_shipped_coefficients_are_what_the_fit_writes_and_beat_staying_as_it_is(tmp_path):
    said = []
    fit_dynamics(tmp_path, said.append)
    assert Dynamics.load(tmp_path / "dynamics.json") == Dynamics.load()
    errors = [tuple(map(float, re.findall(r"\d\.\d\d", line))) for line in said[1:3]]
    assert all(whole < fitted < 0.6 * stays for fitted, whole, stays in errors)


def test_scores_that_are_the_labels_err_as_the_labels_do_and_others_more(tmp_path):
    labels = {reply.said: reply.line for reply in rated_replies(test_part())}

    def score(replies):
        lines = [labels[said] for said in replies]
        return [rated(line.empathy, line.listening, line.de_escalation) for line in lines]

    said = []
    fit_dynamics(tmp_path, said.append, score)
    figures = [line.split(": ")[1] for line in said]
    assert figures[1:3] == figures[3:5]
    flat = []
    fit_dynamics(tmp_path, flat.append, lambda replies: [rated(1, 1, 1) for _ in replies])
    assert all(error(worse) > error(line) for worse, line in zip(flat[3:5], said[3:5], strict=True))


def error(line):
    return float(re.search(r"\d\.\d\d", line).group())
