"""Writes a recorded call down, line by line, as far as it may be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.coaching.blindfold import Blindfold
from simulator.coaching.hint_words import taken
from simulator.coaching.replay import Moment
from simulator.domain.conversation import (
    AgentTurn,
    CallEnded,
    CallStarted,
    CustomerTurn,
    Event,
)
from simulator.i18n import Texts
from simulator.tui.evidence import spans
from simulator.tui.literal import harmless
from simulator.tui.recording import Recording
from simulator.tui.widgets.call_so_far import Line


class Script:
    """The lines of ``recording``, one for each of its ``moments``."""

    def __init__(self, recording: Recording, moments: Sequence[Moment], texts: Texts) -> None:
        self._texts = texts
        self._customer = recording.customer or texts("replay.customer")
        speaker = "agent" if recording.session.from_outside else "trainee"
        self._trainee = recording.trainee or texts(f"replay.{speaker}")
        self._letter = recording.letter
        self._ended = "mail.replayed" if recording.session.by_mail else "replay.ended"
        self._behind = (recording.session.started.guess, recording.need)
        self._events = [moment.event for moment in moments]
        self._open = [self._line(event) for event in self._events]
        self._broken_off = recording.session.ended is None

    def until(self, place: int, blindfold: Blindfold) -> tuple[Line, ...]:
        """Return the lines up to ``place``, without marks where the blindfold hides them."""
        lines = list(self._open[: place + 1])
        noted = {note.turn for note in blindfold.notes}
        for at, event in enumerate(self._events[: place + 1]):
            if not isinstance(event, AgentTurn):
                continue
            hidden = blindfold.hides(event.turn)
            count = len(blindfold.shown(event.turn)) if event.turn in noted else 0
            if hidden or count:
                lines[at] = self._reply(event, hidden, count)
        if self._broken_off and place == len(self._events) - 1:
            lines.append(Line("note", "", self._texts("replay.ended.open")))
        return tuple(lines)

    def _line(self, event: Event) -> Line:
        match event:
            case CallStarted():
                if self._letter:
                    return Line("customer", self._customer, self._letter)
                return Line("note", "", self._texts("replay.start"))
            case AgentTurn():
                return self._reply(event, hidden=False, count=0)
            case CallEnded(reason=reason):
                names = {"name": harmless(self._customer), "trainee": harmless(self._trainee)}
                told = [self._texts(f"{self._ended}.{reason}", **names), *self._guessed()]
                return Line("note", "", "\n".join(told))
            case _:
                cut = isinstance(event, CustomerTurn) and event.interrupted
                calls = isinstance(event, CustomerTurn) and event.calls
                remark = self._texts("sessions.interrupted") if cut else "☎" if calls else ""
                return Line("customer", self._customer, event.text, remark=remark)

    def _guessed(self) -> Iterator[str]:
        guess, need = self._behind
        if guess:
            yield self._texts("briefing.shown", guess=guess)
            if need:
                yield self._texts("briefing.beside", need=need)

    def _reply(self, turn: AgentTurn, hidden: bool, count: int) -> Line:
        key = "replay.notes.count_one" if count == 1 else "replay.notes.count_many"
        number = self._texts("replay.notes.number", turn=turn.turn)
        remark = f"{number}  {self._texts(key, count=count)}" if count else number
        if turn.hint is not None and not hidden:
            remark = f"{remark}  {taken(turn.hint, self._texts)}"
        return Line(
            voice="trainee",
            speaker=self._trainee,
            text=turn.text,
            marks=() if hidden else spans(turn.scores),
            remark=remark,
        )
