"""The persona and scenario of the authors' guide, and how to lay them out in a folder."""

from pathlib import Path

from simulator.content.lint import lint
from simulator.domain.script import PROFILES

HERE = Path(__file__).parent
PERSONA = (HERE / "keller.yaml").read_text(encoding="utf-8")
SHORT_SCENARIO = (HERE / "stromrechnung.yaml").read_text(encoding="utf-8")


def lines(word: str) -> str:
    """Thirty-five more lines for the customer to say."""
    letters = "abcdefghijklmnopqrstuvwxyzäöüßàéîñç"
    return "".join(f'    - {{act: vent, text: "{word} {letter}{letter}"}}\n' for letter in letters)


def long_enough(scenario: str) -> str:
    german, english = scenario.split("\nen:\n")
    return f"{german}\n{lines('Satz')}en:\n{english}{lines('Line')}"


SCENARIO = long_enough(SHORT_SCENARIO)


def lay_out(folder: Path, personas: dict[str, str], scenarios: dict[str, str]) -> Path:
    for kind, files in (("personas", personas), ("scenarios", scenarios)):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for stem, text in files.items():
            (folder / kind / f"{stem}.yaml").write_text(text, encoding="utf-8")
    for stem in scenarios:
        for profile in PROFILES:
            script = folder / "scenarios" / "scripts" / f"{stem}.{profile}.yaml"
            script.parent.mkdir(exist_ok=True)
            script.write_text(SHORT_SCRIPT, encoding="utf-8")
    return folder


def found(file: Path, language="en") -> list[str]:
    """The problems of one file as printed, without the folder."""
    return [p.render(language).removeprefix(f"{file.parent}/") for p in lint([file])]


SHORT_SCRIPT = """\
de:
  - "Talnetz, guten Tag, Petra Sommer. Was ist bei Ihnen los?"
en:
  - "Talnet, good morning, Petra Sommer speaking. What has happened?"
"""
