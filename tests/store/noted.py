"""Notes for tests: hand-sized ones, and a strategy for every note that a coach can write."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from simulator.domain.annotation import BlindRating, Note, Overruling, Remark, Span, Withdrawal
from simulator.domain.cue import Cue
from simulator.domain.score import Dimension
from tests.calls import NOON


def remark(
    id: str = "note0001", text: str = "Schön benannt.", minutes: int = 0, author: str = "Vera"
) -> Remark:
    """Return a word of praise for the first reply, written ``minutes`` after noon."""
    at = NOON + timedelta(minutes=minutes)
    return Remark(id=id, author=author, at=at, turn=1, kind="praise", text=text)


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
"""Any text at all: control characters, markup, quotes, NUL, emoji."""

_entry = {
    "author": words,
    "at": st.datetimes(
        min_value=datetime(2000, 1, 1),
        max_value=datetime(2100, 1, 1),
        timezones=st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))),
    ),
    "turn": st.integers(1, 500),
}
_ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=8, max_size=12)
_labels = st.integers(0, 2)
_spans = st.tuples(st.integers(0, 99), st.integers(1, 99)).map(
    lambda drawn: Span(start=drawn[0], end=sum(drawn))
)


def notes_of(id: str) -> st.SearchStrategy[Note]:
    """Draw a note with this id."""
    given = {"id": st.just(id), **_entry}
    replaces = st.none() | _ids
    return st.one_of(
        st.builds(
            Remark,
            **given,
            replaces=replaces,
            kind=st.sampled_from(["praise", "advice"]),
            text=words,
            tag=st.none() | st.sampled_from(Dimension) | st.sampled_from(Cue),
            span=st.none() | _spans,
        ),
        st.builds(
            Overruling,
            **given,
            replaces=replaces,
            dimension=st.sampled_from(Dimension),
            label=_labels,
            reason=words,
        ),
        st.builds(
            BlindRating,
            **given,
            replaces=replaces,
            empathy=_labels,
            listening=_labels,
            de_escalation=_labels,
        ),
        st.builds(Withdrawal, **given, replaces=_ids),
    )


@st.composite
def notes(draw: st.DrawFn, most: int = 6) -> tuple[Note, ...]:
    """Draw notes with an id each."""
    ids = draw(st.lists(_ids, unique=True, max_size=most))
    return tuple(draw(notes_of(id)) for id in ids)
