"""Holds one call: connects at the first word and takes its turns off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event, Lock
from typing import TYPE_CHECKING

from textual.message import Message

from simulator.domain.conversation import Session
from simulator.domain.hint import Hint
from simulator.scoring.hints import Situation, further, heard
from simulator.tui.call import Call
from simulator.tui.messages import Stepped, TurnOver

if TYPE_CHECKING:
    from simulator.practice import Practice, Step
    from simulator.switchboard import Switchboard


class Handset:
    """One call; ``report`` is told from whatever thread :meth:`speak` runs in.

    A call that is begun and left without a word leaves no trace in the store, because it is
    connected only when there is something to say.
    """

    def __init__(self, call: Call, trainee: str, report: Callable[[Message], object]) -> None:
        self._call = call
        self._trainee = trainee
        self._report = report
        self._stop = Event()
        self._turn = Lock()
        self._practice: Practice | None = None

    @property
    def session(self) -> Session | None:
        """The call as far as it has been kept; None before the first word."""
        if self._practice is not None:
            return self._practice.session
        return None if self._call.anew else self._call.session

    def further(self, hint: Hint | None, switchboard: Switchboard | None) -> Hint:
        """Return the help that comes after ``hint`` (blocks while an example is looked for).

        Raises UsageError where there is none (:func:`simulator.scoring.hints.further`).
        """
        call, session = self._call, self.session or self._call.session
        if session is None:
            where = Situation.beginning(call.persona, call.scenario, call.language, call.exam)
        else:
            where = replace(Situation.of(session, call.scenario), exam=call.exam)
        return further(where, hint, switchboard.rater if switchboard else None)

    @property
    def unheard(self) -> bool:
        """Whether the customer has neither said nor written anything so far."""
        call, session = self._call, self.session or self._call.session
        if session is not None:
            return not heard(session, call.scenario)
        return not call.scenario.text(call.language).thread

    def speak(self, switchboard: Switchboard, reply: str | None, hint: Hint | None = None) -> None:
        """Take one turn with ``reply``, or with None have the last reply answered (blocks).

        ``hint`` is the help that was taken before the reply. Every step is reported as it happens,
        and the end of the turn in any case.
        """
        with self._turn:
            self._stop.clear()
            try:
                for step in self._steps(switchboard, reply, hint):
                    self._report(Stepped(step))
            except Exception as error:  # the screen says what it was; the call goes on
                self._report(TurnOver(error))
            else:
                self._report(TurnOver())

    def stop(self) -> None:
        """Stop the customer talking, from any thread."""
        self._stop.set()

    def leave(self) -> None:
        """End the call on the trainee's side, if it has begun and is not over (blocks).

        Raises StoreError if that cannot be kept.
        """
        self.stop()
        with self._turn:
            if self._practice and not self._practice.over:
                self._practice.end("left")

    def _steps(
        self, switchboard: Switchboard, reply: str | None, hint: Hint | None
    ) -> Iterator[Step]:
        if self._practice is None:
            self._practice = self._connected(switchboard)
        if reply is None:
            return self._practice.answer(self._stop.is_set)
        return self._practice.take_turn(reply, self._stop.is_set, hint)

    def _connected(self, switchboard: Switchboard) -> Practice:
        call = self._call
        if call.anew is not None:
            return switchboard.fork(call.anew.fork.session, call.anew.fork.turn)
        if call.session is not None:
            return switchboard.reconnect(call.session.id)
        return switchboard.connect(
            call.who, call.what, call.language, call.seed, self._trainee, call.guess, call.mode
        )
