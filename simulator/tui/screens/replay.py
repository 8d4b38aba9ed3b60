"""Replay: a recorded call once more, step by step, with the coach's notes beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Static

from simulator.coaching.blindfold import Blindfold
from simulator.coaching.pen import Pen
from simulator.coaching.replay import Moment, Pace, Replay
from simulator.domain.annotation import BlindRating, Note, Overruling, Remark, Withdrawal
from simulator.domain.conversation import AgentTurn
from simulator.errors import HoererError
from simulator.i18n import Texts
from simulator.i18n.figures import signed
from simulator.tui.literal import literal
from simulator.tui.messages import Fork, LeaveReplay
from simulator.tui.recording import Notebook, Recording
from simulator.tui.screens.blind_rating import BlindRatingSheet
from simulator.tui.screens.overrule import OverruleSheet
from simulator.tui.screens.page import Page
from simulator.tui.screens.remark import RemarkSheet
from simulator.tui.screens.replay_keys import KEYS, WITH_ROOM
from simulator.tui.screens.withdraw import WithdrawSheet
from simulator.tui.script import Script
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.call_so_far import CallSoFar
from simulator.tui.widgets.judgement import Judgement, View
from simulator.tui.widgets.key_line import KeyLine
from simulator.tui.widgets.playhead import Head, Playhead
from simulator.tui.widgets.strip import StateStrip


class ReplayPage(Page):
    """Nothing of a reply's judgement is shown before the coach may see it (``Blindfold``)."""

    CSS_PATH = "replay.tcss"
    HELP = "replay.help.page"
    AUTO_FOCUS = "CallSoFar"
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    place: reactive[int] = reactive(0, init=False)
    pace: reactive[Pace] = reactive(1, init=False)
    playing: reactive[bool] = reactive(False, init=False)
    blindfold: reactive[Blindfold] = reactive(Blindfold(""), init=False)

    def __init__(
        self, texts: Texts, recording: Recording, notebook: Notebook, notes: tuple[Note, ...]
    ) -> None:
        super().__init__(texts)
        self._recording = recording
        self._notebook = notebook
        self._replay = Replay.of(recording.session)
        self._script = Script(recording, self._replay.moments, texts)
        self._timer: Timer | None = None
        self._keeping = False
        """A note is on its way to the store."""
        seen = frozenset(recording.seen)
        blindfold = Blindfold(notebook.coach, seen=seen, notes=notes)
        self.set_reactive(ReplayPage.blindfold, blindfold)

    def contents(self) -> ComposeResult:
        """Lay the call on the left, what was made of it on the right or below."""
        texts = self.texts
        with Horizontal(id="title"):
            yield Static(self._title(), id="who")
            yield Static(literal(self._when()), id="when")
        yield Playhead(texts)
        yield Banner()
        with Horizontal(id="desk"):
            yield CallSoFar(texts)
            yield StateStrip(texts)
            yield Judgement(texts)
        yield KeyLine(palette=False)

    def on_mount(self) -> None:
        """Begin before the first word."""
        self._show()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now; more of them in the footer of a wide terminal."""
        active = super().active_bindings
        if self.has_class("-narrow"):
            return active
        return {
            key: each._replace(binding=replace(each.binding, show=True))
            if each.binding.id in WITH_ROOM
            else each
            for key, each in active.items()
        }

    def on_resize(self, event: events.Resize) -> None:
        """Name as many keys as there is room for."""
        super().on_resize(event)
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense at this moment."""
        reply, blindfold = self._reply, self.blindfold
        hidden = reply is None or blindfold.hides(reply.turn)
        # where the machine found the best and the worst would give its scores away
        open_jump = not blindfold.on
        return {
            "rate": reply is not None and not self._keeping and blindfold.may_rate(reply.turn),
            "remark": reply is not None and not self._keeping,
            "overrule": not hidden and not self._keeping,
            "withdraw": bool(self._own) and not self._keeping,
            "fork": reply is not None and open_jump and not self._recording.session.from_outside,
            "best": open_jump and self._replay.best is not None,
            "worst": open_jump and self._replay.worst is not None,
            "turning": open_jump,
            "panel": self.has_class("-narrow"),
        }.get(action, True)

    # --- going through the call

    def action_step(self, step: int) -> None:
        """Go one moment on or back."""
        self._go(self.place + step)

    def action_jump(self, place: int) -> None:
        """Go to a moment."""
        self._go(place)

    def action_end(self) -> None:
        """Go to the end."""
        self._go(self._replay.last)

    def action_best(self) -> None:
        """Go to the best reply."""
        if self._replay.best is not None:
            self._go(self._replay.best)

    def action_worst(self) -> None:
        """Go to the weakest reply."""
        if self._replay.worst is not None:
            self._go(self._replay.worst)

    def action_turning(self) -> None:
        """Go to the next turning point and say what turned."""
        point = self._replay.turning_after(self.place)
        if point is None:
            self.show(self.texts("replay.no_turning_point"), "info")
            return
        self._go(point.place)
        change = signed(point.change, self.texts.language)
        self.show(self.texts(f"replay.turned_{point.feeling or 'score'}", change=change), "info")

    def action_play(self) -> None:
        """Play, or pause; from the end begin again."""
        if not self.playing and self.place == self._replay.last:
            self._go(0)
        self.playing = not self.playing

    def action_pace(self, pace: Pace) -> None:
        """Play so many times as fast."""
        self.pace = pace

    def _go(self, place: int) -> None:
        self.query_one(Banner).clear()
        self.place = min(max(place, 0), self._replay.last)

    def _advance(self) -> None:
        self._go(self.place + 1)
        reply = self._moment.event
        # a rating is blind only before the customer's answer has given it away
        if isinstance(reply, AgentTurn) and self.blindfold.may_rate(reply.turn):
            self.playing = False

    def _wind(self) -> None:
        """Set the clock for the next moment, or stop it."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if not self.playing:
            return
        delay = self._replay.delay(self.place, self.pace)
        if delay is None:
            self.playing = False
        else:
            self._timer = self.set_timer(delay, self._advance)

    # --- notes

    def action_blind(self) -> None:
        """Cover what would sway a rating, or uncover it."""
        on = not self.blindfold.on
        self._look(on=on)
        texts = self.texts
        if not on:
            self.show(texts("replay.blind.off"), "warning")
            return
        replies = (t.turn for t in self._recording.session.agent_turns)
        spoilt = self.blindfold.spoilt(replies)
        key = "replay.blind.on_many" if len(spoilt) > 1 else "replay.blind.on_one"
        told = texts(key, turns=_ranges(spoilt)) if spoilt else ""
        self.show(f"{texts('replay.blind.on')} {told}", "warning" if spoilt else "info")

    def action_rate(self) -> None:
        """Rate the reply blind."""
        if self._reply is not None:
            self._write(BlindRatingSheet(self.texts, self._reply, self._pen))

    def action_remark(self) -> None:
        """Praise the reply or give advice."""
        if self._reply is not None:
            self._write(RemarkSheet(self.texts, self._reply, self._pen))

    def action_overrule(self) -> None:
        """Give another value than the machine's."""
        if self._reply is not None:
            earlier = {n.dimension: n.id for n in self._own if isinstance(n, Overruling)}
            self._write(OverruleSheet(self.texts, self._reply, self._pen, earlier))

    def action_withdraw(self) -> None:
        """Take back a note of one's own."""
        if self._reply is not None and self._own:
            self._write(WithdrawSheet(self.texts, self._reply, self._pen, self._own))

    def action_fork(self) -> None:
        """Say something else here."""
        if self._reply is not None:
            self.playing = False
            self.post_message(Fork(self._recording.session.id, self._reply.turn))

    def action_panel(self) -> None:
        """Put scores, notes and state in place of the call, and back."""
        self.toggle_class("-panel")
        self.query_one(Judgement if self.has_class("-panel") else CallSoFar).focus()

    def action_leave(self) -> None:
        """Go back."""
        self.playing = False
        self.post_message(LeaveReplay())

    def _write(self, sheet: BlindRatingSheet | RemarkSheet | OverruleSheet | WithdrawSheet) -> None:
        self.playing = False
        self.app.push_screen(sheet, self._written)

    def _written(self, note: Note | None) -> None:
        if note is not None:
            self._keeping = True
            self.refresh_bindings()
            self._keep(note)

    @work(thread=True, group="notes")
    def _keep(self, note: Note) -> None:
        try:
            notes = self._notebook.keep(note)
        except HoererError as error:
            self.app.call_from_thread(self._kept, None, error)
        else:
            key = "withdrawn" if isinstance(note, Withdrawal) else "kept"
            self.app.call_from_thread(self._kept, notes, key)

    def _kept(self, notes: tuple[Note, ...] | None, outcome: HoererError | str) -> None:
        self._keeping = False
        if notes is not None:
            self._look(notes=notes)
        if isinstance(outcome, HoererError):
            self.show_error(outcome)
        else:
            self.show(self.texts(f"replay.{outcome}"), "info")
        self.refresh_bindings()

    # --- what is on the desk

    @property
    def _moment(self) -> Moment:
        return self._replay.moments[self.place]

    @property
    def _reply(self) -> AgentTurn | None:
        return self._moment.reply

    @property
    def _own(self) -> tuple[Remark | Overruling | BlindRating, ...]:
        if self._reply is None:
            return ()
        shown, coach = self.blindfold.shown(self._reply.turn), self._notebook.coach
        return tuple(note for note in shown if note.author == coach)

    @property
    def _pen(self) -> Pen:
        return Pen(self._notebook.coach, self._reply.turn if self._reply else 1)

    def watch_place(self) -> None:
        """Show the moment and wait for the next."""
        self._show()
        self._wind()

    def watch_pace(self) -> None:
        """Wait for as long as the pace says."""
        self._show_head()
        self._wind()

    def watch_playing(self) -> None:
        """Start or stop the clock."""
        self._show_head()
        self._wind()

    def watch_blindfold(self) -> None:
        """Show what may be seen now."""
        self._show()

    def _look(self, *, on: bool | None = None, notes: tuple[Note, ...] | None = None) -> None:
        blindfold = self.blindfold
        self.blindfold = Blindfold(
            blindfold.coach,
            blindfold.on if on is None else on,
            frozenset(self._recording.seen),
            blindfold.notes if notes is None else notes,
        )

    def _show(self) -> None:
        moment, blindfold = self._moment, self.blindfold
        self._remember_seen()
        self.query_one(CallSoFar).lines = self._script.until(self.place, blindfold)
        view = View(moment, blindfold)
        self.query_one(Judgement).view = view
        self.set_class(view.standing is None, "-stateless")
        self.query_one(StateStrip).standing = view.standing
        self._show_head()
        self.refresh_bindings()

    def _show_head(self) -> None:
        moment, replay = self._moment, self._replay
        self.query_one(Playhead).head = Head(
            place=self.place,
            last=replay.last,
            elapsed=moment.elapsed,
            total=replay.moments[-1].elapsed,
            turn=moment.reply.turn if moment.reply else 0,
            replies=replay.replies,
            pace=self.pace,
            playing=self.playing,
            blind=self.blindfold.on,
        )

    def _remember_seen(self) -> None:
        """Keep in mind which replies lie open: a rating of them would not be blind any more."""
        self._recording.seen.update(
            moment.event.turn
            for moment in self._replay.moments[: self.place + 1]
            if isinstance(moment.event, AgentTurn) and not self.blindfold.hides(moment.event.turn)
        )

    def _title(self) -> Content:
        recording = self._recording
        trainee = f" · {recording.trainee}" if recording.trainee else ""
        name = literal(recording.customer or self.texts("replay.customer"), "bold $primary")
        mode = f" · {self.texts('exam.name')}" if recording.session.started.exam else ""
        return name + literal(f"  {recording.matter}{mode}{trainee}")

    def _when(self) -> str:
        started = self._recording.session.started
        at = started.at.astimezone().strftime(self.texts("replay.notes.date"))
        return f"{self.texts('replay.outside')} · {at}" if started.origin == "outside" else at


def _ranges(turns: tuple[int, ...]) -> str:
    """Return exchanges in few words: "1–4, 7"."""
    runs: list[list[int]] = []
    for turn in turns:
        if runs and turn == runs[-1][-1] + 1:
            runs[-1].append(turn)
        else:
            runs.append([turn])
    return ", ".join(f"{r[0]}–{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)
