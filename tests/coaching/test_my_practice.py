"""One's own practice, read from a real store: what counts, what is quoted, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from simulator.coaching.development import BEST
from simulator.coaching.my_practice import QUOTED, MyPractice, course, read_my_practice
from simulator.coaching.practice_words import earned, moved, reminded, rhythm_told, where
from simulator.coaching.weeks import Rhythm, week_of
from simulator.content.catalogue import Catalogue
from simulator.domain.conversation import AgentTurn, CallStarted, Event, HeardTurn
from simulator.domain.cue import Cue
from simulator.domain.emotion import Feeling
from simulator.domain.score import Dimension, DimensionScore, Evidence, TurnScores
from simulator.i18n import Texts
from simulator.store.reply import Line
from simulator.store.repository import Sessions
from tests.calls import NOON, START, agent, customer, ended, started

CATALOGUE = Catalogue.load()
SCENARIO = next(iter(CATALOGUE.scenarios.values()))
DE, EN = Texts("de"), Texts("en")


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    return Sessions(tmp_path / "sessions.sqlite3")


def said(session: str, turns: Sequence[AgentTurn], days: int = 0, **of_start: object):
    """Return a call that is over, so many days after noon, in which these replies were given."""
    changed = {"at": NOON + timedelta(days=days), "scenario": SCENARIO.id, **of_start}
    first: Event = started(session).model_copy(update=changed)
    answered = (event for turn in turns for event in (turn, customer(turn.turn)))
    return (first, *answered, ended())


def read(sessions: Sessions, trainee: str = "Mia") -> MyPractice:
    return read_my_practice(sessions, trainee, CATALOGUE, "de")


def unlike(turn: int, empathy: float | None, listening: float | None) -> AgentTurn:
    """Return a reply that the scorer rated in part."""
    rated = {"empathy": empathy, "listening": listening, "de_escalation": None}
    scores = TurnScores(**{d: DimensionScore(value=v) for d, v in rated.items()})
    return AgentTurn(turn=turn, at=NOON, text=f"Antwort {turn}", scores=scores)


def test_what_was_not_rated_enters_no_mean(sessions: Sessions) -> None:
    sessions.begin(said("first1", [unlike(1, 40, None), unlike(2, None, None), unlike(3, 60, 20)]))
    sessions.begin(said("mute01", [unlike(1, None, None)], days=1))
    mine = read(sessions)
    assert mine.calls[0].means == {"empathy": 50, "listening": 20, "de_escalation": None}
    assert mine.calls[1].means == dict.fromkeys(Dimension)
    [week] = course(mine.calls, [week_of(NOON)])
    assert (week.calls, week.means) == (2, mine.calls[0].means)
    assert [reply.mean for reply in mine.replies] == [None, 40, None, 40]


def test_every_call_of_a_week_counts_alike_however_long_it_was(sessions: Sessions) -> None:
    sessions.begin(said("long01", [agent(n, f"Wort {n}", 90) for n in range(1, 6)]))
    sessions.begin(said("short1", [agent(1, "Nein.", 30)], days=1))
    sessions.begin(said("next01", [agent(1, "Ja.", 80)], days=7))
    mine = read(sessions)
    monday = week_of(NOON)
    found = course(mine.calls, [monday - timedelta(weeks=1), monday, monday + timedelta(weeks=1)])
    assert [(week.calls, week.means[Dimension.EMPATHY]) for week in found] == [
        (0, None),
        (2, 60),
        (1, 80),
    ]


def test_nobody_elses_calls_are_read(sessions: Sessions) -> None:
    sessions.begin(said("mine01", [agent(1, "Meins")]))
    sessions.begin(said("theirs", [agent(1, "Nicht meins", 99)], trainee="Jens"))
    sessions.begin(said("nobody", [agent(1, "Ohne Namen", 98)], trainee=""))
    sessions.keep_line("theirs", 1)
    mine = read(sessions)
    assert [call.summary.id for call in mine.calls] == ["mine01"]
    assert {reply.text for reply in mine.replies} == {"Meins"} == {s.words for s in mine.best}
    assert (mine.lines, mine.kept) == (frozenset(), ())
    assert [reply.text for reply in read(sessions, "").replies] == ["Ohne Namen"]


def test_cases_are_named_in_the_readers_language_and_real_calls_by_themselves(
    sessions: Sessions,
) -> None:
    sessions.begin(said("first1", [agent(1)]))
    sessions.begin(said("second", [agent(1)], days=1))
    sessions.begin(said("gone01", [agent(1)], days=2, scenario="weg"))
    real = said("real01", [agent(1)], days=3, origin="outside", scenario=SCENARIO.id)
    sessions.begin((*(e for e in real if isinstance(e, CallStarted | AgentTurn)), ended()))
    for language in ("de", "en"):
        cases = read_my_practice(sessions, "Mia", CATALOGUE, language).cases
        named = {(case.title, len(case.calls)) for case in cases}
        assert named == {(SCENARIO.text(language).title, 2), ("weg", 1), (SCENARIO.id, 1)}
        assert len(cases[0].calls) == 2, "the case practised most comes first"


def test_the_best_are_strong_said_once_and_few(sessions: Sessions) -> None:
    for n in range(8):
        turns = [agent(1, "Immer gleich", 95), agent(2, f"Antwort {n}", 70 + n)]
        sessions.begin(said(f"call{n:02}", turns, days=n))
    best = read(sessions).best
    assert [one.words for one in best] == ["Immer gleich", *(f"Antwort {n}" for n in (7, 6, 5, 4))]
    assert len(best) == BEST
    assert best[0].stage.session.id == "call07", "of equals the latest"


def test_kept_lines_come_newest_first_whatever_they_scored(sessions: Sessions) -> None:
    for n in range(3):
        sessions.begin(said(f"call{n:02}", [agent(1, f"Antwort {n}", None)], days=n))
    sessions.keep_line("call00", 1)
    sessions.keep_line("call02", 1)
    mine = read(sessions)
    assert [one.words for one in mine.kept] == ["Antwort 2", "Antwort 0"]
    assert mine.lines == {Line("call00", 1), Line("call02", 1)}
    assert mine.best == ()
    sessions.drop_line("call02", 1)
    assert [one.words for one in read(sessions).kept] == ["Antwort 0"]


@contextmanager
def queries() -> Iterator[list[str]]:
    """Count what is asked of the database."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append(statement)

    event.listen(Engine, "after_cursor_execute", note)
    yield asked
    event.remove(Engine, "after_cursor_execute", note)


def test_ten_times_the_calls_take_no_more_queries(sessions: Sessions) -> None:
    counts = []
    for first, last in ((0, 4), (4, 40)):
        for n in range(first, last):
            sessions.begin(said(f"call{n:02}", [agent(1, f"Antwort {n}", 70)], days=n))
            sessions.keep_line(f"call{n:02}", 1)
        with queries() as asked:
            mine = read(sessions)
        assert len(mine.calls) == last
        assert len(mine.kept) == min(last, QUOTED)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_a_reply_earned_and_did_is_said(sessions: Sessions) -> None:
    helps = Evidence(start=4, end=15, cue=Cue.SPECIFIC_APOLOGY, polarity="positive")
    hurts = Evidence(start=0, end=3, cue=Cue.MUST, polarity="negative")
    scores = TurnScores(
        empathy=DimensionScore(value=80, evidence=(helps,)),
        listening=DimensionScore(value=70, evidence=(helps, hurts)),
        de_escalation=DimensionScore(value=75),
    )
    turn = AgentTurn(turn=1, at=NOON, text="Das tut mir leid.", scores=scores)
    sessions.begin(said("first1", [turn], persona="krueger"))
    [best] = read(sessions).best
    title = SCENARIO.de.title
    assert where(best, DE) == f"04.03.2025 · {title} · Antwort 1 · ⌀ 75"
    assert list(earned(turn, DE)) == [f"„tut mir lei“ · {DE('scoring.cue.specific_apology')}"]
    assert best.moved[Feeling.ANGER] == (START.anger, 5.5)
    assert moved(best, DE) == "Danach: Ärger 8,0 → 5,5 · Vertrauen 2,0 → 3,0 · Gehört 1,0 → 4,0"
    assert moved(best, EN).startswith("After it: Anger 8.0 → 5.5 · ")


def test_nobody_knows_what_a_reply_did_in_a_real_call_or_unanswered(sessions: Sessions) -> None:
    start = started("real01").model_copy(update={"origin": "outside"})
    heard = HeardTurn(turn=0, at=NOON, text="Ja?")
    sessions.begin((start, heard, agent(1, value=90), ended()))
    sessions.begin((started("silent", minutes=1), agent(1, "Noch da?", 80), ended("left")))
    best = read(sessions).best
    assert [one.before for one in best] == ["Ja?", ""]
    assert [moved(one, DE) for one in best] == ["", ""]


@pytest.mark.parametrize(
    ("goal", "calls", "line"),
    [
        (None, 0, ""),
        (1, 1, ""),
        (2, 1, "Für diese Woche steht noch ein Gespräch auf deinem Zettel (F8)."),
        (3, 0, "Für diese Woche stehen noch 3 Gespräche auf deinem Zettel (F8)."),
    ],
)
def test_the_reminder_is_one_line_or_none(goal, calls, line) -> None:
    week = week_of(NOON)
    assert reminded(Rhythm({week: calls} if calls else {}, week, goal), DE) == line


def test_weeks_are_told_without_a_word_on_those_that_were_missed() -> None:
    week = week_of(NOON)
    mine = Rhythm({week: 1, week - timedelta(weeks=40): 3}, week, 2)
    assert list(rhythm_told(mine, DE)) == [
        "Diese Woche (KW 10): 1 von 2",
        "Wochen, in denen du geübt hast: 2",
        "Wochen, in denen du dieses Ziel erreicht hast: 1",
    ]
    assert "wie Zähneputzen" in list(rhythm_told(Rhythm({}, week, None), DE))[-1]


def test_nothing_has_been_practised_yet(sessions: Sessions) -> None:
    mine = read(sessions)
    assert (mine.calls, mine.cases, mine.replies, mine.kept, mine.best) == ((), (), (), (), ())
