"""What a file that is brought in was recognised as, in lines to read and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simulator.cli.transcript import plain, written_date
from simulator.coaching.said import Said, excerpt
from simulator.i18n import Texts

if TYPE_CHECKING:
    from simulator.coaching.bundle import Call
    from simulator.coaching.masking import Replacement
    from simulator.coaching.outside import Transcript

_FIRST = 4
_WIDTH = 90


def announced(
    transcript: Transcript, file: str, replaced: Sequence[Replacement] | None, text: Texts
) -> str:
    """Return the preview; ``replaced`` is None if nobody asked for masking."""
    return "\n".join(_lines(transcript, file, replaced, text))


def as_json(
    transcript: Transcript, file: str, title: str, replaced: Sequence[Replacement] | None
) -> dict[str, object]:
    """Return the preview as an object; what was masked is counted, not named."""
    return {
        "file": plain(file),
        "form": transcript.form,
        "title": title,
        "language": transcript.language,
        "guessed": transcript.guessed,
        "turns": len(transcript.turns),
        "joined": transcript.joined,
        "speakers": {
            speaker: {"name": transcript.name(speaker), "turns": transcript.count(speaker)}
            for speaker in ("agent", "customer")
        },
        "first": [{"speaker": turn.speaker, "text": turn.text} for turn in _first(transcript)],
        "masked": None if replaced is None else dict(Counter(one.kind for one in replaced)),
        "problems": [
            {"line": one.line, "kind": one.kind, "found": one.found} for one in transcript.problems
        ],
    }


def calls_announced(calls: Sequence[Call], file: str, text: Texts) -> str:
    """Return the preview of a bundle: a line for each call."""
    lines = [text("exchange.preview.bundle", file=plain(file), count=len(calls))]
    for call in calls:
        started = call.session.started
        lines.append(
            text(
                "exchange.preview.call",
                session=plain(call.session.id),
                at=written_date(started.at, text),
                persona=excerpt(started.persona),
                scenario=excerpt(started.scenario),
                replies=len(call.session.agent_turns),
                notes=len(call.notes),
            )
        )
    return "\n".join(lines)


def call_as_json(call: Call) -> dict[str, object]:
    """Return a call of a bundle in short."""
    return {
        "id": call.session.id,
        "trainee": call.session.started.trainee,
        "replies": len(call.session.agent_turns),
        "notes": len(call.notes),
    }


def _lines(
    transcript: Transcript, file: str, replaced: Sequence[Replacement] | None, text: Texts
) -> Iterator[str]:
    key = "exchange.preview.form_guessed" if transcript.guessed else "exchange.preview.form"
    form = text(f"exchange.form.{transcript.form}")
    language = text(f"exchange.language.{transcript.language}")
    yield text(key, file=plain(file), form=form, language=language)
    yield text(
        "exchange.preview.speakers",
        turns=len(transcript.turns),
        agents=transcript.count("agent"),
        agent=excerpt(transcript.name("agent")),
        customers=transcript.count("customer"),
        customer=excerpt(transcript.name("customer")),
    )
    if transcript.joined:
        yield text("exchange.preview.joined", count=transcript.joined)
    for turn in _first(transcript):
        yield f"   {excerpt(turn.name)}: {excerpt(turn.text, _WIDTH)}"
    if (more := len(transcript.turns) - _FIRST) > 0:
        yield text("exchange.more", count=more)
    yield from _masked(replaced, text)
    if transcript.problems:
        yield text("exchange.preview.problems")
    for one in transcript.problems:
        said = text(f"exchange.problem.{one.kind}", found=one.found)
        yield text("exchange.preview.problem", line=one.line, said=said)


def _masked(replaced: Sequence[Replacement] | None, text: Texts) -> Iterator[str]:
    if replaced is None:
        return
    yield text("exchange.preview.masked" if replaced else "exchange.preview.unmasked")
    for one in replaced:
        original = excerpt(one.original)
        yield text("exchange.preview.replaced", placeholder=one.placeholder, original=original)


def _first(transcript: Transcript) -> tuple[Said, ...]:
    return transcript.turns[:_FIRST]
