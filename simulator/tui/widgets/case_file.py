"""What the trainee may know: briefing, documents, what may be offered."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.domain.scenario import Document, ScenarioText
from simulator.i18n import Texts
from simulator.tui.literal import literal


class CaseFile(VerticalScroll):
    """The case file of a scenario, to read before and during the call."""

    DEFAULT_CSS = """
    CaseFile {
        padding: 0 1; scrollbar-size-vertical: 1;
        & Static { height: auto; margin: 0 0 1 0; }
        & .document { border-left: thick $foreground 30%; padding: 0 1; }
    }
    """
    HELP = "app.help.case_file"

    def __init__(self, texts: Texts, scenario: ScenarioText) -> None:
        super().__init__()
        self._texts = texts
        self._scenario = scenario

    def compose(self) -> ComposeResult:
        """Lay out the file."""
        scenario = self._scenario
        yield Static(literal(f"{scenario.company} · {scenario.industry}", "$foreground 60%"))
        yield Static(self._part("briefing", literal(scenario.briefing)))
        for document in scenario.case_file:
            yield Static(Content("\n").join(self._document(document)), classes="document")
        offers = Content("\n").join(literal(f"• {offer}") for offer in scenario.may_offer)
        yield Static(self._part("may_offer", offers))

    def _part(self, key: str, content: Content) -> Content:
        heading = Content.styled(self._texts(f"app.case_file.{key}"), "bold $primary")
        return Content("\n").join([heading, content])

    def _document(self, document: Document) -> Iterator[Content]:
        kind = self._texts(f"app.document.{document.kind}")
        yield literal(" · ".join(part for part in (kind, document.date) if part), "bold")
        for key, value in (
            ("from", document.sender),
            ("to", document.recipient),
            ("subject", document.subject),
        ):
            if value:
                label = f"{self._texts(f'app.case_file.{key}')}: "
                yield Content.styled(label, "$foreground 60%") + literal(value)
        yield literal(document.body)
