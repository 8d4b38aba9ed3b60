"""A whole call in one file: what comes out is what went in, or it is refused."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.coaching.bundle import Call, bundle, is_bundle, lines, read_bundle
from simulator.domain.annotation import NOTE, BlindRating, Overruling, Remark, Span, Withdrawal
from simulator.domain.conversation import EVENT, CallStarted
from simulator.domain.language import LANGUAGES
from simulator.domain.score import Dimension
from simulator.errors import UsageError
from simulator.i18n import explain
from tests.calls import NOON, call, ended, logs

_about = {"author": "Ute", "turn": 1}
NOTES = (
    Remark(
        id="note0001",
        at=NOON,
        kind="praise",
        text="Schön – „genau so“.",
        span=Span(start=0, end=3),
        **_about,
    ),
    Overruling(
        id="note0002",
        at=NOON + timedelta(minutes=1),
        dimension=Dimension.EMPATHY,
        label=2,
        reason="warm",
        **_about,
    ),
    BlindRating(id="note0003", at=NOON, empathy=2, listening=1, de_escalation=0, **_about),
    Withdrawal(id="note0004", at=NOON, replaces="note0001", **_about),
)
WHOLE = Call((*call(), ended()), NOTES)


def refused(text):
    with pytest.raises(UsageError) as caught:
        read_bundle(text, "anruf.json")
    for language in LANGUAGES:
        assert "anruf.json" in explain(caught.value, language)
    return caught.value


def test_what_comes_out_is_what_went_in():
    assert read_bundle(bundle([WHOLE]), "x") == (WHOLE,)
    assert read_bundle(bundle([WHOLE, Call(call("def456"), ())]), "x")[1].session.id == "def456"
    assert read_bundle(bundle([]), "x") == ()


def test_kept_lines_come_along_where_there_are_any():
    [kept] = read_bundle(bundle([WHOLE._replace(lines=(1, 2))]), "x")
    assert kept.lines == (1, 2)
    assert "kept_lines" not in bundle([WHOLE])
    *_, last = lines([WHOLE._replace(lines=(2,))]).splitlines()
    assert json.loads(last) == {"type": "kept_line", "turn": 2}
    assert refused(bundle([WHOLE._replace(lines=(3,))])).key == "bundle_damaged"


@given(logs())
def test_every_log_comes_out_as_it_went_in(events):
    [read] = read_bundle(bundle([Call(events, NOTES)]), "x")
    assert read == Call(events, NOTES)


def test_the_same_call_makes_the_same_file():
    assert bundle([WHOLE]) == bundle([read_bundle(bundle([WHOLE]), "x")[0]])


def test_seed_and_hashes_are_in_it():
    started = json.loads(bundle([WHOLE]))["calls"][0]["events"][0]
    assert (started["seed"], started["content"]) == (7, "c0ffee")
    assert started["models"] == {"customer": "drehbuch 0f"}


def test_a_bundle_is_known_by_its_beginning():
    whole = bundle([WHOLE])
    assert is_bundle(whole)
    assert is_bundle(json.dumps(json.loads(whole)))
    assert is_bundle(whole[:100])
    assert not is_bundle('{"speaker": "Kunde", "text": "hoerer-calls"}')


@given(st.integers(0, len(bundle([WHOLE])) - 1), st.characters(exclude_categories=["Cs"]))
def test_a_changed_character_is_noticed(place, other):
    whole = bundle([WHOLE])
    changed = whole[:place] + other + whole[place + 1 :]
    try:
        read = read_bundle(changed, "x")
    except UsageError as error:
        assert error.key in {"bundle_damaged", "bundle_newer"}
    else:
        # only white space between the parts does not matter
        assert read == (WHOLE,)
        assert json.loads(changed) == json.loads(whole)


@given(st.integers(0, len(bundle([WHOLE])) - 3))
def test_a_file_cut_short_is_noticed(length):
    assert refused(bundle([WHOLE])[:length]).key == "bundle_damaged"


@pytest.mark.parametrize("calls", [[{"events": [], "notes": []}], [{"events": 3}], {}, None, [[]]])
def test_content_that_is_no_call_is_refused_even_with_its_checksum_right(calls):
    import hashlib

    canonical = json.dumps(calls, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    whole = {"format": "hoerer-calls", "version": 1, "sha256": digest, "calls": calls}
    assert refused(json.dumps(whole)).key == "bundle_damaged"


def test_a_newer_version_is_told_apart_from_damage():
    newer = json.loads(bundle([WHOLE])) | {"version": 2}
    error = refused(json.dumps(newer))
    assert error.key == "bundle_newer"
    assert (error.values["found"], error.values["known"]) == (2, 1)


def test_json_lines_have_the_events_in_order_and_then_the_notes():
    written = lines([WHOLE, Call(call("def456"), ())]).splitlines()
    count = len(WHOLE.events)
    assert tuple(EVENT.validate_json(line) for line in written[:count]) == WHOLE.events
    assert tuple(NOTE.validate_json(line) for line in written[count : count + 4]) == NOTES
    second = EVENT.validate_json(written[count + 4])
    assert isinstance(second, CallStarted)
    assert second.session == "def456"
