"""Statements are checked against the rules of xAPI 1.0.3, part two (data), section 2."""

import json
import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from hypothesis import given

from simulator.coaching.bundle import Call
from simulator.coaching.xapi import PROFILE, TYPES, VERBS, account, statements
from simulator.domain.conversation import CallEnded, HeardTurn, Session
from simulator.domain.exam import PassMarks
from simulator.domain.hint import Hint
from simulator.domain.language import LANGUAGES
from simulator.domain.score import Alternative, Dimension
from tests.calls import NOON, agent, call, customer, ended, logs, started
from tests.coaching.test_bundle import NOTES, WHOLE

PROPERTIES = {"id", "actor", "verb", "object", "result", "context", "timestamp"}
RESULT = {"score", "success", "completion", "response", "duration", "extensions"}
CONTEXT = {"registration", "language", "platform", "contextActivities", "extensions"}
DEFINITION = {"type", "name", "description", "moreInfo", "extensions"}
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
DURATION = re.compile(r"P(?=.)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?")


def check_iri(value):
    assert isinstance(value, str)
    parts = urlsplit(value)
    assert parts.scheme in {"http", "https"}
    assert parts.netloc
    assert not re.search(r"[\s<>\"{}|\\^`]", value)


def check_language_map(value):
    assert value
    for tag, text in value.items():
        assert LANGUAGE_TAG.fullmatch(tag)
        assert isinstance(text, str)


def check_uuid(value):
    assert str(UUID(value)) == value
    assert UUID(value).version == 5


def check_extensions(value):
    assert isinstance(value, dict)
    for key in value:
        check_iri(key)
        assert key.startswith(f"{PROFILE}/extensions/")


def check_agent(value):
    assert value.keys() == {"objectType", "account"}
    assert value["objectType"] == "Agent"
    assert value["account"].keys() == {"homePage", "name"}
    check_iri(value["account"]["homePage"])
    check_uuid(value["account"]["name"])


def check_activity(value):
    assert value.keys() <= {"objectType", "id", "definition"}
    assert value.get("objectType", "Activity") == "Activity"
    check_iri(value["id"])
    definition = value["definition"]
    assert definition.keys() <= DEFINITION
    check_iri(definition["type"])
    assert definition["type"] in TYPES.values()
    if "name" in definition:
        check_language_map(definition["name"])


def check_score(value):
    assert value.keys() == {"scaled", "raw", "min", "max"}
    assert -1 <= value["scaled"] <= 1
    assert value["min"] < value["max"]
    assert value["min"] <= value["raw"] <= value["max"]


def check_result(value):
    assert value.keys() <= RESULT
    if "score" in value:
        check_score(value["score"])
    assert isinstance(value.get("completion", True), bool)
    assert isinstance(value.get("response", ""), str)
    assert DURATION.fullmatch(value.get("duration", "PT0S"))
    check_extensions(value["extensions"])


def check_context(value, about_activity):
    assert value.keys() <= CONTEXT
    check_uuid(value["registration"])
    assert value["language"] in LANGUAGES
    # 2.4.6: platform only where the object is an activity
    assert ("platform" in value) == about_activity
    assert value["contextActivities"].keys() <= {"parent", "grouping", "category", "other"}
    for activities in value["contextActivities"].values():
        assert isinstance(activities, list)
        for activity in activities:
            check_activity(activity)
    assert {"id": PROFILE, "definition": {"type": TYPES["profile"]}} in value["contextActivities"][
        "category"
    ]
    check_extensions(value.get("extensions", {}))


def check_no_null(value):
    assert value is not None
    for inner in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        check_no_null(inner)


def check(statement):
    assert {"actor", "verb", "object"} <= statement.keys() <= PROPERTIES
    check_no_null(statement)
    check_uuid(statement["id"])
    check_agent(statement["actor"])
    assert statement["verb"].keys() == {"id", "display"}
    check_iri(statement["verb"]["id"])
    assert statement["verb"]["id"] in VERBS.values()
    check_language_map(statement["verb"]["display"])
    about_activity = statement["object"].get("objectType") == "Activity"
    if about_activity:
        check_activity(statement["object"])
    else:
        assert statement["object"].keys() == {"objectType", "id"}
        assert statement["object"]["objectType"] == "StatementRef"
        check_uuid(statement["object"]["id"])
    if "result" in statement:
        check_result(statement["result"])
    check_context(statement["context"], about_activity)
    at = datetime.fromisoformat(statement["timestamp"])
    assert at.tzinfo is not None
    assert "T" in statement["timestamp"]
    assert not statement["timestamp"].endswith(("-00:00", "-0000", "-00"))


def written(*calls):
    return json.loads(json.dumps(statements(calls), allow_nan=False))


def by_verb(found, verb):
    return [one for one in found if one["verb"]["id"] == VERBS[verb]]


def test_a_call_with_its_notes_keeps_the_rules():
    found = written(WHOLE)
    for statement in found:
        check(statement)
    assert len({one["id"] for one in found}) == len(found) == 8


@given(logs())
def test_every_call_keeps_the_rules(events):
    for statement in written(Call(events, NOTES)):
        check(statement)


def test_the_checks_find_what_is_wrong():
    [first, *_] = written(WHOLE)
    for broken in (
        {**first, "verb": {"id": "answered", "display": {"en": "x"}}},
        {**first, "result": None},
        {
            **first,
            "result": {"score": {"scaled": 1.2, "raw": 1, "min": 0, "max": 1}, "extensions": {}},
        },
        {**first, "timestamp": "2025-03-04T12:00:00"},
        {**first, "context": {**first["context"], "extensions": {"seed": 7}}},
        {**first, "actor": {"mbox": "mailto:mia@example.com"}},
        {name: value for name, value in first.items() if name != "object"},
    ):
        with pytest.raises((AssertionError, ValueError)):
            check(broken)


def test_a_second_export_makes_the_same_statements():
    assert written(WHOLE) == written(WHOLE)
    before = written(Call(WHOLE.events[:2], ()))
    assert before == written(WHOLE)[:2]


def test_another_call_has_other_statements():
    one, other = written(Call(call("one"), ())), written(Call(call("other"), ()))
    assert not {s["id"] for s in one} & {s["id"] for s in other}
    assert {s["actor"]["account"]["name"] for s in one} == {
        s["actor"]["account"]["name"] for s in other
    }


def test_nobody_is_named():
    text = json.dumps(statements([WHOLE]), ensure_ascii=False)
    assert "Mia" not in text
    assert "Ute" not in text
    assert "mailto" not in text
    assert account("Mia", "a") == account("Mia", "b") != account("Ute", "a")
    assert account("", "a") != account("", "b")


def test_a_reply_has_its_scores():
    [first, _] = by_verb(written(WHOLE), "responded")
    assert first["result"]["score"] == {"scaled": 0.6, "raw": 60, "min": 0, "max": 100}
    assert first["result"]["response"] == "Das tut mir leid."
    for dimension in Dimension:
        key = f"{PROFILE}/extensions/{dimension.replace('_', '-')}"
        assert first["result"]["extensions"][key]["value"] == 60
    state = first["context"]["extensions"][f"{PROFILE}/extensions/state-before"]
    assert state == {"anger": 8, "trust": 2, "feeling_heard": 1}


def test_what_was_not_rated_has_no_score():
    [reply] = by_verb(written(Call((started(), agent(1, value=None)), ())), "responded")
    assert "score" not in reply["result"]
    assert reply["result"]["extensions"][f"{PROFILE}/extensions/empathy"] == {
        "abstained": "unrated"
    }


@pytest.mark.parametrize(("reason", "verb"), [("closed", "completed"), ("left", "exited")])
def test_the_end_says_how_long_and_to_what_effect(reason, verb):
    end = CallEnded(at=NOON + timedelta(seconds=90.5), reason=reason)
    [last] = by_verb(written(Call((started(), agent(), customer(), end), ())), verb)
    assert last["result"]["duration"] == "PT90.50S"
    assert last["result"]["completion"] is (verb == "completed")
    after = last["result"]["extensions"][f"{PROFILE}/extensions/state-after"]
    assert after == {"anger": 5.5, "trust": 3, "feeling_heard": 4}


def test_nobody_knows_the_state_of_a_customer_from_outside():
    begun = started().model_copy(update={"origin": "outside"})
    heard = HeardTurn(turn=0, at=NOON, text="Hallo")
    found = written(Call((begun, heard, agent(), ended()), ()))
    for statement in found:
        check(statement)
    assert "state-" not in json.dumps(found)
    assert found[0]["object"]["definition"]["type"] == TYPES["outside"]


def test_a_coach_judges_the_statement_of_the_reply():
    found = written(WHOLE)
    reply, _ = by_verb(found, "responded")
    [remark] = by_verb(found, "commented")
    overruled, rated = by_verb(found, "scored")
    assert (
        remark["object"]["id"] == overruled["object"]["id"] == rated["object"]["id"] == reply["id"]
    )
    assert remark["result"]["response"] == NOTES[0].text
    assert overruled["result"]["score"] == {"scaled": 1, "raw": 2, "min": 0, "max": 2}
    [withdrawn] = by_verb(found, "withdrew")
    assert withdrawn["object"]["id"] == remark["id"]


def in_exam(*replies, **marks):
    begun = started().model_copy(update={"exam": PassMarks(**marks), "guess": "Hat Angst."})
    session = Session.of((begun, *replies))
    found = written(Call((begun, *replies, session.ending(NOON, "closed")), ()))
    for statement in found:
        check(statement)
    return found


def extension(part, name):
    return part["extensions"][f"{PROFILE}/extensions/{name}"]


def test_an_exam_tells_its_marks_at_the_start_and_what_came_of_it_at_the_end():
    found = in_exam(agent(1), agent(2), agent(3), empathy=70)
    [first], [last] = by_verb(found, "attempted"), by_verb(found, "completed")
    assert extension(first["context"], "guess") == "Hat Angst."
    assert extension(first["context"], "exam")["empathy"] == {"mark": 70}
    assert extension(last["result"], "exam") == {
        "empathy": {"value": 60, "mark": 70, "rated": 3, "passed": False},
        "listening": {"value": 60, "mark": 50, "rated": 3, "passed": True},
        "de_escalation": {"value": 60, "mark": 50, "rated": 3, "passed": True},
    }
    assert last["result"]["success"] is False
    [passed] = by_verb(in_exam(agent(1), agent(2), agent(3)), "completed")
    assert passed["result"]["success"] is True


@pytest.mark.parametrize("replies", [(), (agent(1),), (agent(1, value=None), agent(2, value=None))])
def test_too_few_replies_are_neither_success_nor_failure(replies):
    [last] = by_verb(in_exam(*replies), "completed")
    assert "success" not in last["result"]
    assert extension(last["result"], "exam")["empathy"]["passed"] is False


def test_a_hint_stands_with_the_reply_it_was_taken_for():
    example = Alternative(text="Ein Beispiel.", context="Ich warte.", dialogue="de-1")
    whole = agent(1).model_copy(update={"hint": Hint(question="Was fehlt?", example=example)})
    asked = agent(2).model_copy(update={"hint": Hint(question="Wofür?")})
    found = written(Call((started(), whole, asked, agent(3)), ()))
    first, second, third = by_verb(found, "responded")
    assert extension(first["context"], "hint") == {
        "question": "Was fehlt?",
        "example": "Ein Beispiel.",
    }
    assert extension(second["context"], "hint") == {"question": "Wofür?"}
    assert f"{PROFILE}/extensions/hint" not in third["context"]["extensions"]


def test_practice_says_nothing_of_exam_or_guess():
    text = json.dumps(written(WHOLE))
    for name in ("exam", "guess", "hint"):
        assert f"{PROFILE}/extensions/{name}" not in text
