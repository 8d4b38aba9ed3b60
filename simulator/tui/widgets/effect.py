"""The effect: where the customer stood at the start and where at the end."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from simulator.coaching import review
from simulator.coaching.mail_words import ending
from simulator.domain.conversation import Session
from simulator.domain.emotion import Feeling
from simulator.i18n import Texts
from simulator.tui.figures import arrow, bar, decimal, signed
from simulator.tui.literal import harmless, literal
from simulator.tui.widgets.gauges import style_of

_WIDTH = 10


class EffectView(Static):
    """Tells the effect of ``session`` on the customer called ``name``."""

    DEFAULT_CSS = "EffectView { height: auto; }"
    HELP = "app.help.effect"

    session: reactive[Session | None] = reactive(None)

    def __init__(self, texts: Texts, name: str) -> None:
        super().__init__()
        self._texts = texts
        self._customer = harmless(name)

    def watch_session(self, session: Session | None) -> None:
        """Write it down."""
        if session is not None:
            self.update(Content("\n").join(self._lines(session)))

    def _lines(self, session: Session) -> Iterator[Content]:
        for feeling in Feeling:
            yield self._course(feeling, session)
        yield Content()
        yield literal(review.effect_told(session, self._customer, self._texts), "bold")
        wording = review.wording(session)
        if wording:
            yield literal(self._texts(f"app.effect.{wording}"))
        ended = session.ended.reason if session.ended else "open"
        how = ending(ended, session.by_mail, self._customer, self._texts)
        yield literal(how, "$foreground 60%")

    def _course(self, feeling: Feeling, session: Session) -> Content:
        texts, change = self._texts, review.change(session, feeling)
        names = {f: texts(f"app.feeling.{f}") for f in Feeling}
        pieces = [names[feeling].ljust(max(map(len, names.values())) + 1)]
        start, end = session.started.start.level(feeling), session.state.level(feeling)
        moved = (f"   {arrow(change)} {signed(change, texts.language)}", style_of(feeling, change))
        return Content.assemble(
            *pieces, *self._level(start, feeling), "  →", *self._level(end, feeling), moved
        )

    def _level(self, level: float, feeling: Feeling) -> Iterator[str | tuple[str, str]]:
        full, empty = bar(level / 10, _WIDTH)
        yield f"{decimal(level, self._texts.language):>5} "
        yield (full, "$error" if feeling is Feeling.ANGER else "$success")
        yield (empty, "$foreground 25%")
