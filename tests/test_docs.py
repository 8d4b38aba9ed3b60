"""What the pages say of the content is so."""

from pathlib import Path

import pytest

from simulator.content.catalogue import Catalogue

DOCS = Path(__file__).parent.parent / "docs"
CATALOGUE = Catalogue.load()
CHANNELS = {
    "de": {"phone": "Telefon", "email": "E-Mail"},
    "en": {"phone": "phone", "email": "e-mail"},
}


@pytest.mark.parametrize(("page", "language"), [("scenarios.md", "en"), ("szenarien.md", "de")])
def test_every_scenario_has_its_row(page, language):
    rows = [
        line for line in (DOCS / page).read_text("utf-8").splitlines() if line.startswith("| `")
    ]
    told = {tuple(cell.strip() for cell in row.split("|")[1:4]) for row in rows}
    assert told == {
        (
            f"`{scenario.id}` {scenario.text(language).title}",
            CHANNELS[language][scenario.channel],
            str(scenario.difficulty),
        )
        for scenario in CATALOGUE.scenarios.values()
    }
    assert all(row.split("|")[4].strip() for row in rows)
