"""Debrief: the effect first, then how it came about, then what was behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from simulator.coaching.hint_words import hint_lines
from simulator.coaching.review import Review
from simulator.domain.annotation import BlindRating, Note, standing
from simulator.domain.conversation import AgentTurn, Session
from simulator.domain.emotion import Feeling
from simulator.i18n import Texts
from simulator.tui.call import Call
from simulator.tui.evidence import marked, spans
from simulator.tui.literal import harmless, literal
from simulator.tui.messages import Begin, Compare, OtherSide
from simulator.tui.screens.page import Page
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.effect import EffectView
from simulator.tui.widgets.exam_result import ExamResultView
from simulator.tui.widgets.guess import GuessBesideNeed
from simulator.tui.widgets.key_line import KeyLine
from simulator.tui.widgets.mail_card import mail_part
from simulator.tui.widgets.note_list import Noted, NoteList
from simulator.tui.widgets.other_side import offer
from simulator.tui.widgets.plot import DIMENSIONS, Chart, Plot, Series
from simulator.tui.widgets.score_card import ScoreCard, alternative

_FEELINGS = {
    Feeling.ANGER: ("▲", "$error"),
    Feeling.TRUST: ("●", "$success"),
    Feeling.FEELING_HEARD: ("◆", "$accent"),
}


class DebriefPage(Page):
    """What you brought about, and which of your words did."""

    CSS_PATH = "debrief.tcss"
    HELP = "app.help.debrief"
    AUTO_FOCUS = "#debrief"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,h", "home", "home", id="debrief.home", tooltip="home_tip"),
        Binding("r", "again", "again", id="debrief.again", tooltip="again_tip"),
        Binding("n", "anew", "anew", id="debrief.anew", tooltip="anew_tip"),
        Binding("o", "other_side", "other_side", id="debrief.other", tooltip="other_side_tip"),
        Binding("v", "compare", "compare", id="debrief.compare", tooltip="compare_tip"),
        Binding("f8,c", "copy", "copy", id="debrief.copy", tooltip="copy_tip"),
    ]

    def __init__(
        self, texts: Texts, call: Call, session: Session, notes: tuple[Note, ...] = ()
    ) -> None:
        super().__init__(texts)
        self._call = call
        self._session = session
        self._notes = notes

    def contents(self) -> ComposeResult:
        """Lay out the sections in their order."""
        name = self._call.persona.text(self._call.language).name
        title = self._call.scenario.text(self._call.language).title
        texts = self.texts
        yield Static(literal(f"{name}  ", "bold $primary") + literal(title), id="title")
        yield Banner()
        with VerticalScroll(id="debrief"):
            yield from offer(self._session, name, texts)
            yield self._heading("effect")
            yield EffectView(texts, name)
            yield from self._exam()
            yield self._heading("course")
            with Grid(id="plots"):
                yield Plot()
                yield Plot()
            yield from self._turns(Review.of(self._session))
            yield from mail_part(self._session, texts)
            yield from self._noted()
            yield from self._hinted()
            yield self._heading("behind")
            if guess := self._session.started.guess:
                need = self._call.scenario.hidden_need.text(self._call.language)
                yield GuessBesideNeed(texts, guess, need)
            yield Static(Content("\n").join(self._behind()), classes="part")
            yield self._heading("solution")
            solution = self._call.scenario.text(self._call.language).solution
            yield Static(literal(solution), classes="part")
        yield KeyLine("copy")

    def on_mount(self) -> None:
        """Fill in the call."""
        self.query_one(EffectView).session = self._session
        state, scores = self.query(Plot)
        state.chart, scores.chart = self._state_chart(), self._score_chart()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to compare only what branches off another call."""
        return self._session.started.forked is not None if action == "compare" else True

    def action_home(self) -> None:
        """Go back home."""
        self.app.pop_screen()

    def action_again(self) -> None:
        """Have the same call again, seed and all."""
        self.post_message(Begin(self._call.again(self._session.started.seed)))

    def action_anew(self) -> None:
        """Call the same person about the same matter, as it may come."""
        self.post_message(Begin(self._call.again(None)))

    def action_other_side(self) -> None:
        """Hear the call again as the customer."""
        self.post_message(OtherSide(self._session.id))

    def action_compare(self) -> None:
        """Set this course beside the one it branches off."""
        if (fork := self._session.started.forked) is not None:
            self.post_message(Compare(fork.session, self._session.id))

    def action_copy(self) -> None:
        """Copy the debrief to the clipboard, also over SSH."""
        parts = (part.visual for part in self.query_one("#debrief").query(Static))
        self.app.copy_to_clipboard("\n\n".join(str(part) for part in parts))
        self.notify(self.texts("app.practice.copied"), markup=False)

    def _turns(self, review: Review) -> Iterator[Widget]:
        for key, turn in (("best", review.best), ("weakest", review.weakest)):
            if turn is None:
                continue
            yield self._heading(key, turn=turn.turn)
            yield Static(marked(turn.text, spans(turn.scores)), classes="quote")
            card = ScoreCard(self.texts, with_alternative=False)
            card.turn = turn
            yield card
            if turn is review.weakest or review.weakest is None:
                yield from self._alternative(turn)
        if self._session.agent_turns:
            yield self._heading("ratio")
            yield Static(literal(self._ratio(review)), classes="part")

    def _noted(self) -> Iterator[Widget]:
        # a blind rating is for the coaches' next calibration, not for the trainee
        said = [note for note in standing(self._notes) if not isinstance(note, BlindRating)]
        turns = {note.turn for note in said}
        noted = [reply for reply in self._session.agent_turns if reply.turn in turns]
        if noted:
            yield Static(self.texts("replay.debrief.heading"), classes="heading")
        for reply in noted:
            turn = self.texts("replay.debrief.turn", turn=reply.turn)
            yield Static(literal(turn, "bold"), classes="noted")
            yield Static(marked(reply.text, spans(reply.scores)), classes="quote")
            notes = tuple(note for note in said if note.turn == reply.turn)
            yield NoteList(self.texts, Noted(reply, notes))

    def _exam(self) -> Iterator[Widget]:
        if self._session.ended is not None and (result := self._session.ended.exam) is not None:
            yield Static(self.texts("exam.title"), classes="heading")
            yield ExamResultView(self.texts, result)

    def _hinted(self) -> Iterator[Widget]:
        helped = [reply for reply in self._session.agent_turns if reply.hint]
        if helped:
            yield Static(self.texts("hint.debrief"), classes="heading")
        for reply in helped:
            turn = literal(self.texts("hint.debrief_turn", turn=reply.turn), "bold")
            lines = hint_lines(reply.hint, self.texts) if reply.hint else ()
            yield Static(Content("\n").join([turn, *map(literal, lines)]), classes="part")

    def _alternative(self, turn: AgentTurn) -> Iterator[Widget]:
        if turn.scores.alternative is not None:
            yield Static(alternative(turn.scores.alternative, self.texts), classes="part better")

    def _ratio(self, review: Review) -> str:
        values = {"reflections": review.reflections, "questions": review.questions}
        turns = len(self._session.agent_turns)
        return self.texts(f"app.debrief.ratio_{review.ratio}", turns=turns, **values)

    def _behind(self) -> Iterator[Content]:
        need = self._call.scenario.hidden_need.text(self._call.language)
        name = harmless(self._call.persona.text(self._call.language).name)
        told = "told" if self._session.need_told else "untold"
        if not self._session.started.guess:
            yield literal(need)
        yield Content.styled(self.texts(f"app.debrief.{told}", name=name), "$foreground 60%")

    def _state_chart(self) -> Chart:
        states = (self._session.started.start, *(t.state for t in self._session.customer_turns))
        series = tuple(
            Series(self.texts(f"app.feeling.{f}"), *look, tuple(s.level(f) for s in states))
            for f, look in _FEELINGS.items()
        )
        title = self.texts("app.debrief.state")
        return Chart(title, 10, series, self.texts("app.debrief.several"))

    def _score_chart(self) -> Chart:
        rated = tuple(turn.scores for turn in self._session.agent_turns)
        series = tuple(
            Series(self.texts(f"scoring.dimension.{d}"), *look, tuple(s.of(d).value for s in rated))
            for d, look in DIMENSIONS.items()
        )
        title = self.texts("app.debrief.scores")
        return Chart(title, 100, series, self.texts("app.debrief.several"), first=1)

    def _heading(self, key: str, **values: object) -> Static:
        return Static(self.texts(f"app.debrief.{key}", **values), classes="heading")
