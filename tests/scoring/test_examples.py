"""Examples are kept on disk and found again."""

import pytest

from simulator.errors import ModelError
from simulator.scoring.examples import load_examples
from simulator.training.corpus import read_split
from tests.scoring.reading import HashReader, examples


def test_the_nearest_is_the_one_itself():
    state = HashReader().state("de", "strong 1")
    assert examples().nearest(state, "de", ()).text == "strong 1"
    assert examples().nearest(state, "de", ("said 1",)).text == "strong 0"
    assert examples().nearest(state, "de", ("said 1", "strong 0")) is None


def test_examples_are_the_same_after_saving(tmp_path):
    made = examples()
    made.save(tmp_path)
    read = load_examples(tmp_path)
    assert read.examples == made.examples
    assert (read.directions == made.directions).all()


def test_missing_and_broken_files_are_named(tmp_path):
    with pytest.raises(ModelError) as missing:
        load_examples(tmp_path)
    assert missing.value.key == "heads_missing"
    examples().save(tmp_path)
    (tmp_path / "examples.jsonl").write_text("{}\n")
    with pytest.raises(ModelError) as broken:
        load_examples(tmp_path)
    assert broken.value.key == "heads_broken"


def test_no_shipped_example_is_from_the_test_part():
    shown = {one.alternative.dialogue for one in load_examples().examples}
    assert shown
    assert not shown & set(read_split().test)
