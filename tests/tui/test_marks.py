from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.cue import Cue
from simulator.domain.score import Evidence
from simulator.tui.evidence import marked, quoted
from simulator.tui.figures import arrow, bar, decimal, signed
from simulator.tui.literal import harmless, literal

SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 40), st.sampled_from(["positive", "negative"]))
    .filter(lambda span: span[0] < span[1])
    .map(tuple),
    max_size=5,
    unique=True,
)


@given(st.text(max_size=40), SPANS)
def test_marking_adds_signs_and_changes_no_word(text, spans):
    found = marked(text, sorted(spans)).plain
    assert found.replace("▲", "").replace("▼", "") == harmless(text).replace("▲", "").replace(
        "▼", ""
    )


def test_every_span_has_its_sign_even_where_they_overlap():
    found = marked("Das tut mir leid, aber nein", [(0, 16, "positive"), (8, 27, "negative")])
    assert found.plain == "▲Das tut ▼mir leid, aber nein"
    assert [span.style for span in found.spans if "underline" in str(span.style)]


def test_a_quote_is_one_line_between_the_quotes_of_the_language():
    evidence = Evidence(start=0, end=9, cue=Cue.CALM_DOWN, polarity="negative")
    assert quoted("Ruhig,\nja [b]", evidence, "„“").plain == "▼ „Ruhig, ja“"


@given(st.text())
def test_words_from_outside_steer_nothing(text):
    shown = literal(text).plain
    assert not any((ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 for c in shown)
    assert not literal(text).spans


def test_figures_of_both_languages():
    assert (decimal(7.25, "en"), decimal(-0.04, "de"), decimal(-1, "de")) == ("7.2", "0,0", "−1,0")
    assert (signed(0.5, "de"), signed(0, "en"), signed(-1.5, "en")) == ("+0,5", "0.0", "−1.5")
    assert [arrow(v) for v in (0.04, 0.1, -0.1)] == ["=", "▲", "▼"]
    assert [len(full) for full, _ in (bar(-1, 10), bar(0.5, 10), bar(2, 10))] == [0, 5, 10]
