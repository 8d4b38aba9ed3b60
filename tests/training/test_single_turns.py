"""Single turns come back as they were written, and a wrong line is named."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.coaching.labelled import LabelledTurn
from simulator.domain.score import Dimension
from simulator.errors import UsageError
from simulator.i18n import explain
from simulator.training.corpus import rated_replies, read_corpus
from simulator.training.single_turns import read_single_turns, single_turn

LINE = {
    "id": "abc-2",
    "language": "de",
    "source": "coach",
    "context": ["Guten Tag.", "Drei Wochen!"],
    "reply": "Drei Wochen, das ist lang.",
    "empathy": 2,
    "listening": None,
    "de_escalation": 0,
}

_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_labels = st.none() | st.integers(0, 2)


def test_a_line_becomes_a_turn_with_the_labels_it_has(tmp_path):
    file = tmp_path / "turns.jsonl"
    file.write_text("\n" + json.dumps({**LINE, "context": []}) + "\n" + json.dumps(LINE) + "\n")
    first, second = read_single_turns(file)
    assert (first.context, first.earlier) == ("", ())
    assert (second.context, second.earlier) == ("Drei Wochen!", ("Guten Tag.",))
    assert (second.language, second.reply) == ("de", "Drei Wochen, das ist lang.")
    assert second.labels == {Dimension.EMPATHY: 2, Dimension.DE_ESCALATION: 0}


@given(
    turn=st.builds(
        LabelledTurn,
        id=_words.filter(bool),
        source=_words.filter(bool),
        context=st.lists(_words, max_size=3).map(tuple),
        reply=_words.filter(bool),
        empathy=_labels,
        listening=_labels,
        de_escalation=_labels,
    )
)
def test_any_text_comes_back(turn, tmp_path_factory):
    file = tmp_path_factory.mktemp("turns") / "turns.jsonl"
    line = json.dumps(turn.model_dump(mode="json"), ensure_ascii=False)
    file.write_text(line + "\n", encoding="utf-8", newline="\n")
    [read] = read_single_turns(file)
    assert read.reply == turn.reply
    assert [*read.earlier, read.context] == list(turn.context or ("",))


def test_a_reply_of_the_corpus_has_every_label():
    reply = rated_replies(read_corpus())[1]
    turn = single_turn(reply)
    assert (turn.reply, turn.context, turn.earlier) == (
        reply.line.text,
        reply.context,
        reply.earlier,
    )
    assert turn.labels == {dimension: reply.line.label(dimension) for dimension in Dimension}


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        json.dumps({**LINE, "empathy": 3}),
        json.dumps({**LINE, "reply": ""}),
        json.dumps({**LINE, "language": "fr"}),
        json.dumps({**LINE, "context": "Drei Wochen!"}),
        json.dumps({key: value for key, value in LINE.items() if key != "listening"}),
        json.dumps({**LINE, "grade": 1}),
        json.dumps({**LINE, "reply": "\ud800"}),
    ],
)
def test_a_wrong_line_is_named(line, tmp_path):
    file = tmp_path / "turns.jsonl"
    file.write_text(json.dumps(LINE) + "\n" + line + "\n")
    with pytest.raises(UsageError) as wrong:
        read_single_turns(file)
    assert (wrong.value.key, wrong.value.values["line"]) == ("single_turns_line", 2)
    assert "2" in explain(wrong.value, "de")
    assert "2" in explain(wrong.value, "en")


@pytest.mark.parametrize("content", [None, b"", b"\n \n", b"\xff\xfe"])
def test_a_file_of_nothing_is_refused(content, tmp_path):
    file = tmp_path / "turns.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError) as refused:
        read_single_turns(file)
    assert refused.value.key == "single_turns_file"
