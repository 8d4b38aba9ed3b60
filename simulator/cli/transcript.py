"""Calls as plain lines of text: the list of them, and one from its first word to its last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from simulator.coaching.exam_words import marks_told, result_lines
from simulator.coaching.hint_words import hint_lines
from simulator.domain.conversation import AgentTurn, CallStarted, CustomerTurn, Session
from simulator.domain.emotion import EmotionalState, Feeling
from simulator.domain.score import Dimension
from simulator.i18n import Texts
from simulator.store.summary import Summary

_IF_ANY = ("exam", "origin", "notes")
_MISSING = "–"


def listing(calls: Sequence[Summary], text: Texts) -> str:
    """Return the calls as an aligned table with a heading, or the sentence that there are none.

    Where every call is a practice without notes, nothing is said of origin and notes.
    """
    if not calls:
        return text("sessions.none")
    rows = [_cells(call, text) for call in calls]
    named = [name for name in rows[0] if name not in _IF_ANY or any(row[name] for row in rows)]
    table = [[_column(name, text) for name in named]]
    table += [[row[name] for name in named] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    return "\n".join(_aligned(row, widths) for row in table)


def _column(name: str, text: Texts) -> str:
    return text("exam.column" if name == "exam" else f"sessions.column.{name}")


def transcript(
    session: Session, text: Texts, beside: Callable[[AgentTurn], Iterable[str]] = lambda _: ()
) -> str:
    """Return the call with every reply's scores and the customer's state after every answer.

    ``beside`` says what else is known of a reply, line by line. Of an exam that goes on there are
    only the words.
    """
    lines = [*_heading(session.started, text)]
    for turn in session.turns:
        lines.append("")
        if isinstance(turn, AgentTurn):
            speaker = plain(session.started.trainee) or text("sessions.you")
            lines += _spoken(f"{turn.turn}  {speaker}", turn.text)
            if turn.hint is not None:
                lines += (f"   {plain(line)}" for line in hint_lines(turn.hint, text))
            if session.sealed:
                continue
            lines.append("   " + _scores(turn, text))
            lines += (f"   {line}" for said in beside(turn) for line in plain(said).split("\n"))
            continue
        said = _said(turn, text) if isinstance(turn, CustomerTurn) else turn.text
        lines += _spoken(f"{turn.turn}  {plain(session.started.persona)}", said)
        if isinstance(turn, CustomerTurn) and not session.sealed:
            lines.append("   " + _state(turn.state, text))
    reason = session.ended.reason if session.ended else "open"
    lines += ["", text("sessions.show.ended", reason=_ending(reason, text))]
    return "\n".join([*lines, *_exam(session, text)])


def plain(words: str) -> str:
    """Return ``words`` without what a terminal would take as a command; newlines stay."""
    return "".join(c for c in words if c == "\n" or c.isprintable())


def written_date(at: datetime, text: Texts) -> str:
    """Return the moment in the machine's time zone, as people write it."""
    return at.astimezone().strftime(text("sessions.date"))


def _cells(call: Summary, text: Texts) -> dict[str, str]:
    anger = f"{_number(call.anger_start, text)} → {_number(call.anger_end, text)}"
    return {
        "id": call.id,
        "at": written_date(call.at, text),
        "persona": plain(call.persona),
        "scenario": plain(call.scenario),
        "turns": str(call.turns),
        # nobody knows where a customer from outside stood
        "anger": _MISSING if call.origin == "outside" or call.exam == "open" else anger,
        "score": _score(call.score),
        "ended": _ending(call.ended or "open", text),
        "exam": text(f"exam.state.{call.exam}") if call.exam else "",
        "origin": _origin(call, text),
        "notes": str(call.notes or ""),
    }


def _origin(call: Summary, text: Texts) -> str:
    outside = text("sessions.origin.outside") if call.origin == "outside" else ""
    fork = text("sessions.origin.fork", session=plain(call.forked)) if call.forked else ""
    return ", ".join(filter(None, (outside, fork)))


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _heading(started: CallStarted, text: Texts) -> Iterator[str]:
    at = written_date(started.at, text)
    yield text("sessions.show.title", session=started.session, at=at)
    who, what = plain(started.persona), plain(started.scenario)
    yield text("sessions.show.who", persona=who, scenario=what, language=started.language)
    if started.trainee:
        yield text("sessions.show.trainee", trainee=plain(started.trainee))
    yield text("sessions.show.seed", seed=started.seed)
    for part, name in started.models.items():
        yield text("sessions.show.model", part=plain(part), name=plain(name))
    if started.content:
        yield text("sessions.show.content", content=plain(started.content))
    if started.guess:
        yield text("briefing.shown", guess=plain(started.guess))
    if started.exam is not None:
        yield marks_told("exam.marks", started.exam, text)
    if started.origin == "practice":
        yield text("sessions.show.start", state=_state(started.start, text))


def _exam(session: Session, text: Texts) -> Iterator[str]:
    if session.sealed:
        yield text("exam.open")
    elif session.ended is not None and session.ended.exam is not None:
        yield from result_lines(session.ended.exam, text)
        yield text("exam.purpose")


def _spoken(speaker: str, words: str) -> Iterator[str]:
    first, *rest = plain(words).split("\n")
    yield f"{speaker}: {first}"
    for line in rest:
        yield f"   {line}"


def _said(turn: CustomerTurn, text: Texts) -> str:
    return f"{turn.text} {text('sessions.interrupted')}" if turn.interrupted else turn.text


def _scores(turn: AgentTurn, text: Texts) -> str:
    return text("sessions.score", **{d.value: _score(turn.scores.of(d).value) for d in Dimension})


def _state(state: EmotionalState, text: Texts) -> str:
    return text("sessions.state", **{f.value: _number(state.level(f), text) for f in Feeling})


def _score(value: float | None) -> str:
    return _MISSING if value is None else f"{value:.0f}"


def _number(value: float, text: Texts) -> str:
    return f"{value:.1f}".replace(".", text("sessions.decimal"))


def _ending(reason: str, text: Texts) -> str:
    return text(f"sessions.ended.{reason}")
