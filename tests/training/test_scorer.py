"""Fitting the heads: on the train part only, the same each time."""

import json

import numpy as np
import pytest

from simulator.domain.score import Dimension
from simulator.scoring.heads import load_heads
from simulator.training.corpus import corpus_folder
from simulator.training.scorer import fit
from simulator.training.single_turns import SingleTurn
from tests.scoring.reading import HashReader


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """A small corpus: the first dialogues of two files, two of them kept aside."""
    monkeypatch.setenv("HOERER_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "corpus"
    folder.mkdir()
    aside = []
    for name in ("de_telco_energy", "en_mixed"):
        lines = (corpus_folder() / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()[:8]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        aside.append(json.loads(lines[-1])["id"])
    (folder / "split.json").write_text(json.dumps({"test": aside}))
    return folder


def test_fit_writes_heads_and_examples_and_tells_figures(corpus, tmp_path):
    said = []
    rows = fit(HashReader(), said.append, corpus, tmp_path / "out")
    assert {(r.part, r.language, r.dimension) for r in rows} == {
        (part, language, dimension)
        for part in ("folds", "test")
        for language in ("de", "en")
        for dimension in Dimension
    }
    assert len(said) == len(rows)
    assert (tmp_path / "out" / "examples.jsonl").is_file()
    first = load_heads(tmp_path / "out").fingerprint
    fit(HashReader(), said.append, corpus, tmp_path / "again")
    assert load_heads(tmp_path / "again").fingerprint == first


def test_the_test_part_changes_no_weight(corpus, tmp_path):
    fit(HashReader(), [].append, corpus, tmp_path / "out")
    aside = json.loads((corpus / "split.json").read_text())["test"]
    for file in corpus.glob("*.jsonl"):
        dialogues = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for dialogue in dialogues:
            for turn in dialogue["turns"]:
                if dialogue["id"] in aside and turn["speaker"] == "agent":
                    turn["empathy"] = 2 - turn["empathy"]
        lines = [json.dumps(dialogue) for dialogue in dialogues]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fit(HashReader(), [].append, corpus, tmp_path / "other")
    first, second = load_heads(tmp_path / "out"), load_heads(tmp_path / "other")
    assert first.fingerprint == second.fingerprint


def coached(count, **labels):
    """Return turns that coaches labelled."""
    return [
        SingleTurn(
            "de",
            f"Zum {n}. Mal!",
            (),
            f"Das {n}. Mal, das tut mir leid.",
            {Dimension(name): label for name, label in labels.items()},
        )
        for n in range(count)
    ]


def test_turns_that_coaches_labelled_change_the_heads(corpus, tmp_path):
    alone = fit(HashReader(), [].append, corpus, tmp_path / "out")
    rows = fit(HashReader(), [].append, corpus, tmp_path / "taught", coached(9, empathy=2))
    first, taught = load_heads(tmp_path / "out"), load_heads(tmp_path / "taught")
    assert taught.fingerprint != first.fingerprint
    assert not np.array_equal(taught.mean, first.mean)
    assert [row.kappa.n for row in rows] == [row.kappa.n for row in alone]


def test_a_turn_teaches_only_the_dimensions_it_has(corpus, tmp_path):
    def taught(name, turns):
        fit(HashReader(), [].append, corpus, tmp_path / name, turns)
        return load_heads(tmp_path / name)

    weak, strong = taught("weak", coached(9, empathy=0)), taught("strong", coached(9, empathy=2))
    assert not np.allclose(weak.weights[Dimension.EMPATHY], strong.weights[Dimension.EMPATHY])
    for dimension in (Dimension.LISTENING, Dimension.DE_ESCALATION):
        assert np.array_equal(weak.weights[dimension], strong.weights[dimension])
        assert np.array_equal(weak.biases[dimension], strong.biases[dimension])


def test_what_trainees_said_becomes_no_example_and_stays_in_no_cache(corpus, tmp_path):
    fit(HashReader(), [].append, corpus, tmp_path / "out")
    kept = sorted(path.name for path in (tmp_path / "cache").rglob("*"))
    turns = coached(9, empathy=2, listening=2, de_escalation=2)
    fit(HashReader(), [].append, corpus, tmp_path / "taught", turns)
    assert sorted(path.name for path in (tmp_path / "cache").rglob("*")) == kept
    for name in ("examples.jsonl", "examples.safetensors"):
        assert (tmp_path / "taught" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()
