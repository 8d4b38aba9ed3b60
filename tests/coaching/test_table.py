"""The table opens in a spreadsheet, and nothing in it is executed there."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.coaching.bundle import Call
from simulator.coaching.table import COLUMNS, harmless, table
from simulator.domain.conversation import HeardTurn, Session
from simulator.domain.exam import PassMarks
from simulator.domain.hint import Hint
from simulator.domain.score import Alternative
from simulator.i18n import Texts
from tests.calls import NOON, agent, call, customer, ended, logs, started
from tests.coaching.test_bundle import NOTES

DE, EN = Texts("de"), Texts("en")
EXAMPLE = Alternative(text="Ein Beispiel.", context="Ich warte.", dialogue="de-1")


def rows(data, delimiter=";"):
    text = data.decode("utf-8-sig")
    heading, *rest = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    assert len(heading) == len(COLUMNS)
    assert all(len(row) == len(COLUMNS) for row in rest)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rest]


def test_one_row_per_exchange_with_umlauts_intact():
    events = (started(), agent(1, "Schöne Grüße; ja"), customer(1, "Öha"), agent(2, "ß"), ended())
    data = table([Call(events, NOTES)], DE)
    assert data.startswith(b"\xef\xbb\xbf")
    assert "Schöne Grüße; ja".encode() in data
    first, second = rows(data)
    assert (first["turn"], first["reply"], first["answer"]) == ("1", "Schöne Grüße; ja", "Öha")
    assert (first["heard"], second["heard"]) == ("", "Öha")
    assert (first["empathy"], first["mean"], first["anger"]) == ("60,0", "60,0", "5,5")
    assert (second["turn"], second["answer"], second["anger"]) == ("2", "", "")
    assert first["trainee"] == "Mia"
    assert first["seed"] == "7"
    assert "Schön – „genau so“." in first["notes"]
    assert "Empathie ist 2 von 2. warm" in first["notes"]
    assert len(first["notes"].splitlines()) == 4
    assert second["notes"] == ""


def test_english_spreadsheets_have_commas_and_points():
    [first, _] = rows(table([Call(call(), ())], EN), ",")
    assert first["empathy"] == "60.0"


def test_a_call_from_outside_has_its_words_and_no_state():
    heard = [HeardTurn(turn=n, at=NOON, text=f"Satz {n}") for n in (0, 1)]
    [row] = rows(table([Call((started(), heard[0], agent(1), heard[1], ended()), ())], DE))
    assert (row["heard"], row["answer"], row["act"], row["anger"]) == ("Satz 0", "Satz 1", "", "")


def test_a_call_without_a_reply_and_an_unrated_reply_are_there_too():
    nothing, unrated = rows(
        table([Call((started(),), ()), Call((started(), agent(1, value=None)), ())], DE)
    )
    assert (nothing["session"], nothing["reply"]) == ("abc123", "")
    assert (unrated["empathy"], unrated["mean"]) == ("", "")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "  ="])
def test_no_cell_begins_a_formula(sign):
    formula = f"{sign}HYPERLINK(1)"
    assert harmless(formula) == f"'{formula}"
    events = (started(trainee=formula), agent(1, formula), customer(1, formula))
    [row] = rows(table([Call(events, ())], DE))
    assert row["reply"] == row["answer"] == row["trainee"] == f"'{formula}"


def test_plain_words_stay_as_they_are():
    assert harmless("Ja = nein") == "Ja = nein"
    assert harmless("") == ""


@given(logs())
def test_any_call_makes_a_table_without_a_formula(events):
    for row in rows(table([Call(events, NOTES)], DE)):
        for cell in row.values():
            assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"}


@given(st.text(max_size=20))
def test_a_cell_loses_nothing(text):
    assert harmless(text).removeprefix("'") in {text, text.removeprefix("'")}


def test_guess_hints_and_exam_stand_in_the_table():
    marks, hint = PassMarks(empathy=70), Hint(question="Was fehlt?", example=EXAMPLE)
    begun = started().model_copy(update={"guess": "=Angst", "exam": marks})
    asked = agent(2).model_copy(update={"hint": Hint(question="Wofür?")})
    session = Session.of((begun, agent(1).model_copy(update={"hint": hint}), asked, agent(3)))
    events = (begun, *session.turns, session.ending(NOON, "closed"))
    first, second, third = rows(table([Call(events, ())], DE))
    assert {row["guess"] for row in (first, second, third)} == {"'=Angst"}
    assert (first["hint"], first["example"]) == ("Was fehlt?", "Ein Beispiel.")
    assert (second["hint"], second["example"]) == ("Wofür?", "")
    assert (third["hint"], third["example"]) == ("", "")
    assert {row["exam"] for row in (first, second, third)} == {"failed"}
    short = Session.of((begun, agent(1)))
    [alone] = rows(table([Call((begun, agent(1), short.ending(NOON, "closed")), ())], DE))
    assert alone["exam"] == "too_few"


def test_practice_and_an_open_exam_are_told_apart():
    begun = started().model_copy(update={"exam": PassMarks()})
    practice, exam = rows(table([Call((started(), agent()), ()), Call((begun, agent()), ())], DE))
    assert (practice["exam"], practice["guess"], practice["hint"]) == ("", "", "")
    assert exam["exam"] == "open"


@pytest.mark.parametrize("texts", [DE, EN])
def test_every_column_has_a_heading_of_its_own(texts):
    heading = table([], texts).decode("utf-8-sig").strip()
    names = heading.strip('"').split(f'"{texts("exchange.table.delimiter")}"')
    assert len(set(names)) == len(COLUMNS)
