"""Calls as xAPI 1.0.3 statements under the profile that ``docs/exchange.md`` describes.

Everything a statement is made of is in the call, so that a second export makes the same
statements with the same ids. ``version``, ``stored`` and ``authority`` are the receiving store's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from pydantic import JsonValue

from simulator.coaching.bundle import Call
from simulator.domain.annotation import BlindRating, Note, Overruling, Remark
from simulator.domain.conversation import AgentTurn, CallEnded, CallStarted, Session
from simulator.domain.emotion import EmotionalState, Feeling
from simulator.domain.exam import Outcome
from simulator.domain.hint import Hint
from simulator.domain.language import LANGUAGES
from simulator.domain.score import Dimension, DimensionScore
from simulator.i18n import Texts

PROFILE = "https://hoerer.example/xapi"
_OURS = uuid5(NAMESPACE_URL, PROFILE)
_ADL_VERBS = "http://adlnet.gov/expapi/verbs"
_ADL_TYPES = "http://adlnet.gov/expapi/activities"

VERBS = {
    "attempted": f"{_ADL_VERBS}/attempted",
    "responded": f"{_ADL_VERBS}/responded",
    "completed": f"{_ADL_VERBS}/completed",
    "exited": f"{_ADL_VERBS}/exited",
    "commented": f"{_ADL_VERBS}/commented",
    "scored": f"{_ADL_VERBS}/scored",
    "withdrew": f"{PROFILE}/verbs/withdrew",
}
TYPES = {
    "practice": f"{_ADL_TYPES}/simulation",
    "outside": f"{PROFILE}/activity-types/call",
    "reply": f"{PROFILE}/activity-types/reply",
    "scenario": f"{PROFILE}/activity-types/scenario",
    "profile": f"{_ADL_TYPES}/profile",
}

Json = dict[str, JsonValue]


def statements(calls: Iterable[Call]) -> list[Json]:
    """Return the statements of ``calls``: start, replies and end of each, then its notes."""
    return [statement for call in calls for statement in _of_call(call.for_others)]


def account(person: str, session: str) -> Json:
    """Return the agent for ``person``: an account named by a hash, the same in every call.

    Who has given no name is somebody else in each ``session``.
    """
    key = f"person:{person}" if person else f"nobody:{session}"
    return {
        "objectType": "Agent",
        "account": {"homePage": f"{PROFILE}/accounts", "name": str(uuid5(_OURS, key))},
    }


def _of_call(call: Call) -> Iterator[Json]:
    session = call.session
    started = session.started
    yield {
        **_about(session, "started", "attempted", started.at),
        "object": _call_activity(session),
        "context": {**_context(session, parent=False), "extensions": _beginning(started)},
    }
    for turn in session.agent_turns:
        yield _replied(session, turn)
    if session.ended:
        yield _ended(session, session.ended)
    for note in call.notes:
        yield _noted(session, note)


def _beginning(started: CallStarted) -> Json:
    """Return what was settled before the first word; what there was not is left out."""
    known: Json = {_extension("origin"): started.origin, _extension("seed"): started.seed}
    if started.guess:
        known[_extension("guess")] = started.guess
    if started.exam:
        known[_extension("exam")] = {d.value: {"mark": started.exam.of(d)} for d in Dimension}
    return known


def _replied(session: Session, turn: AgentTurn) -> Json:
    extensions = {_extension(d): _dimension(turn.scores.of(d)) for d in Dimension}
    result: Json = {"response": turn.text, "extensions": extensions}
    if turn.scores.mean is not None:
        result["score"] = _score(turn.scores.mean, 100)
    return {
        **_about(session, f"turns/{turn.turn}", "responded", turn.at),
        "object": _reply_activity(session, turn.turn),
        "result": result,
        "context": {**_context(session), **_met(session, turn)},
    }


def _met(session: Session, turn: AgentTurn) -> Json:
    """Return the hint that was taken, and where the customer stood as the reply reached them.

    Of a call from outside nobody knows that. Not where the reply left them: a statement must stay
    the same when the customer answers later.
    """
    known: Json = {}
    if turn.hint:
        known[_extension("hint")] = _hint(turn.hint)
    if not session.from_outside:
        before = [t.state for t in session.customer_turns if t.turn < turn.turn]
        state = before[-1] if before else session.started.start
        known[_extension("state-before")] = _levels(state)
    return {"extensions": known} if known else {}


def _hint(hint: Hint) -> JsonValue:
    example: Json = {"example": hint.example.text} if hint.example else {}
    return {"question": hint.question, **example}


def _ended(session: Session, ended: CallEnded) -> Json:
    means = [m for turn in session.agent_turns if (m := turn.scores.mean) is not None]
    left = ended.reason == "left"
    seconds = max(0.0, (ended.at - session.started.at).total_seconds())
    extensions: Json = {_extension("ending"): ended.reason}
    if not session.from_outside:
        extensions[_extension("state-before")] = _levels(session.started.start)
        extensions[_extension("state-after")] = _levels(session.state)
    result: Json = {
        "completion": not left,
        "duration": f"PT{seconds:.2f}S",
        "extensions": extensions,
    }
    if ended.exam:
        extensions[_extension("exam")] = {
            o.dimension.value: _outcome(o) for o in ended.exam.outcomes
        }
        # where too few replies were rated there is no result, and success is left open
        if any(outcome.enough for outcome in ended.exam.outcomes):
            result["success"] = ended.exam.passed
    if means:
        result["score"] = _score(sum(means) / len(means), 100)
    return {
        **_about(session, "ended", "exited" if left else "completed", ended.at),
        "object": _call_activity(session),
        "result": result,
        "context": _context(session, parent=False),
    }


def _outcome(outcome: Outcome) -> JsonValue:
    value: Json = {} if outcome.value is None else {"value": outcome.value}
    return {**value, "mark": outcome.mark, "rated": outcome.rated, "passed": outcome.passed}


def _noted(session: Session, note: Note) -> Json:
    """Return what a coach has done: the statement is about the one of the reply."""
    verb, result = _judgement(note)
    about = f"notes/{note.replaces}" if verb == "withdrew" else f"turns/{note.turn}"
    statement: Json = {
        **_about(session, f"notes/{note.id}", verb, note.at),
        "actor": account(note.author, session.id),
        "object": {"objectType": "StatementRef", "id": _id(session, about)},
        "context": _context(session, platform=False),
    }
    if note.replaces and verb != "withdrew":
        result[_extension("replaces")] = _id(session, f"notes/{note.replaces}")
    if isinstance(note, Remark):
        statement["result"] = {"response": note.text, "extensions": result}
    elif isinstance(note, Overruling):
        score = _score(note.label, 2)
        statement["result"] = {"score": score, "response": note.reason, "extensions": result}
    elif isinstance(note, BlindRating):
        statement["result"] = {"extensions": result}
    return statement


def _judgement(note: Note) -> tuple[str, Json]:
    """Return the verb and the extensions of a note."""
    if isinstance(note, Remark):
        extensions: Json = {_extension("kind"): note.kind}
        if note.tag:
            extensions[_extension("tag")] = note.tag.value
        if note.span:
            extensions[_extension("span")] = note.span.model_dump()
        return "commented", extensions
    if isinstance(note, Overruling):
        return "scored", {_extension("dimension"): note.dimension.value}
    if isinstance(note, BlindRating):
        return "scored", {_extension(d): {"label": note.label(d)} for d in Dimension}
    return "withdrew", {}


def _about(session: Session, what: str, verb: str, at: datetime) -> Json:
    return {
        "id": _id(session, what),
        "actor": account(session.started.trainee, session.id),
        "verb": {"id": VERBS[verb], "display": _both(f"exchange.verb.{verb}")},
        "timestamp": at.astimezone(UTC).isoformat(timespec="milliseconds"),
    }


def _context(session: Session, parent: bool = True, platform: bool = True) -> Json:
    category: Json = {"id": PROFILE, "definition": {"type": TYPES["profile"]}}
    activities: Json = {"category": [category]}
    if session.started.scenario:
        scenario: Json = {"type": TYPES["scenario"], "name": {"und": session.started.scenario}}
        place = str(uuid5(_OURS, f"scenario:{session.started.scenario}"))
        activities["grouping"] = [{"id": f"{PROFILE}/scenarios/{place}", "definition": scenario}]
    if parent:
        activities["parent"] = [_call_activity(session)]
    context: Json = {
        "registration": str(uuid5(_OURS, f"call:{session.id}")),
        "language": session.started.language,
        "contextActivities": activities,
    }
    # The specification allows a platform only where the object is an activity.
    return {**context, "platform": "Hörer"} if platform else context


def _call_activity(session: Session) -> Json:
    definition: Json = {
        "type": TYPES[session.started.origin],
        "name": _both(f"exchange.activity.{session.started.origin}"),
    }
    return {"objectType": "Activity", "id": _call_iri(session), "definition": definition}


def _reply_activity(session: Session, turn: int) -> Json:
    definition: Json = {
        "type": TYPES["reply"],
        "name": _both("exchange.activity.reply", number=turn),
    }
    place = f"{_call_iri(session)}/turns/{turn}"
    return {"objectType": "Activity", "id": place, "definition": definition}


def _call_iri(session: Session) -> str:
    return f"{PROFILE}/calls/{uuid5(_OURS, f'call:{session.id}')}"


def _dimension(score: DimensionScore) -> JsonValue:
    """Return a dimension without anything that is not there: xAPI knows no null."""
    if score.value is None:
        return {"abstained": score.abstained or "unrated"}
    return {
        "value": score.value,
        "confidence": score.confidence,
        "evidence": [one.model_dump(mode="json") for one in score.evidence],
    }


def _levels(state: EmotionalState) -> dict[str, JsonValue]:
    return {feeling.value: state.level(feeling) for feeling in Feeling}


def _score(raw: float, highest: int) -> JsonValue:
    return {"scaled": round(raw / highest, 4), "raw": round(raw, 2), "min": 0, "max": highest}


def _both(key: str, **values: object) -> Json:
    return {language: Texts(language)(key, **values) for language in LANGUAGES}


def _extension(name: str) -> str:
    return f"{PROFILE}/extensions/{name.replace('_', '-')}"


def _id(session: Session, what: str) -> str:
    return str(uuid5(_OURS, f"{session.id}/{what}"))
