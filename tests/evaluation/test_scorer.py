"""Data sets are recognised by their labels, and each figure stands beside the length alone."""

import json

import pytest

from simulator.errors import UsageError
from simulator.evaluation.labelled import kept_aside, labelled_rows
from simulator.evaluation.scorer import data_figures, told
from simulator.scoring.scorer import Scorer
from tests.scoring.reading import HashReader, examples, heads

SCORER = Scorer(HashReader(), heads(weight=2.0), examples())
LABELS = {
    "epitome": ({"er": 1, "ip": 0, "ex": 2}, {"er": 0, "ip": 2, "ex": 0}),
    "annomi": ({"behaviour": "reflection"}, {"behaviour": "therapist_input"}),
    "receptive": ({"receptive": 0.5}, {"receptive": -0.5}),
    "wikitactics": ({"attack": 0, "resolve": 1}, {"attack": 1, "resolve": 0}),
    "germeval": ({"toxic": 0, "engaging": 1}, {"toxic": 1, "engaging": 0}),
    "maia": ({"iq": 5}, {"iq": 2}),
}


def write(file, labels):
    rows = [
        {
            "id": str(i),
            "group": str(i // 2),
            "lang": "en",
            "context": None,
            "reply": "I will look at that for you. " + "Really. " * i,
            "labels": labels[i % 2],
        }
        for i in range(40)
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", LABELS)
def test_each_data_set_is_measured_beside_length(name, tmp_path):
    figures = data_figures(SCORER, write(tmp_path / f"{name}.jsonl", LABELS[name]))
    aside = sum(kept_aside(row) for row in labelled_rows(tmp_path / f"{name}.jsonl"))
    assert figures
    assert 0 < aside < 40
    assert [f.score for f in figures[1::2]] == ["length"] * (len(figures) // 2)
    assert all(f.data == name and f.n == aside and name in told(f) for f in figures)


def test_a_limit_takes_fewer_rows(tmp_path):
    file = write(tmp_path / "maia.jsonl", LABELS["maia"])
    assert {f.n for f in data_figures(SCORER, file, limit=6)} == {6}


@pytest.mark.parametrize("content", ["", "no json", '{"labels": {}}'])
def test_an_unknown_file_is_refused(content, tmp_path):
    file = tmp_path / "odd.jsonl"
    file.write_text(content)
    with pytest.raises(UsageError) as refused:
        data_figures(SCORER, file)
    assert refused.value.key == "benchmark_unknown"


def test_a_file_of_other_labels_is_refused(tmp_path):
    with pytest.raises(UsageError):
        data_figures(SCORER, write(tmp_path / "x.jsonl", ({"joy": 1}, {"joy": 0})))
