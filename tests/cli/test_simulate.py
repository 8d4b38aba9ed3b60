"""``hoerer simulate``: a call without a person, as one JSON document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.cli.simulate import agent_lines
from simulator.errors import UsageError
from simulator.i18n import explain
from tests.cli.stage import Said, hoerer, replies, script

CALL = ("--persona", "brandt", "--scenario", "internet-kuendigung")
REPLIES = (
    "Guten Tag, hier ist der Kundenservice. Was kann ich für Sie tun?",
    "Drei Wochen ohne Internet, das ist wirklich ärgerlich. Ich schaue sofort nach.",
    "Beruhigen Sie sich erst mal. [red]{x}[/red] 🙂 \u202eשלום",
)
LEVELS = {"anger", "trust", "feeling_heard"}


def simulated(folder: Path, *options: str, texts: tuple[str, ...] = REPLIES) -> Said:
    model = ("--model", script(folder))
    return hoerer("simulate", *CALL, *model, "--agent", replies(folder, *texts), *options)


def check_document(call: dict) -> None:
    """Check the shape that is promised, and that the ledger explains every change."""
    assert {"persona", "scenario", "lang", "seed", "turns", "ended"} <= call.keys()
    assert call["turns"][0]["speaker"] == "agent"
    before = None
    for turn in call["turns"]:
        if turn["speaker"] == "agent":
            assert {"text", "scores"} <= turn.keys()
            assert {"empathy", "listening", "de_escalation"} <= turn["scores"].keys()
            continue
        assert {"text", "source", "act", "state", "ledger"} <= turn.keys()
        assert turn["source"] in {"model", "authored"}
        assert turn["state"].keys() == LEVELS
        assert turn["text"].strip()
        if before is not None:
            for feeling in LEVELS:
                moved = sum(e["amount"] for e in turn["ledger"] if e["feeling"] == feeling)
                assert turn["state"][feeling] == pytest.approx(before[feeling] + moved, abs=1e-6)
        before = turn["state"]


def test_the_document_is_as_promised(tmp_path: Path) -> None:
    shown = simulated(tmp_path, "--json", "--seed", "7", "--lang", "de")
    assert (shown.code, shown.err) == (0, "")
    call = json.loads(shown.out)
    check_document(call)
    assert (call["persona"], call["scenario"]) == ("brandt", "internet-kuendigung")
    assert (call["lang"], call["seed"], call["ended"]) == ("de", 7, "script_end")
    spoken = [turn["text"] for turn in call["turns"] if turn["speaker"] == "agent"]
    assert spoken[:2] == list(REPLIES[:2])
    # What would steer a terminal is left out of a reply; brackets and letters stay.
    assert spoken[2] == "Beruhigen Sie sich erst mal. [red]{x}[/red] 🙂 שלום"


def test_the_same_seed_is_the_same_call(tmp_path: Path) -> None:
    first, again, other = (
        simulated(tmp_path, "--json", "--seed", seed).out for seed in ("7", "7", "8")
    )
    assert first == again
    assert json.loads(first)["turns"] != json.loads(other)["turns"]


def test_for_people_it_is_a_transcript(tmp_path: Path) -> None:
    shown = simulated(tmp_path, "--lang", "en")
    assert shown.code == 0
    assert "[red]{x}[/red]" in shown.out
    assert "of which authored and not generated" in shown.out
    assert "\u202e" not in shown.out


def test_a_rehearsal_is_not_kept(tmp_path: Path) -> None:
    simulated(tmp_path)
    assert json.loads(hoerer("sessions", "list", "--json").out) == []


def test_no_reply_is_a_call_without_turns(tmp_path: Path) -> None:
    shown = simulated(tmp_path, "--json", texts=())
    assert json.loads(shown.out)["turns"] == []


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b"3",
        b'"text"',
        b"{}",
        b'{"text": 3}',
        b'{"text": null}',
        b'{"text": "  "}',
        b'{"text": "\\u0007"}',
        b'{"text": "\\ud800"}',
        b"[" * 100_000,
        b'{"text": ' + b"9" * 5000 + b"}",
        b'{"text": "' + b"x" * 4001 + b'"}',
    ],
    ids=lambda line: line[:24].decode(),
)
def test_a_wrong_line_is_named(line: bytes, tmp_path: Path) -> None:
    file = tmp_path / "agent.jsonl"
    file.write_bytes(b'{"text": "Guten Tag."}\n\n' + line)
    with pytest.raises(UsageError) as wrong:
        list(agent_lines(file))
    assert wrong.value.values["line"] == 3
    for language in ("de", "en"):
        said = explain(wrong.value, language)
        assert str(file) in said
        assert " 3 " in said


def test_lines_as_editors_write_them(tmp_path: Path) -> None:
    file = tmp_path / "agent.jsonl"
    file.write_bytes('\ufeff{"text": "Für Sie\u2028da"}\r\n\r\n{"text": "Ja", "x": 1}'.encode())
    assert list(agent_lines(file)) == ["Für Sie\u2028da", "Ja"]


@pytest.mark.parametrize("content", [None, b"\xff\xfe{"])
def test_a_file_that_cannot_be_read(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "agent.jsonl"
    if content is not None:
        file.write_bytes(content)
    said = hoerer("simulate", *CALL, "--agent", file).refused(2)
    assert str(file) in said


@pytest.mark.parametrize(
    ("who", "what", "named"),
    [
        ("brnadt", "internet-kuendigung", "brandt"),
        ("brandt", "internet-kuendigun", "internet-kuendigung"),
        ("./brandt.yaml", "internet-kuendigung", "./brandt.yaml"),
        ("brandt", "/nowhere/x.yaml", "/nowhere/x.yaml"),
    ],
)
def test_an_unknown_person_or_case_is_refused_before_anything_is_loaded(
    who: str, what: str, named: str, tmp_path: Path
) -> None:
    agent = replies(tmp_path, "Guten Tag.")
    shown = hoerer("simulate", "--persona", who, "--scenario", what, "--agent", agent, real=True)
    assert named in shown.refused(2)


def test_a_persona_with_a_slip_in_it(tmp_path: Path) -> None:
    text = Path("personas/brandt.yaml").read_text(encoding="utf-8")
    file = tmp_path / "brandt.yaml"
    file.write_text(text.replace("difficulty:", "dificulty:"), encoding="utf-8")
    agent = replies(tmp_path, "Guten Tag.")
    said = hoerer("simulate", "--persona", file, "--scenario", "internet-kuendigung", "--agent",
                  agent).refused(2)  # fmt: skip
    assert "dificulty" in said
    assert str(file) in said


@pytest.mark.parametrize("content", [b"", b"\xff\xff"])
def test_a_script_that_is_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_bytes(content)
    model = f"scripted:{tmp_path / 'lines.txt'}"
    agent = replies(tmp_path, "Guten Tag.")
    said = hoerer("simulate", *CALL, "--agent", agent, "--model", model).refused(2)
    assert str(tmp_path / "lines.txt") in said
