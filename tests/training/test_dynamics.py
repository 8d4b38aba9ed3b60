import re

from simulator.customer.dynamics import Dynamics
from simulator.training.dynamics import fit_dynamics


def test_the_shipped_coefficients_are_what_the_fit_writes_and_beat_staying_as_it_is(tmp_path):
    said = []
    fit_dynamics(tmp_path, said.append)
    assert Dynamics.load(tmp_path / "dynamics.json") == Dynamics.load()
    errors = [tuple(map(float, re.findall(r"\d\.\d\d", line))) for line in said[1:3]]
    assert all(whole < fitted < 0.6 * stays for fitted, whole, stays in errors)
