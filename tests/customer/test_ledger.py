from hypothesis import given
from hypothesis import strategies as st

from simulator.customer.ledger import Reason, bounded, shared_out


@given(st.lists(st.floats(-5, 5), max_size=8))
def test_shared_out_adds_up_and_keeps_each_part_within_a_tenth(points):
    parts = [(f"rule{i}", amount) for i, amount in enumerate(points)]
    reasons = shared_out(parts)
    assert sum(r.tenths for r in reasons) == round(sum(p * 10 for p in points))
    assert all(abs(r.tenths - p * 10) < 1.0001 for r, p in zip(reasons, points, strict=True))


def test_what_one_reply_cannot_do_and_the_end_of_the_scale_are_reasons_of_their_own():
    account = bounded(95, [Reason("trigger", 50)], -20, 35)
    assert [(r.rule, r.tenths) for r in account] == [("trigger", 50), ("cap", -15), ("limit", -30)]
