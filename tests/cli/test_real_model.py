"""``hoerer`` end to end with the actual weights."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.stage import command, hoerer, replies
from tests.cli.test_simulate import REPLIES, check_document

pytestmark = pytest.mark.real_model

CALL = ("--persona", "brandt", "--scenario", "internet-kuendigung")


def test_a_simulated_call_is_as_promised_and_can_be_repeated(tmp_path: Path) -> None:
    agent = replies(tmp_path, *REPLIES)
    options = ("--agent", agent, "--seed", "7", "--json", "--lang", "de")
    first = hoerer("simulate", *CALL, *options, real=True)
    assert first.code == 0, first.err
    assert "Loading weights" not in first.err
    assert "Warning" not in first.err
    call = json.loads(first.out)
    check_document(call)
    assert (call["persona"], call["scenario"]) == ("brandt", "internet-kuendigung")
    assert (call["lang"], call["seed"]) == ("de", 7)
    assert call["ended"] in {"script_end", "hung_up", "closed"}
    again = hoerer("simulate", *CALL, *options, real=True)
    assert json.loads(again.out)["turns"] == call["turns"]
    assert again.err == ""


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_while_the_model_is_loading(tmp_path: Path) -> None:
    agent = replies(tmp_path, *REPLIES)
    arguments = ["simulate", *CALL, "--agent", str(agent), "--lang", "de"]
    with subprocess.Popen(
        command(*arguments, real=True), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        time.sleep(4)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=120)
    assert child.returncode == 130
    assert out == b""
    assert b"Traceback" not in err


def test_replies_are_scored_line_by_line() -> None:
    lines = [
        {"context": "Drei Wochen ohne Internet!", "reply": REPLIES[1], "lang": "de", "id": 1},
        {"context": None, "reply": "[b]" + "🙂" * 300, "lang": "en"},
        {"context": "", "reply": "", "lang": "en"},
        {"context": "x" * 9000, "reply": "Guten Tag. " * 900, "lang": "de"},
    ]
    shown = hoerer("score", "-", stdin="\n".join(map(json.dumps, lines)), real=True)
    assert (shown.code, shown.err) == (0, "")
    scored = [json.loads(line) for line in shown.out.splitlines()]
    assert [{key: line[key] for key in lines[0] if key in line} for line in scored] == lines
    assert scored[0]["scores"]["listening"]["value"] is not None
