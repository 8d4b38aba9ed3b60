"""The tutorial is done step by step, as somebody does who has never seen a YAML file."""

from __future__ import annotations

import difflib
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from simulator.content.nodes import Listing, Mapping, Node, Scalar
from simulator.content.parsing import libyaml, parse
from simulator.content.problems import Findings
from simulator.domain.script import PROFILES
from simulator.evaluation.trial import CHECKS
from tests.cli.stage import Said, hoerer, script

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {"de": "anleitung.md", "en": "tutorial.md"}
BLOCK = re.compile(r"```(sh|text|yaml)\n(.*?)```", re.DOTALL)


def blocks(language: str) -> list[tuple[str, str]]:
    return BLOCK.findall((DOCS / PAGES[language]).read_text(encoding="utf-8"))


class Trainer:
    """Somebody with an editor, a terminal and a folder of their own."""

    def __init__(self, folder: Path, home: Path, language: str) -> None:
        self.folder = folder
        self.home = home
        self.language = language
        self.last = Said(0, "", "")

    def follow(self, kind: str, text: str) -> None:
        if kind == "sh":
            for line in text.splitlines():
                self.type(line)
        elif kind == "yaml":
            self.write(text)
        else:
            for line in text.splitlines():
                assert line.removeprefix("…") in self.last.out
            assert self.last.code == (2 if ".yaml:" in text else 0)

    def type(self, line: str) -> None:
        program, *arguments = shlex.split(line)
        assert program == "hoerer"
        arguments = [
            str(self.folder / each) if each.endswith(("paket", "pack")) else each
            for each in arguments
        ]
        if arguments[0] == "practice":
            arguments.append("--plain")
        self.last = hoerer(
            *arguments,
            stdin="Guten Tag.\nWas ist passiert?\n",
            HOERER_LANG=self.language,
            HOERER_MODEL=script(self.folder),
        )
        if arguments[:2] == ["content", "test"]:
            # The customer of the tests reads from a script, so no measure is met; each is told.
            assert self.last.code == 1
            assert len(self.last.out.splitlines()) > len(CHECKS)
            assert len(self.last.err.splitlines()) == len(PROFILES)
            return
        assert self.last.code in {0, 2}
        assert self.last.err == ""

    def write(self, text: str) -> None:
        name = text.splitlines()[0].removeprefix("# ")
        file = self.home / name
        if name.endswith("pack.yaml"):
            file = self.folder / name
            file.parent.mkdir()
            for kind in ("personas", "scenarios"):
                shutil.move(self.home / kind, file.parent / kind)
            file.write_text(text, encoding="utf-8")
            return
        part, whole = tree(text), tree(file.read_text(encoding="utf-8"))
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        # from the end of the file on, so that the places before stay where they are
        for change in sorted(changes(part, whole), key=lambda change: -change[0]):
            replace(lines, *change)
        file.write_text("".join(lines), encoding="utf-8")


def tree(text: str) -> Mapping:
    root = parse(text, libyaml, Findings(Path("page.yaml")))
    assert isinstance(root, Mapping)
    return root


def changes(part: Node, whole: Node) -> list[tuple[int, str, str]]:
    """Return the lines (from 0) in which something is to be replaced, by what, in order."""
    if isinstance(part, Scalar) and isinstance(whole, Scalar):
        return [(whole.line - 1, str(whole.value), str(part.value))]
    if isinstance(part, Listing) and isinstance(whole, Listing):
        shorter = len(part.items) < len(whole.items) and isinstance(part.items[0], Scalar)
        if shorter:
            old, new = (", ".join(str(s.value) for s in each.items) for each in (whole, part))
            return [(whole.line - 1, old, new)]
        pairs = zip(part.items, whole.items, strict=False)
        return [change for one, other in pairs for change in changes(one, other)]
    assert isinstance(part, Mapping)
    assert isinstance(whole, Mapping)
    found = []
    for name, (_, value) in part.entries.items():
        if name in whole.entries:
            found += changes(value, whole.entries[name][1])
        else:
            [near] = difflib.get_close_matches(name, whole.entries, n=1)
            found.append((whole.entries[near][0].line - 1, near, name))
    return found


def replace(lines: list[str], at: int, old: str, new: str) -> None:
    for before, after in (
        (json.dumps(old, ensure_ascii=False), json.dumps(new, ensure_ascii=False)),
        (old, new),
    ):
        if before in lines[at]:
            lines[at] = lines[at].replace(before, after, 1)
            return
    raise AssertionError(f"{old!r} does not stand in {lines[at]!r}")


@pytest.mark.parametrize("language", PAGES)
def test_whoever_follows_the_tutorial_gets_where_it_leads(language: str, tmp_path: Path) -> None:
    trainer = Trainer(tmp_path, tmp_path / "hoerer", language)
    for kind, text in blocks(language):
        trainer.follow(kind, text)
    assert trainer.last.code == 0
    assert "Krause" in trainer.last.out or "Carver" in trainer.last.out


def test_both_pages_lead_the_same_way() -> None:
    german, english = (
        [(kind, text.replace("my-pack", "mein-paket")) for kind, text in blocks(language)]
        for language in PAGES
    )
    assert [kind for kind, _ in german] == [kind for kind, _ in english]
    for (kind, one), (_, other) in zip(german, english, strict=True):
        assert kind == "text" or one == other


@pytest.mark.parametrize("language", PAGES)
def test_the_pages_name_every_command_of_the_author(language: str) -> None:
    commands = " ".join(text for kind, text in blocks(language) if kind == "sh")
    for command in ("new persona", "new scenario", "lint", "list", "schema", "preview", "test"):
        assert f"hoerer content {command}" in commands
