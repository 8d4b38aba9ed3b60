"""The model that reads its lines from a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulator.errors import UsageError
from simulator.i18n import explain
from simulator.lm.base import Request
from simulator.lm.scripted import ScriptedLM

LINES = ["Na endlich.", "Und wann kommt jemand?"]


def told(model: ScriptedLM, request: Request) -> list[str]:
    texts = [""] * request.candidates
    for chunk in model.generate(request):
        texts[chunk.index] += chunk.text
    return texts


def test_the_seed_says_which_line_comes_first() -> None:
    model = ScriptedLM(LINES)
    assert told(model, Request("", seed=0)) == [" Na endlich."]
    assert told(model, Request("", seed=1, candidates=2)) == [
        " Und wann kommt jemand?",
        " Na endlich.",
    ]


def test_the_last_word_ends_the_line() -> None:
    chunks = list(ScriptedLM(LINES).generate(Request("")))
    assert [(c.text, c.done, c.finished) for c in chunks] == [
        (" Na", False, False),
        (" endlich.", True, True),
    ]


def test_it_can_be_interrupted() -> None:
    model, heard = ScriptedLM(LINES), []
    for chunk in model.generate(Request("", seed=1), lambda: len(heard) == 2):
        heard.append(chunk.text)
    assert heard == [" Und", " wann"]


def test_its_own_lines_are_likelier() -> None:
    weights = ScriptedLM(LINES).weigh("", [" Na endlich.", "Hallo"])
    assert [weight.log_probability for weight in weights] == [-1.0, -2.0]


def test_states_tell_texts_apart() -> None:
    first, other = (weight.state for weight in ScriptedLM(LINES).weigh("", ["abc", "xyz"]))
    assert first.shape == (64,)
    assert first.dtype == np.float32
    assert not np.array_equal(first, other)


def test_a_file_is_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("\n".join(["", *LINES, "  "]), encoding="utf-8")
    model = ScriptedLM.load(file)
    assert model.name == str(file)
    assert model.fingerprint == ScriptedLM(LINES).fingerprint
    assert model.fingerprint != ScriptedLM(LINES[:1]).fingerprint


@pytest.mark.parametrize(
    ("content", "key"), [(b"\n \n", "empty_script"), (b"\xff\xfe", "unreadable_script")]
)
def test_a_useless_file_is_named(content: bytes, key: str, tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_bytes(content)
    with pytest.raises(UsageError) as wrong:
        ScriptedLM.load(file)
    assert wrong.value.key == key
    for language in ("de", "en"):
        assert str(file) in explain(wrong.value, language)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unreadable_script"):
        ScriptedLM.load(tmp_path / "none.txt")
