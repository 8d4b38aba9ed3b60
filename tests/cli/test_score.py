"""``hoerer score``: the lines come back with their scores, and a wrong one is named."""

import io
import json

import pytest

from simulator.cli import reader
from simulator.cli.score import read_lines, score
from simulator.errors import UsageError
from simulator.i18n import explain, system_language
from simulator.scoring.scorer import Scorer
from tests.scoring.reading import HashReader, examples, heads


@pytest.fixture(autouse=True)
def _small_scorer(monkeypatch):
    small = Scorer(HashReader(), heads(strong=-3.0), examples())
    monkeypatch.setattr(reader, "load_scorer", lambda: small)


def test_lines_come_back_with_scores(tmp_path, capsys):
    lines = [
        {"id": 7, "context": "Drei Wochen!", "reply": "Drei Wochen, ja.", "lang": "de"},
        {"context": None, "reply": "", "lang": "en"},
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("\n\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    score(str(file))
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["id"] == 7
    listening = first["scores"]["listening"]
    assert listening.keys() == {"value", "confidence", "evidence", "reason"}
    assert listening["evidence"][0] == {
        "start": 0,
        "end": 11,
        "cue": "taken_up_fact",
        "polarity": "positive",
    }
    assert first["scores"]["alternative"]["dialogue"].startswith("de-")
    assert second["scores"]["empathy"]["value"] is None
    assert second["scores"]["empathy"]["abstained"] == "empty"


def test_standard_input(monkeypatch, capsys):
    line = {"context": "Na?", "reply": "Gut, danke.", "lang": "de"}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(line) + "\n"))
    score("-")
    assert json.loads(capsys.readouterr().out)["reply"] == "Gut, danke."


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        '{"lang": "de"}',
        '{"reply": 3, "lang": "de"}',
        '{"reply": "a", "lang": "fr"}',
        '{"reply": "a", "lang": "de", "context": 1}',
        '{"reply": "a", "lang": "de", "context": []}',
        '{"reply": "\\ud800", "lang": "de"}',
        '{"reply": "a", "lang": ["de"]}',
        "[" * 100_000,
        '{"id": ' + "9" * 5000 + "}",
    ],
    ids=lambda line: line[:30],
)
def test_a_wrong_line_is_named_and_the_rest_goes_on(bad, tmp_path, capsys):
    file = tmp_path / "in.jsonl"
    file.write_text(f'{{"reply": "a", "lang": "de"}}\n{bad}\n{{"reply": "b", "lang": "de"}}\n')
    broken = []
    assert [line["reply"] for line in read_lines(str(file), broken)] == ["a", "b"]
    [wrong] = broken
    assert wrong.values["line"] == 2
    assert explain(wrong, system_language()) in capsys.readouterr().err


def test_a_missing_file_is_named_before_the_model_is_loaded(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "load_scorer", lambda: pytest.fail("the model was loaded"))
    with pytest.raises(UsageError, match="score_file"):
        score(str(tmp_path / "none.jsonl"))


def test_a_byte_order_mark_does_no_harm(tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"reply": "a", "lang": "de"}\r\n')
    assert list(read_lines(str(file), [])) == [{"reply": "a", "lang": "de", "context": None}]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UsageError) as missing:
        list(read_lines(str(tmp_path / "none.jsonl"), []))
    assert missing.value.key == "score_file"
