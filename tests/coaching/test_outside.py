"""Transcripts from outside: recognised by content, or refused in one sentence with the line."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.coaching.arrival import NEUTRAL, arrive, session_id
from simulator.coaching.clock import moments
from simulator.coaching.outside import Transcript, read_transcript
from simulator.coaching.said import speaker_of
from simulator.domain.conversation import AgentTurn, CallEnded, CallStarted, HeardTurn, Session
from simulator.domain.language import LANGUAGES
from simulator.errors import HoererError, UsageError
from simulator.i18n import Texts, explain
from simulator.practice import LONGEST_REPLY
from simulator.scoring.scorer import Scorer
from tests.scoring.reading import HashReader, examples, heads

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
TEXT = """\
Kunde (Herr Meier): Seit drei Wochen warte ich
auf den Techniker!

Agent: Das tut mir leid.
Mitarbeiter: Wann passt es Ihnen?
Kundin: Am Freitag: nach zehn.
TRAINEE: Dann kommt er am Freitag um elf.
"""


def read(text, language=None):
    data = text if isinstance(text, bytes) else text.encode()
    return read_transcript(data, "anruf.txt", language)


def said(transcript):
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def refused(text):
    with pytest.raises(UsageError) as caught:
        read(text)
    return caught.value


def test_text_with_continuations_and_neighbours():
    call = read(TEXT)
    assert call.form == "text"
    assert said(call) == [
        ("customer", "Seit drei Wochen warte ich auf den Techniker!"),
        ("agent", "Das tut mir leid.\nWann passt es Ihnen?"),
        ("customer", "Am Freitag: nach zehn."),
        ("agent", "Dann kommt er am Freitag um elf."),
    ]
    assert [turn.line for turn in call.turns] == [1, 4, 6, 7]
    assert call.joined == 1
    assert (call.language, call.guessed) == ("de", True)
    assert call.name("customer") == "Herr Meier"
    assert call.problems == ()


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_line_endings_and_encodings(ending, encoding):
    text = ending.join(["Kunde: Schöne Grüße – für 5 €!", "Agent: Übrigens: ja."])
    call = read(text.encode(encoding))
    assert said(call) == [("customer", "Schöne Grüße – für 5 €!"), ("agent", "Übrigens: ja.")]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv(delimiter, encoding):
    rows = [
        ["Speaker", "Text", "Time"],
        ["Kunde", '"Ich warte; schon, ""lange"".\nWirklich für nichts!"', "10:00:00"],
        ["agent", "Oh.", "10:00:09"],
    ]
    call = read("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    assert call.form == "csv"
    assert said(call) == [
        ("customer", 'Ich warte; schon, "lange".\nWirklich für nichts!'),
        ("agent", "Oh."),
    ]
    assert [turn.line for turn in call.turns] == [2, 4]


def test_jsonl():
    lines = [
        {"speaker": "customer", "text": "I have been waiting", "at": "2025-03-04T12:00:00+01:00"},
        {"speaker": "agent", "text": "I am sorry.", "at": "2025-03-04T12:00:20+01:00", "id": 7},
    ]
    call = read("\n".join(map(json.dumps, lines)) + "\n\n")
    assert (call.form, call.language) == ("jsonl", "en")
    times, problems = moments(call.turns, NOW)
    assert times == (
        datetime(2025, 3, 4, 11, tzinfo=UTC),
        datetime(2025, 3, 4, 11, 0, 20, tzinfo=UTC),
    )
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        (b"Kunde: a\nAgent: \x00", "outside_not_text", 2),
        (b"Kunde: a\n\nAgent: \x81", "outside_not_text", 3),
        ("", "outside_empty", 1),
        (" \n\n", "outside_empty", 1),
        ("\nHallo Welt", "outside_no_speaker", 2),
        ("Kunde: Hallo\nMeier: Guten Tag", "outside_no_agent", 1),
        ("Agent: Ja\nKunde: Nein\n[00:10] Frau Öz: Doch", "outside_unknown_speaker", 3),
        ("Agent: Hallo\n\nAgent: Noch da?", "outside_no_customer", 3),
        (f"Kunde: a\nAgent: {'a' * 3000}\nAgent: {'b' * 3000}", "outside_too_long", 2),
        ('speaker;text\nKunde;"offen\nAgent;zu', "outside_csv", 2),
        ("speaker,text\nKunde,Hallo, was ist?", "outside_csv_cells", 2),
        ("speaker;text\nKunde;Hallo\n\nAgent", "outside_csv_cells", 4),
        ('{"speaker":"Kunde","text":"a"}\n{"speaker":', "outside_json", 2),
        ('{"speaker":"Kunde","text":"a"}\n["Agent"]', "outside_json_fields", 2),
        ('{"speaker":"Kunde","text":7}', "outside_json_fields", 1),
        ("{" * 100_000, "outside_json", 1),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text, key, line):
    error = refused(text)
    assert (error.key, error.values["line"]) == (key, line)
    for language in LANGUAGES:
        sentence = explain(error, language)
        assert str(line) in sentence
        assert "anruf.txt" in sentence


def test_a_reply_may_be_as_long_as_in_practice():
    assert read(f"Kunde: a\nAgent: {'x' * LONGEST_REPLY}").turns[1].text == "x" * LONGEST_REPLY


def test_what_was_read_otherwise_than_meant_is_told_with_its_line():
    call = read("Anruf vom Montag\nKunde: Hallo\nHinweis: leise\nAgent:\n[2:60] Agent: Ja")
    assert [(p.line, p.kind) for p in call.problems] == [
        (1, "before_first"),
        (3, "looks_like_speaker"),
        (4, "empty"),
        (5, "time"),
    ]
    table = read("speaker,text\nSystem,Verbunden\nKunde,Hallo\nAgent,Ja")
    assert [(p.line, p.kind, p.found) for p in table.problems] == [(2, "unknown_speaker", "System")]
    assert len(table.turns) == 2


@pytest.mark.parametrize(
    "kind", ["unknown_speaker", "looks_like_speaker", "before_first", "empty", "time"]
)
def test_every_problem_has_its_sentence(kind):
    for language in LANGUAGES:
        assert "[b]{x}" in Texts(language)(f"exchange.problem.{kind}", found="[b]{x}")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kunde: Das ist nicht mein Problem.\nAgent: Ich verstehe, dass Sie warten.", "de"),
        ("Kunde: This is not what I have ordered.\nAgent: I am sorry about that.", "en"),
        ("Customer: Hm.\nAgent: Hm.", "en"),
        ("Kunde: Hm.\nAgent: Hm.", "de"),
    ],
)
def test_the_language_is_guessed_or_given(text, language):
    assert read(text).language == language
    other = "en" if language == "de" else "de"
    call = read(text, other)
    assert (call.language, call.guessed) == (other, False)


@pytest.mark.parametrize(
    ("times", "seconds"),
    [
        (["00:05", "00:12", "01:30"], [0, 7, 85]),
        (["10:05", "10:06", "11:00"], [0, 60, 3300]),
        (["10:05:01", "10:05:03", "10:05:03"], [0, 2, 2]),
        (["3", "4.5", "10"], [0, 1.5, 7]),
        (["2025-03-04 12:00", "2025-03-04T12:01:00", "2025-03-04 12:02:00"], [0, 60, 120]),
    ],
)
def test_times_in_the_file(times, seconds):
    lines = (
        f"[{time}] {who}: Ja." for time, who in zip(times, ["Kunde", "Agent", "Kunde"], strict=True)
    )
    rows = (
        f"{who};Ja.;{time}" for time, who in zip(times, ["Kunde", "Agent", "Kunde"], strict=True)
    )
    texts = ["speaker;text;time\n" + "\n".join(rows)]
    if ":" in times[0]:
        texts.append("\n".join(lines))
    for text in texts:
        call = read(text)
        found, problems = moments(call.turns, NOW)
        assert [(at - found[0]).total_seconds() for at in found] == seconds
        assert problems == call.problems == ()


def test_without_times_a_call_has_the_pace_of_talking():
    call = read("Kunde: eins zwei drei vier fünf\nAgent: Ja.\nKunde: Gut.")
    times, _ = moments(call.turns, NOW)
    assert times[0] == NOW
    assert times[1] - times[0] == timedelta(seconds=3)
    assert times[2] > times[1]


@pytest.mark.parametrize(
    "bad", ["gestern", "1e999", "nan", "-5", "9999-12-31T23:59:59", "0001-01-01"]
)
def test_a_time_that_is_none_is_a_problem_and_costs_no_turn(bad):
    call = read(f"speaker;text;time\nKunde;Ja.;00:10\nAgent;Gut.;{bad}\nKunde;Eben.;00:20")
    assert [(p.line, p.kind) for p in call.problems] == [(3, "time")]
    times, _ = moments(call.turns, NOW)
    assert times == tuple(sorted(times))
    assert times[2] - times[0] == timedelta(seconds=10)


def test_times_that_run_backwards_are_problems():
    call = read("[10:05] Kunde: a\n[10:04] Agent: b\n[10:06] Kunde: c")
    assert [(p.line, p.kind) for p in call.problems] == [(2, "time")]


def rater():
    return Scorer(HashReader(), heads(), examples())


class Listening:
    """The real scorer, and a list of what it was asked."""

    def __init__(self):
        self.asked = []

    def score(self, reply, context, language, earlier=(), act=None):
        self.asked.append((reply, context, language, earlier))
        return rater().score(reply, context, language, earlier)


def test_a_transcript_becomes_a_call_like_any_other():
    call = read(
        "Kunde: Erstens.\nAgent: Ja?\nKunde: Zweitens.\nAgent: Und?\nKunde: Drittens.\nAgent: Gut."
    )
    listening, steps = Listening(), []
    events = arrive(
        call,
        listening,
        {"scorer": "x"},
        NOW,
        "Reklamation",
        "Mia",
        lambda *step: steps.append(step),
    )
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert listening.asked == [
        ("Ja?", "Erstens.", "de", ()),
        ("Und?", "Zweitens.", "de", ("Erstens.",)),
        ("Gut.", "Drittens.", "de", ("Erstens.", "Zweitens.")),
    ]
    started, *turns, ended = events
    assert isinstance(started, CallStarted)
    assert (started.origin, started.persona, started.scenario) == (
        "outside",
        "Kunde",
        "Reklamation",
    )
    assert (started.trainee, started.start, started.at) == ("Mia", NEUTRAL, NOW)
    assert [(type(turn), turn.turn) for turn in turns] == [
        (kind, turn + number)
        for turn in range(3)
        for kind, number in ((HeardTurn, 0), (AgentTurn, 1))
    ]
    assert isinstance(ended, CallEnded)
    session = Session.of(events)
    assert session.from_outside
    assert session.id == session_id(call, "Reklamation", "Mia")


def test_the_same_transcript_has_the_same_id_and_another_another():
    one, same, other = read(TEXT), read(TEXT.replace("\n", "\r\n")), read(TEXT + "Kunde: Danke.")
    assert session_id(one, "t", "Mia") == session_id(same, "t", "Mia")
    ids = {session_id(one, "t", "Mia"), session_id(other, "t", "Mia"), session_id(one, "t", "Jo")}
    assert len(ids) == 3


@pytest.mark.parametrize("label", ["Agent", "KUNDIN", "kunde (Anna Öz)", "Mitarbeiterin", "Caller"])
def test_known_labels(label):
    assert speaker_of(label) in {"agent", "customer"}


def taken_or_refused(data):
    try:
        transcript = read_transcript(data, "datei", None)
    except HoererError as error:
        for language in LANGUAGES:
            sentence = explain(error, language)
            assert sentence.endswith(".")
            assert "\n" not in sentence
            assert str(error.values["line"]) in sentence
        return
    assert isinstance(transcript, Transcript)
    speakers = [turn.speaker for turn in transcript.turns]
    assert set(speakers) == {"agent", "customer"}
    assert all(one != other for one, other in pairwise(speakers))
    times, _ = moments(transcript.turns, NOW)
    assert times == tuple(sorted(times))
    assert all(turn.text.strip() for turn in transcript.turns)
    for problem in transcript.problems:
        assert Texts("de")(f"exchange.problem.{problem.kind}", found=problem.found)
    json.dumps([turn.text for turn in transcript.turns]).encode()


@given(st.binary(max_size=300))
@example(b"\xff\xfeA")
@example(b"\xef\xbb\xbf")
def test_any_bytes_are_taken_or_refused(data):
    taken_or_refused(data)


@given(st.text(max_size=300))
def test_any_text_is_taken_or_refused(text):
    taken_or_refused(text.encode("utf-8", errors="surrogatepass"))


_word = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_label = st.sampled_from(["Agent", "Kunde", "Customer", "Trainee", "Frau Öz", "", "Kunde (Öz)"])
_time = st.sampled_from(["", "[00:01] ", "10:59 ", "[99:99:99] ", "2025-13-01T00:00 "])


@given(st.lists(st.tuples(_time, _label, st.sampled_from([": ", ":", " "]), _word), max_size=12))
def test_anything_like_a_transcript_is_taken_or_refused(lines):
    taken_or_refused("\n".join("".join(line) for line in lines).encode())


@given(
    st.sampled_from([";", ",", "\t"]),
    st.lists(st.lists(_label | _word, max_size=5), max_size=8),
    st.sampled_from(["speaker", '"speaker"', "Sprecher"]),
)
def test_anything_like_a_table_is_taken_or_refused(delimiter, rows, speaker):
    table = [[speaker, "text", "time"], *rows]
    taken_or_refused("\n".join(delimiter.join(row) for row in table).encode())


_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | _word | _label,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_word, inner, max_size=2),
    max_leaves=4,
)
_objects = st.fixed_dictionaries(
    {"speaker": _label | _json, "text": _word | _json}, optional={"at": _json | _time}
)


@given(st.lists(_objects, min_size=1, max_size=8))
def test_anything_like_json_lines_is_taken_or_refused(objects):
    taken_or_refused("\n".join(map(json.dumps, objects)).encode())
