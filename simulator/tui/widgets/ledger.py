"""The ledger: which rule moved which feeling how far."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from simulator.coaching.ledger import rule_name
from simulator.domain.emotion import Feeling, LedgerEntry
from simulator.i18n import Texts
from simulator.tui.figures import signed
from simulator.tui.literal import literal
from simulator.tui.widgets.gauges import style_of


class Ledger(Static):
    """Lists ``entries``, one line each, feeling by feeling."""

    DEFAULT_CSS = "Ledger { height: auto; }"
    HELP = "app.help.ledger"

    entries: reactive[tuple[LedgerEntry, ...]] = reactive(())

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts

    def watch_entries(self, entries: tuple[LedgerEntry, ...]) -> None:
        """Write the lines."""
        if not entries:
            self.update(Content.styled(self._texts("app.ledger.empty"), "$foreground 60%"))
            return
        by_feeling = sorted(entries, key=lambda entry: list(Feeling).index(entry.feeling))
        self.update(Content("\n").join(self._line(entry) for entry in by_feeling))

    def _line(self, entry: LedgerEntry) -> Content:
        names = {f: self._texts(f"app.feeling.{f}") for f in Feeling}
        width = max(map(len, names.values())) + 1
        amount = signed(entry.amount, self._texts.language)
        return Content.assemble(
            names[entry.feeling].ljust(width),
            (f"{amount:>5}", style_of(entry.feeling, entry.amount)),
            "  ",
            literal(rule_name(entry, self._texts)),
        )
