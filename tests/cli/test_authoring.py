"""``hoerer content new``, ``schema`` and packs on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.stage import hoerer, replies, script
from tests.content.archives import MANIFEST, zip_of
from tests.content.examples import PERSONA, SCENARIO, lay_out


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOERER_CACHE", str(tmp_path / "cache"))
    folder = lay_out(tmp_path / "pack", {"keller": PERSONA}, {"doppelt": SCENARIO})
    (folder / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    return folder


def test_new_says_what_it_wrote_and_what_comes_next(tmp_path: Path) -> None:
    said = hoerer("content", "new", "scenario", "paket", "--into", tmp_path, "--lang", "en")
    assert (said.code, said.err) == (0, "")
    *written, last = said.out.splitlines()
    assert len(written) == 5
    assert written[0] == f"Written: {tmp_path}/scenarios/paket.yaml"
    assert f"“hoerer content lint {tmp_path}” shows what is still missing." in last
    checked = hoerer("content", "lint", tmp_path, "--lang", "en")
    assert checked.code == 2
    assert all("this is still the template" in line for line in checked.out.splitlines())


def test_new_writes_into_ones_own_folder_and_never_twice(tmp_path: Path) -> None:
    assert hoerer("content", "new", "persona", "krause").code == 0
    again = hoerer("content", "new", "persona", "krause")
    file = tmp_path / "hoerer" / "personas" / "krause.yaml"
    assert again.refused(2) == (
        f"„{file}“ gibt es schon, geschrieben wurde nichts; nimm eine andere Kennung oder einen"
        " anderen Ordner."
    )


def test_new_of_what_there_is_not(tmp_path: Path) -> None:
    assert hoerer("content", "new", "customer", "krause").code == 2
    assert hoerer("content", "new", "persona", "Frau Krause").refused(2) == (
        "„Frau Krause“ taugt nicht als Kennung; nimm nur Buchstaben, Ziffern, - und _."
    )
    assert not (tmp_path / "hoerer" / "personas").exists()


def test_schema_writes_all_four(tmp_path: Path) -> None:
    said = hoerer("content", "schema", "--into", tmp_path)
    assert said.code == 0
    written = [Path(line.removeprefix("Angelegt: ")) for line in said.out.splitlines()]
    assert len(written) == 4
    for file in written:
        assert json.loads(file.read_text(encoding="utf-8"))["properties"]


def test_a_call_with_what_a_pack_brings(pack: Path, tmp_path: Path) -> None:
    archive = zip_of(pack, tmp_path / "pack.zip")
    listed = hoerer("content", "list", "--json", "--content", archive)
    assert "keller" in [persona["id"] for persona in json.loads(listed.out)["personas"]]
    call = ("--persona", "keller", "--scenario", "doppelt", "--model", script(tmp_path))
    agent = ("--agent", replies(tmp_path, "Guten Tag.", "Was ist passiert?"))
    said = hoerer("simulate", *call, *agent, "--json", "--content", archive)
    assert said.code == 0, said.err
    assert json.loads(said.out)["persona"] == "keller"
    spoken = hoerer(
        "practice", "--plain", *call, "--content", pack, stdin="Guten Tag.\nWas ist los?\n"
    )
    assert (spoken.code, spoken.err) == (0, "")
    assert hoerer("simulate", *call, *agent).code == 2


def test_a_pack_that_is_none_is_refused_before_the_screen_is_taken(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = hoerer("practice", "--content", tmp_path / "empty", "--lang", "en")
    assert said.refused(2) == (
        f"“{tmp_path}/empty” is no pack, since pack.yaml is missing in it; docs/authors.md tells"
        " what belongs there."
    )


def test_lint_takes_a_zip(pack: Path, tmp_path: Path) -> None:
    said = hoerer("content", "lint", zip_of(pack, tmp_path / "pack.zip"))
    assert said.out == "Alles in Ordnung. Geprüfte Dateien: 7.\n"


def test_a_hint_is_printed_and_is_no_failure(pack: Path) -> None:
    from tests.content.test_readability import OFFICIAL

    file = pack / "personas" / "keller.yaml"
    file.write_text(PERSONA.replace("Ich bin es so leid.", OFFICIAL), encoding="utf-8")
    said = hoerer("content", "lint", file)
    assert said.code == 0
    hint, last = said.out.splitlines()
    assert f"{file}:23:5: Hinweis: so spricht kaum jemand" in hint
    assert last == "Keine Probleme, Hinweise: 1. Geprüfte Dateien: 1."
