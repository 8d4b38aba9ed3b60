"""Help for the next reply: a question to oneself, then an example."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from simulator.domain.hint import Hint
from simulator.i18n import Texts
from simulator.tui.literal import literal


class HintCard(Static):
    """Shows ``hint``, and takes no room without one.

    ``early`` says that nothing has been heard yet by which an example could be found.
    """

    DEFAULT_CSS = """
    HintCard {
        display: none; height: auto; max-height: 9; padding: 0 1; background: $surface;
        border-left: thick $accent;
    }
    """
    HELP = "hint.help"

    hint: reactive[Hint | None] = reactive(None)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.early = False

    def watch_hint(self, hint: Hint | None) -> None:
        """Write the card, or put it away."""
        self.display = hint is not None
        if hint is not None:
            self.update(Content("\n").join(self._lines(hint)))

    def _lines(self, hint: Hint) -> Iterator[Content]:
        texts, faint = self._texts, "$foreground 60%"
        heading = Content.styled(f"? {texts('hint.heading')}: ", "bold $accent")
        yield heading + literal(hint.question)
        if hint.example is None:
            yield Content.styled(texts("hint.more_later" if self.early else "hint.more"), faint)
            return
        quotes = texts("app.quotes")
        yield Content.assemble(
            (f"{texts('hint.example')} ", "bold $accent"),
            (f"{texts('hint.elsewhere')}: ", faint),
            quotes[0] + literal(hint.example.text) + quotes[1],
        )
