"""What was made of a reply: scores, notes, and what it did to the customer."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from simulator.coaching.blindfold import Blindfold
from simulator.coaching.hint_words import hint_lines
from simulator.coaching.replay import Moment
from simulator.i18n import Texts
from simulator.tui.literal import literal
from simulator.tui.widgets.gauges import Gauges, Standing
from simulator.tui.widgets.ledger import Ledger
from simulator.tui.widgets.mail_card import MailCard
from simulator.tui.widgets.note_list import Noted, NoteList
from simulator.tui.widgets.score_card import ScoreCard


@dataclass(frozen=True)
class View:
    """A ``moment`` of a call, seen through a ``blindfold``."""

    moment: Moment
    blindfold: Blindfold

    @property
    def veiled(self) -> bool:
        """Whether there are no scores to be seen: hidden, or no reply yet."""
        reply = self.moment.reply
        return reply is None or self.blindfold.hides(reply.turn)

    @property
    def standing(self) -> Standing | None:
        """Where the customer stands, None where nobody knows or may know."""
        moment = self.moment
        if moment.now is None or self.blindfold.hides_state(moment.exchange):
            return None
        return Standing(moment.now, moment.before)

    @property
    def noted(self) -> Noted | None:
        """The reply with the notes that may be read, None before the first."""
        reply = self.moment.reply
        return Noted(reply, self.blindfold.shown(reply.turn)) if reply else None


class Judgement(VerticalScroll):
    """Shows as much of ``view`` as may be seen, and says why the rest is hidden."""

    DEFAULT_CSS = """
    Judgement {
        scrollbar-size-vertical: 1;
        & Static { height: auto; }
        & .heading { text-style: bold; color: $primary; margin: 1 0 0 0; height: 1; }
        & #scores { margin: 0; }
        & #hint { color: $text-accent; }
        & #veil { display: none; color: $text-warning; }
        & #stateless { display: none; color: $text-muted; }
        &.-unsaid #veil { color: $text-muted; }
        &.-veiled ScoreCard { display: none; }
        &.-veiled #veil { display: block; }
        &.-stateless Gauges { display: none; }
        &.-stateless #ledger { display: none; }
        &.-stateless Ledger { display: none; }
        &.-stateless #stateless { display: block; }
    }
    """
    HELP = "replay.help.blind"

    view: reactive[View | None] = reactive(None, init=False)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts

    def compose(self) -> ComposeResult:
        """Lay out the four parts."""
        texts = self._texts
        yield Static(texts("replay.heading.scores"), classes="heading", id="scores")
        yield Static(markup=False, id="hint")
        yield Static(markup=False, id="veil")
        yield ScoreCard(texts)
        yield MailCard(texts)
        yield Static(texts("replay.heading.notes"), classes="heading")
        yield NoteList(texts)
        yield Static(texts("replay.heading.state"), classes="heading")
        yield Static(markup=False, id="stateless")
        yield Gauges(texts)
        yield Static(texts("replay.heading.ledger"), classes="heading", id="ledger")
        yield Ledger(texts)

    def watch_view(self, before: View | None, view: View | None) -> None:
        """Show the moment; a new reply from its scores on."""
        if view is None:
            return
        if before is None or before.moment.reply != view.moment.reply:
            self.scroll_home(animate=False)
        self._show_scores(view)
        self._show_hint(view)
        self.query_one(NoteList).noted = view.noted
        self._show_state(view)

    def _show_hint(self, view: View) -> None:
        hint = view.moment.reply.hint if view.moment.reply else None
        # help that was taken would sway a blind rating
        told = hint_lines(hint, self._texts) if hint and not view.veiled else ()
        self.query_one("#hint", Static).update(literal("\n".join(told)))
        self.query_one("#hint").display = bool(told)

    def _show_scores(self, view: View) -> None:
        reply, why = view.moment.reply, "replay.no_reply"
        if reply is not None:
            why = f"replay.blind.{'veil' if view.blindfold.may_rate(reply.turn) else 'spoilt'}"
        self.query_one("#veil", Static).update(self._texts(why))
        self.set_class(view.veiled, "-veiled")
        self.set_class(reply is None, "-unsaid")
        self.query_one(ScoreCard).turn = None if view.veiled else reply
        self.query_one(MailCard).turn = None if view.veiled else reply

    def _show_state(self, view: View) -> None:
        standing = view.standing
        why = "replay.unknown_state" if view.moment.now is None else "replay.blind.state"
        self.query_one("#stateless", Static).update(self._texts(why))
        self.set_class(standing is None, "-stateless")
        self.query_one(Gauges).standing = standing
        self.query_one(Ledger).entries = view.moment.ledger if standing else ()
