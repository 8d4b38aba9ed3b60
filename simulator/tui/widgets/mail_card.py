"""The checklist of a mail, beside its scores."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from simulator.coaching.mail_words import headline, items
from simulator.domain.conversation import AgentTurn, Session
from simulator.i18n import Texts
from simulator.tui.literal import literal

_STYLES = {"✓": "$text-success", "?": "$text-warning", "✗": "$text-error"}


class MailCard(Static):
    """Shows the checklist of ``turn``; there is nothing to see where it was no mail."""

    DEFAULT_CSS = (
        "MailCard { height: auto; display: none; margin: 1 0 0 0; &.-mail { display: block; } }"
    )
    HELP = "mail.help.card"

    turn: reactive[AgentTurn | None] = reactive(None)

    def __init__(self, texts: Texts, title: bool = True) -> None:
        super().__init__()
        self._texts = texts
        self._titled = title

    def watch_turn(self, turn: AgentTurn | None) -> None:
        """Write the card."""
        self.set_class(turn is not None and turn.mail is not None, "-mail")
        if turn is not None and turn.mail is not None:
            self.update(Content("\n").join(self._lines(turn)))

    def _lines(self, turn: AgentTurn) -> Iterator[Content]:
        if turn.mail is None:
            return
        texts = self._texts
        told = headline(turn.mail, texts)
        if self._titled:
            yield Content.styled(texts("mail.card.title"), "bold $primary")
            yield literal(told, "bold")
        else:
            yield literal(texts("mail.card.of_turn", turn=turn.turn, told=told), "bold")
        quotes = texts("app.quotes")
        for item in items(turn, texts):
            yield Content.styled(f"{item.sign} ", _STYLES[item.sign]) + literal(item.text)
            if item.evidence:
                said = ", ".join(f"{quotes[0]}{words}{quotes[1]}" for words in item.evidence)
                yield literal(f"  ← {said}", "$foreground 60%")
        if self._titled:
            yield literal(texts("mail.card.limits"), "$foreground 60%")


def mail_part(session: Session, texts: Texts) -> Iterator[Widget]:
    """Yield the checklists of all mails of a session, for its debrief."""
    mails = [turn for turn in session.agent_turns if turn.mail is not None]
    if mails:
        yield Static(texts("mail.card.title_all"), classes="heading")
    for turn in mails:
        card = MailCard(texts, title=False)
        card.turn = turn
        yield card
    if mails:
        limits = literal(texts("mail.card.limits"), "$foreground 60%")
        yield Static(limits, classes="part")
