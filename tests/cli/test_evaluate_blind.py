"""``hoerer evaluate blind`` from the sheet to the count."""

import json

from simulator.evaluation.calls import Casting, Played
from tests.calls import call
from tests.cli.stage import hoerer, script


def rows(file):
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_pairs_are_written_read_and_counted(tmp_path):
    out = tmp_path / "out"
    wrote = hoerer("evaluate", "blind", "pairs", out, "--turns", 2, "--model", script(tmp_path))
    assert wrote.code == 0
    assert wrote.out == ""
    assert "2 of 2 places" in wrote.err
    nobody = hoerer("evaluate", "blind", "count", out).refused(2)
    assert "gelesen hat hier noch niemand" in nobody
    readings = [{"id": one["id"], "better": one["model"]} for one in rows(out / "key.jsonl")]
    told = [{"reader": "Mia", "kind": "person"}, *readings]
    (out / "readings.jsonl").write_text("\n".join(map(json.dumps, told)), "utf-8")
    counted = hoerer("evaluate", "blind", "count", out)
    assert counted.code == 0, counted.err
    assert counted.out.startswith("Read by Mia (person):\n")
    assert "100.0%" in counted.out
    as_json = hoerer("evaluate", "blind", "count", out, "--json")
    first = json.loads(as_json.out.splitlines()[0])
    assert (first["value"], first["n"], first["wanted"]) == (1.0, 2, "≥ 90 %")
    assert (first["reader"], first["kind"]) == ("Mia", "person")
    # a verdict too many is named with its line
    (out / "readings.jsonl").write_text("\n".join(map(json.dumps, [*told, told[-1]])), "utf-8")
    twice = hoerer("evaluate", "blind", "count", out, HOERER_LANG="en").refused(2)
    assert twice.startswith("Line 6 of “")
    assert "a second time" in twice


def test_lines_come_from_the_calls_that_were_kept_last(tmp_path):
    cache = tmp_path / "cache"
    none = hoerer("evaluate", "blind", "lines", tmp_path / "out", HOERER_CACHE=str(cache))
    assert "keine gespielten Gespräche" in none.refused(2)
    casting = Casting(
        scenario="internet-kuendigung", persona="brandt", language="de", profile="good", seed=0
    )
    file = cache / "evaluation" / "0f" / "calls.jsonl"
    file.parent.mkdir(parents=True)
    text = Played(casting=casting, events=call(exchanges=3)).model_dump_json()
    file.write_text(f"{text}\n{text[:50]}", "utf-8")
    drawn = hoerer(
        "evaluate", "blind", "lines", tmp_path / "out", "--turns", 2, HOERER_CACHE=str(cache)
    )
    assert drawn.code == 0, drawn.err
    assert f"2 of 2 lines, from {file}" in drawn.err
    assert len(rows(tmp_path / "out" / "lines.jsonl")) == 2
    broken = hoerer("evaluate", "blind", "lines", tmp_path / "out", "--calls", __file__)
    assert "Zeile 1 in" in broken.refused(2)
