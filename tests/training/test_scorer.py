"""Fitting the heads: on the train part only, the same each time."""

import json

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM

from simulator.domain.score import Dimension
from simulator.lm.conversion import READER_LAYERS, merge_adapter
from simulator.scoring.heads import load_heads
from simulator.training.corpus import corpus_folder
from simulator.training.lessons import UNLABELLED, Lesson
from simulator.training.rating import Recipe, label_weights
from simulator.training.scorer import fit, temperatures, told
from simulator.training.single_turns import SingleTurn
from tests.lm import tiny

SMALL = Recipe(rank=2, width=4, passes=1)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A model like the small one, with weights drawn at random."""
    folder = tmp_path_factory.mktemp("base")
    tokenizer = tiny.wrapped(tiny.byte_fallback(), bos="<bos>")
    tiny.gemma(len(tokenizer), layers=READER_LAYERS + 4).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


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


def fitted(base, corpus, out, also=()):
    """Return the table and the heads of a fit."""
    rows = fit(base, [].append, corpus, out, also, SMALL)
    return rows, load_heads(out)


def test_fit_writes_all_that_ships_and_tells_figures(base, corpus, tmp_path):
    said = []
    rows = fit(base, said.append, corpus, tmp_path / "out", (), SMALL)
    assert {(r.part, r.language, r.dimension) for r in rows} == {
        ("test", language, dimension) for language in ("de", "en") for dimension in Dimension
    }
    assert said[-len(rows) :] == [told(row) for row in rows]
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "adapter_config.json",
        "adapter_model.safetensors",
        "examples.jsonl",
        "examples.safetensors",
        "heads.safetensors",
    ]
    _, again = fitted(base, corpus, tmp_path / "again")
    assert again.fingerprint == load_heads(tmp_path / "out").fingerprint


def test_the_heads_rate_with_the_merged_adapter_as_they_were_fitted(base, corpus, tmp_path):
    fitted(base, corpus, tmp_path / "out")
    model = AutoModelForCausalLM.from_pretrained(base)
    before = {name: value.clone() for name, value in model.named_parameters()}
    merge_adapter(model, tmp_path / "out")
    moved = {n for n, value in model.named_parameters() if not torch.equal(value, before[n])}
    assert moved
    assert {int(name.split(".")[2]) for name in moved} == {4, 5, 6, 7}


def test_the_test_part_changes_no_weight(base, corpus, tmp_path):
    _, first = fitted(base, corpus, tmp_path / "out")
    aside = json.loads((corpus / "split.json").read_text())["test"]
    for file in corpus.glob("*.jsonl"):
        dialogues = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for dialogue in dialogues:
            for turn in dialogue["turns"]:
                if dialogue["id"] in aside and turn["speaker"] == "agent":
                    turn["empathy"] = 2 - turn["empathy"]
        lines = [json.dumps(dialogue) for dialogue in dialogues]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _, second = fitted(base, corpus, tmp_path / "other")
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


def test_turns_that_coaches_labelled_change_the_heads(base, corpus, tmp_path):
    alone, first = fitted(base, corpus, tmp_path / "out")
    rows, taught = fitted(base, corpus, tmp_path / "taught", coached(9, empathy=2))
    assert taught.fingerprint != first.fingerprint
    assert [row.kappa.n for row in rows] == [row.kappa.n for row in alone]


def test_single_turns_of_the_corpus_are_learnt_from(base, corpus, tmp_path):
    _, first = fitted(base, corpus, tmp_path / "out")
    (corpus / "turns").mkdir()
    shipped = corpus_folder() / "turns" / "de_single.jsonl"
    lines = shipped.read_text(encoding="utf-8").splitlines()[:9]
    (corpus / "turns" / "de_single.jsonl").write_text("\n".join(lines), encoding="utf-8")
    _, taught = fitted(base, corpus, tmp_path / "taught")
    assert taught.fingerprint != first.fingerprint


def test_a_turn_without_a_label_teaches_nothing_in_that_dimension():
    lesson = Lesson(torch.zeros(1, 4), 0, np.zeros(1), (2, UNLABELLED, UNLABELLED), 1.0)
    other = Lesson(torch.zeros(1, 4), 0, np.zeros(1), (0, 1, UNLABELLED), 1.0)
    assert label_weights([lesson, other])[:, 1].tolist() == [0.0, pytest.approx(1 / 3)]
    assert label_weights([lesson, other])[:, 2].tolist() == [0.0, 0.0]


def test_what_trainees_said_becomes_no_example_and_stays_in_no_cache(base, corpus, tmp_path):
    turns = coached(9, empathy=2, listening=2, de_escalation=2)
    fitted(base, corpus, tmp_path / "taught", turns)
    assert not list((tmp_path / "cache").rglob("*"))
    examples = (tmp_path / "taught" / "examples.jsonl").read_text(encoding="utf-8")
    assert not [turn for turn in turns if turn.reply in examples]


def test_confidence_is_made_honest():
    sure = np.asarray([[[9.0, 9.0]], [[9.0, 9.0]], [[9.0, 9.0]], [[9.0, 9.0]]])
    half_wrong = np.asarray([[2], [2], [0], [0]])
    [temperature] = temperatures(sure, half_wrong)
    assert temperature > 4
