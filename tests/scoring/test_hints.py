"""A question first, an example second, and nothing in an exam."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.content.catalogue import Catalogue
from simulator.domain.conversation import Session
from simulator.domain.exam import PassMarks
from simulator.domain.hint import Hint
from simulator.domain.score import Alternative
from simulator.errors import UsageError
from simulator.scoring.hints import Situation, further, heard
from simulator.scoring.scorer import Scorer
from tests.calls import agent, call, started
from tests.scoring.reading import HashReader, examples, heads
from tests.tui.cast import CHARGED, WAITING, YILMAZ

ROOT = Path(__file__).parents[2]


def scorer() -> Scorer:
    return Scorer(HashReader(), heads(), examples())


def situation(**changes) -> Situation:
    return replace(Situation.of(Session.of(call()), CHARGED), **changes)


def refused(where: Situation, hint: Hint | None, exemplar: Scorer | None) -> str:
    with pytest.raises(UsageError) as error:
        further(where, hint, exemplar)
    return error.value.key


def test_first_a_question_then_an_example_then_no_more():
    first = further(situation(), None, None)
    assert first.question and first.example is None
    second = further(situation(), first, scorer())
    assert second.question == first.question
    assert second.example.text in {"strong 0", "strong 1"}
    assert refused(situation(), second, scorer()) == "hint_no_more"


def test_an_exam_gives_no_help_at_any_step():
    exam = situation(exam=True)
    for hint in (None, Hint(question="?"), Hint(question="?", example=_example("strong 0"))):
        assert refused(exam, hint, scorer()) == "exam_no_hint"
    events = (started().model_copy(update={"exam": PassMarks()}), *call()[1:])
    assert Situation.of(Session.of(events), CHARGED).exam


def test_an_example_needs_the_customers_words_and_the_model():
    asked = Hint(question="?")
    before = Situation.beginning(YILMAZ, CHARGED, "de", exam=False)
    assert refused(before, asked, scorer()) == "hint_too_early"
    assert refused(situation(), asked, None) == "hint_not_loaded"
    mail = Situation.beginning(YILMAZ, WAITING, "de", exam=False)
    assert further(mail, asked, scorer()).example is not None


def test_no_example_comes_twice_in_a_call_nor_is_the_solution_one():
    asked, found = Hint(question="?"), []
    given: tuple[Hint, ...] = ()
    for _ in range(2):
        hint = further(situation(given=given), asked, scorer())
        found.append(hint.example.text)
        given = (*given, hint)
    assert sorted(found) == ["strong 0", "strong 1"]
    assert refused(situation(given=given), asked, scorer()) == "hint_no_more"
    solved = situation(solution="strong 0")
    assert further(solved, asked, scorer()).example.text == "strong 1"


def test_a_question_that_was_asked_is_not_asked_again():
    first = further(situation(), None, None)
    assert further(situation(given=(first,)), None, None).question != first.question


def test_what_was_taken_is_read_from_the_call():
    hint = Hint(question="Was wird hier nicht gesagt?")
    events = list(call())
    events[1] = agent().model_copy(update={"hint": hint})
    assert Situation.of(Session.of(events), CHARGED).given == (hint,)


def test_everything_heard_begins_with_the_mail():
    session = Session.of(call())
    assert heard(session, CHARGED) == ("Na endlich.", "Na endlich.")
    assert heard(session, WAITING)[0] == WAITING.de.thread


def test_no_shipped_example_is_a_solution_or_stands_in_an_agents_script():
    lines = (ROOT / "models/scorer/examples.jsonl").read_text("utf-8").splitlines()
    shown = {json.loads(line)["text"] for line in lines}
    scenarios = Catalogue.load().scenarios.values()
    assert not shown & {s.text(lang).solution for s in scenarios for lang in ("de", "en")}
    scripts = "\n".join(
        file.read_text("utf-8") for file in (ROOT / "scenarios/scripts").glob("*.good.yaml")
    )
    assert scripts
    assert not [text for text in shown if text in scripts]


def _example(text: str) -> Alternative:
    return Alternative(text=text, context="", dialogue="x")
