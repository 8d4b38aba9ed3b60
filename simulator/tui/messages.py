"""What threads report to the screens, and what screens ask of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue
    from simulator.domain.annotation import Note
    from simulator.domain.conversation import Session
    from simulator.practice import Step
    from simulator.store.summary import Summary
    from simulator.switchboard import Switchboard
    from simulator.tui.call import Call
    from simulator.tui.recording import Notebook


class ContentRead(Message):
    """Personas and scenarios have been read."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.catalogue = catalogue


class ContentChanged(Message):
    """Files of the content have changed, and everything has been read again."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.catalogue = catalogue


class PastRead(Message):
    """The list of earlier calls has been read, newest first."""

    def __init__(self, past: tuple[Summary, ...]) -> None:
        super().__init__()
        self.past = past


class Loading(Message):
    """The model has got as far as ``share`` (0 to 1) of ``stage``."""

    def __init__(self, stage: str, share: float) -> None:
        super().__init__()
        self.stage = stage
        self.share = share

    def can_replace(self, message: Message) -> bool:
        """Let the newest progress stand for a burst of them."""
        return isinstance(message, Loading)


class Connected(Message):
    """The model has been loaded; calls can be had."""

    def __init__(self, switchboard: Switchboard) -> None:
        super().__init__()
        self.switchboard = switchboard


class Failed(Message):
    """Work in a thread came to nothing; ``fatal`` if no call can be had until it succeeds."""

    def __init__(self, error: Exception, fatal: bool = False) -> None:
        super().__init__()
        self.error = error
        self.fatal = fatal


class Stepped(Message):
    """Something has happened in the call."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.step = step


class TurnOver(Message):
    """The turn is over; with an ``error`` it broke off."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()
        self.error = error


class Begin(Message):
    """The trainee wants to have this call."""

    def __init__(self, call: Call) -> None:
        super().__init__()
        self.call = call


class Brief(Message):
    """The trainee has chosen this call and wants to know what it is about."""

    def __init__(self, call: Call) -> None:
        super().__init__()
        self.call = call


class Open(Message):
    """The trainee wants to see an earlier call: go on with it, or its debrief if it has ended."""

    def __init__(self, session: str) -> None:
        super().__init__()
        self.session = session


class Finish(Message):
    """The call is over; a call without a word has nothing to look back on."""

    def __init__(self, call: Call, session: Session | None) -> None:
        super().__init__()
        self.call = call
        self.session = session


class Fork(Message):
    """Someone wants to say something else in exchange ``turn`` (from 1) of an earlier call."""

    def __init__(self, session: str, turn: int) -> None:
        super().__init__()
        self.session = session
        self.turn = turn


class Compare(Message):
    """Someone wants to see two courses of a call, ``origin`` and ``fork``, side by side."""

    def __init__(self, origin: str, fork: str) -> None:
        super().__init__()
        self.origin = origin
        self.fork = fork


class OtherSide(Message):
    """Someone wants to hear an earlier call as the customer."""

    def __init__(self, session: str) -> None:
        super().__init__()
        self.session = session


class Replay(Message):
    """Someone wants to see an earlier call again, moment by moment."""

    def __init__(self, session: str) -> None:
        super().__init__()
        self.session = session


class ReplayRead(Message):
    """An earlier call and the notes on it have been read."""

    def __init__(self, session: Session, notebook: Notebook, notes: tuple[Note, ...]) -> None:
        super().__init__()
        self.session = session
        self.notebook = notebook
        self.notes = notes


class LeaveReplay(Message):
    """Somebody has seen enough of an earlier call."""


class OpenMyPractice(Message):
    """The trainee wants to see their own practice."""


class Redial(Message):
    """The trainee wants to try again to load what failed."""


class SwitchLanguage(Message):
    """The trainee wants the interface in the other language."""
