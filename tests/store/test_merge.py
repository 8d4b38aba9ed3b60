"""Bringing a call in again and again, from here and there, only ever adds."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.domain.annotation import Note
from simulator.domain.conversation import Event, Session
from simulator.errors import StoreError
from simulator.store.merge import Merge
from simulator.store.repository import Sessions
from simulator.store.summary import Summary
from tests.calls import agent, call, customer, ended, logs
from tests.store.noted import notes, remark

ID = "5e5510n"
Bundle = tuple[tuple[Event, ...], tuple[Note, ...]]


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    return Sessions(tmp_path / "sessions.sqlite3")


@st.composite
def bundles(draw: st.DrawFn, count: int = 2) -> list[Bundle]:
    """Draw what several people have of one call: some of its beginning, some of the notes."""
    log, written = draw(logs(ID)), draw(notes())
    return [
        (
            log[: draw(st.integers(1, len(log)))],
            tuple(note for note in written if draw(st.booleans())),
        )
        for _ in range(count)
    ]


def kept_after(given: Sequence[Bundle]) -> tuple[Summary, tuple[Event, ...], tuple[Note, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        sessions = Sessions(Path(folder) / "sessions.sqlite3")
        for events, written in given:
            sessions.merge(events, written)
        return sessions.summary(ID), sessions.events(ID), sessions.notes(ID)


@settings(max_examples=30, deadline=None)
@given(bundles(count=3).flatmap(lambda drawn: st.tuples(st.just(drawn), st.permutations(drawn))))
def test_the_order_of_merging_makes_no_difference_and_nothing_is_lost(
    orders: tuple[list[Bundle], list[Bundle]],
) -> None:
    given, shuffled = orders
    summary, events, written = kept_after(given)
    assert (summary, events, written) == kept_after(shuffled)
    assert events == max((log for log, _ in given), key=len)
    assert {note.id: note for note in written} == {n.id: n for _, own in given for n in own}
    assert len(written) == len({note.id for note in written})
    line = Summary.of(Session.of(events))
    assert summary == line.model_copy(update={"notes": len(written)})


@settings(max_examples=30, deadline=None)
@given(bundles())
def test_merging_again_adds_nothing(given: list[Bundle]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sessions = Sessions(Path(folder) / "sessions.sqlite3")
        (first, written), (second, others) = given
        merged = sessions.merge(first, written)
        assert merged == Merge(new=True, events_added=len(first), notes_added=len(written))
        more = sessions.merge(second, others)
        fresh = {note.id for note in others} - {note.id for note in written}
        assert more == Merge(False, max(0, len(second) - len(first)), len(fresh))
        before = sessions.list(), sessions.events(ID), sessions.notes(ID)
        for events, again in given:
            assert sessions.merge(events, again) == Merge(False, 0, 0)
        assert (sessions.list(), sessions.events(ID), sessions.notes(ID)) == before


def test_a_merged_call_can_be_gone_on_with(sessions: Sessions) -> None:
    sessions.append("abc123", call()[0])
    sessions.merge(call(), ())
    sessions.append("abc123", agent(3))
    assert sessions.events("abc123") == (*call(), agent(3))


@pytest.mark.parametrize(
    ("log", "note"),
    [
        ((*call()[:3], agent(2, "anders")), None),
        ((*call(), ended("left")), None),
        ((call(minutes=1)[0],), None),
        ((*call(), agent(3)), remark(text="anders")),
        ((*call(), agent(3)), remark(author="Jens")),
    ],
)
def test_what_contradicts_is_refused_and_nothing_of_it_is_kept(
    sessions: Sessions, log: tuple[Event, ...], note: Note | None
) -> None:
    sessions.begin((*call(), *(() if note else (ended(),))))
    sessions.annotate("abc123", remark())
    before = sessions.list(), sessions.events("abc123"), sessions.notes("abc123")
    fresh = remark("fresh001")
    with pytest.raises(StoreError) as error:
        sessions.merge(log, (fresh, note) if note else (fresh,))
    assert error.value.key == "session_differs"
    assert (sessions.list(), sessions.events("abc123"), sessions.notes("abc123")) == before


def test_a_file_that_has_a_note_twice_brings_it_once(sessions: Sessions) -> None:
    assert sessions.merge(call(), (remark(), remark())).notes_added == 1
    with pytest.raises(StoreError) as error:
        sessions.merge((*call(), agent(3)), (remark("other001"), remark("other001", "anders")))
    assert error.value.key == "session_differs"
    assert sessions.notes("abc123") == (remark(),)
    assert sessions.events("abc123") == call()


def test_merging_leaves_other_calls_alone(sessions: Sessions) -> None:
    sessions.begin(call("other1"))
    sessions.annotate("other1", remark())
    sessions.merge((*call("abc123"), agent(3), customer(3)), (remark(text="neu"),))
    assert sessions.events("other1") == call("other1")
    assert sessions.notes("other1") == (remark(),)
