"""``hoerer practice --plain``: a call over pipes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.content.catalogue import Catalogue
from tests.cli.stage import LINES, Said, hoerer, script

CALL = ("--persona", "brandt", "--scenario", "internet-kuendigung", "--seed", "3")


def practised(folder: Path, stdin: str | bytes, *options: str) -> Said:
    model = ("--model", script(folder))
    return hoerer("practice", "--plain", *CALL, *model, *options, stdin=stdin)


@pytest.mark.parametrize(
    ("language", "dimension", "left"),
    [
        ("de", "Empathie", "Du hast das Gespräch beendet."),
        ("en", "Empathy", "You have ended the call."),
    ],
)
def test_a_call_from_its_first_word_to_its_last(
    language: str, dimension: str, left: str, tmp_path: Path
) -> None:
    shown = practised(tmp_path, "Guten Tag.\nWas ist passiert?\n", "--lang", language)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.count(f"  {dimension} ") == 2
    assert left in shown.out.splitlines()
    [kept] = json.loads(hoerer("sessions", "list", "--json").out)
    assert kept["turns"] == 2
    assert kept["ended"] == "left"


def test_the_name_of_the_trainee_is_kept(tmp_path: Path) -> None:
    practised(tmp_path, "Guten Tag.\n", "--trainee", "[b]Mia[/b]")
    [kept] = json.loads(hoerer("sessions", "list", "--json").out)
    assert "[b]Mia[/b]: Guten Tag." in hoerer("sessions", "show", kept["id"]).out


def test_a_reply_that_is_too_long_is_refused_and_the_call_goes_on(tmp_path: Path) -> None:
    shown = practised(tmp_path, "x" * 20_000 + "\nGuten Tag.\n", "--lang", "en")
    assert shown.code == 0
    [sentence] = shown.err.splitlines()
    assert "20000" in sentence
    assert shown.out.count("  Empathy ") == 1


def test_a_reply_of_nothing_but_control_characters_is_refused(tmp_path: Path) -> None:
    shown = practised(tmp_path, "\x07\x1b\nGuten Tag.\n", "--lang", "en")
    assert shown.code == 0
    assert "empty" in shown.err
    assert shown.out.count("  Empathy ") == 1


@pytest.mark.parametrize(
    "reply",
    [
        "[bold]Das[/] [/nope] [[ {0} {x} %s",
        "🙂👩‍👩‍👧‍👦 ﷽ שלום עליכם \u202eabc",
        "\x1b]0;title\x07\x1b[2JGuten Tag",
        "日本語 Привет",
        "e\u0301" * 400,
    ],
)
def test_strange_letters_do_no_harm(reply: str, tmp_path: Path) -> None:
    shown = practised(tmp_path, reply + "\nGuten Tag.\n")
    assert (shown.code, shown.err) == (0, "")
    assert "\x1b" not in shown.out
    assert shown.out.count("  Empathie ") == 2


def test_bytes_that_are_no_letters_do_no_harm(tmp_path: Path) -> None:
    shown = practised(tmp_path, b"Guten Tag \xff\xfe.\n")
    assert (shown.code, shown.err) == (0, "")


def test_the_first_fitting_case_is_taken(tmp_path: Path) -> None:
    model = ("--model", script(tmp_path))
    shown = hoerer("practice", "--plain", "--persona", "yilmaz", *model, stdin="Guten Tag.\n")
    assert shown.code == 0
    [kept] = json.loads(hoerer("sessions", "list", "--json").out)
    assert kept["persona"] == "yilmaz"


@pytest.mark.parametrize("plain", [["--plain"], []])
def test_an_unknown_person_is_refused_before_anything_is_loaded(plain: list[str]) -> None:
    shown = hoerer("practice", *plain, "--persona", "brant", real=True)
    assert "brandt" in shown.refused(2)


@pytest.mark.parametrize("content", [b"garbage " * 500, None])
def test_a_database_that_cannot_be_used(content: bytes | None, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    if content:
        (home / "sessions.sqlite3").write_bytes(content)
    else:
        (home / "sessions.sqlite3").mkdir()
    shown = hoerer("practice", "--plain", *CALL, "--model", script(tmp_path), stdin="Guten Tag.\n",
                   HOERER_HOME=str(home))  # fmt: skip
    assert str(home / "sessions.sqlite3") in shown.refused(1)


def test_the_customer_says_lines_of_the_script_or_authored_ones(tmp_path: Path) -> None:
    practised(tmp_path, "Guten Tag.\nIch sehe nach.\nMoment bitte.\n")
    [kept] = json.loads(hoerer("sessions", "list", "--json").out)
    turns = json.loads(hoerer("sessions", "show", kept["id"], "--json").out)["turns"]
    spoken = [turn for turn in turns if turn["type"] == "customer_turn"]
    assert spoken
    for turn in spoken:
        assert turn["source"] == "authored" or any(
            turn["text"].startswith(line.split(".")[0][:10]) for line in LINES
        )


MAIL = ("--persona", "krueger", "--scenario", "virenschutz", "--seed", "3")


def test_a_mail_ends_with_a_full_stop_on_a_line_of_its_own(tmp_path: Path) -> None:
    stdin = "Guten Tag Herr Krüger,\n\nzum PC: ..\n..\nKatrin Behnke\n.\n.\nNoch eine."
    model = ("--model", script(tmp_path))
    shown = hoerer("practice", "--plain", *MAIL, *model, "--lang", "de", stdin=stdin)
    assert (shown.code, shown.out.count("  Empathie ")) == (0, 2)
    assert "✓ Anrede mit Namen" in shown.out and "Anliegen" in shown.out
    assert "leer" in shown.err or shown.err == ""
    assert shown.out.splitlines()[-1] == "Du hast den Mailwechsel beendet."
    [kept] = json.loads(hoerer("sessions", "list", "--json").out)
    assert kept["turns"] == 2
    told = hoerer("sessions", "show", kept["id"]).out
    assert "   .\n" in told and "   zum PC: .." in told


HIDDEN = ("Empathie ", "Ärger ", "Aus einem anderen Gespräch", "Jetzt:")


def test_an_exam_shows_nothing_before_its_end_and_then_the_result(tmp_path: Path) -> None:
    replies = "Guten Tag.\n?\nDas Netz fällt abends aus, seit Wochen.\nIch sehe nach.\n"
    shown = practised(tmp_path, replies, "--exam", "--guess", "Ihr [b]Ruf[/b].")
    assert shown.code == 0
    assert "In einer Prüfung gibt es keine Tipps" in shown.err
    before, after = shown.out.split(
        "Kein Ergebnis." if "Kein Ergebnis." in shown.out else "estanden."
    )
    assert "nicht für Entscheidungen über das Arbeitsverhältnis" in before
    assert [word for word in HIDDEN if word in before.split("Eine Zeile ist eine Antwort")[1]] == []
    assert "Empathie: " in after and "Grenze 50" in after
    assert "weder gedacht noch geeignet" in after
    assert "Vermutung vor dem Gespräch: „Ihr [b]Ruf[/b].“" in after
    assert "Dahinter steckte: " in after
    [kept] = json.loads(hoerer("sessions", "list", "--json").out)
    assert (kept["exam"] == "too_few") == ("Kein Ergebnis." in shown.out)
    told = json.loads(hoerer("sessions", "show", kept["id"], "--json").out)
    assert told["started"]["guess"] == "Ihr [b]Ruf[/b]."
    assert told["ended"]["exam"]["replies"] == 3


@pytest.mark.parametrize("language", ["de", "en"])
def test_after_a_hard_call_the_other_side_is_offered_before_anything_else(
    language: str, tmp_path: Path
) -> None:
    rude = "Sie sind doch ein Idiot.\n" if language == "de" else "You are an idiot.\n"
    shown = practised(tmp_path, rude, "--exam", "--guess", "Geld.", "--lang", language)
    [kept] = json.loads(hoerer("sessions", "list", "--json").out)
    command = f"hoerer replay {kept['id']} --as-customer --plain"
    [offer] = [line for line in shown.out.splitlines() if command in line]
    purpose = "Zum Üben da" if language == "de" else "This is for training"
    assert shown.out.index(offer) < shown.out.rindex(purpose)
    heard = hoerer(*command.split()[1:])
    assert heard.code == 0 and heard.out.rstrip().endswith("?")


def test_a_question_mark_gives_a_question_and_then_an_example(tmp_path: Path) -> None:
    shown = practised(tmp_path, "?\n?\nGuten Tag.\n?\n?\n?\nIch höre zu.\n")
    assert shown.code == 0
    assert shown.out.count("Tipp davor: „") == 2
    assert shown.out.count("Beispiel dazu, aus einem anderen Gespräch: „strong") == 1
    early, no_more = shown.err.splitlines()
    assert early.startswith("Ein Beispiel gibt es, sobald")
    assert no_more.startswith("Mehr Tipps gibt es")
    [kept] = json.loads(hoerer("sessions", "list", "--json").out)
    turns = json.loads(hoerer("sessions", "show", kept["id"], "--json").out)["turns"]
    first, second = (turn["hint"] for turn in turns if turn["type"] == "agent_turn")
    assert first["example"] is None and second["example"]["text"].startswith("strong")
    assert "Tipp davor: „" in hoerer("sessions", "show", kept["id"]).out


def test_a_mail_in_an_exam_is_checked_and_the_checklist_sealed(tmp_path: Path) -> None:
    stdin = "?\nGuten Tag Herr Krüger,\nich sehe nach.\n?\nKatrin Behnke\n.\nNoch eine.\n"
    model = ("--model", script(tmp_path), "--lang", "de")
    shown = hoerer("practice", "--plain", *MAIL, *model, "--exam", stdin=stdin)
    assert shown.code == 0
    assert shown.err.count("In einer Prüfung gibt es keine Tipps") == 1
    assert [sign for sign in "✓✗" if f"    {sign} " in shown.out] == []
    assert "Anrede mit Namen" not in shown.out and "Anliegen aufgegriffen" not in shown.out
    [kept] = json.loads(hoerer("sessions", "list", "--json").out)
    turns = json.loads(hoerer("sessions", "show", kept["id"], "--json").out)["turns"]
    mails = [turn for turn in turns if turn["type"] == "agent_turn"]
    assert [mail["mail"]["salutation"] for mail in mails] == ["named", "missing"]
    assert "?" in mails[0]["text"].splitlines()


def test_a_question_mark_before_a_mail_gives_a_hint_and_sends_nothing(tmp_path: Path) -> None:
    stdin = "?\nGuten Tag Herr Krüger,\nich sehe nach.\n.\n"
    model = ("--model", script(tmp_path), "--lang", "de")
    shown = hoerer("practice", "--plain", *MAIL, *model, stdin=stdin)
    assert shown.code == 0
    assert shown.out.count("Tipp davor: „") == 1
    [kept] = json.loads(hoerer("sessions", "list", "--json").out)
    turns = json.loads(hoerer("sessions", "show", kept["id"], "--json").out)["turns"]
    [mail] = [turn for turn in turns if turn["type"] == "agent_turn"]
    assert mail["hint"]["question"] and mail["mail"]["salutation"] == "named"


def test_the_mail_to_be_answered_is_told_once_with_its_head(tmp_path: Path) -> None:
    shown = hoerer("practice", "--plain", *MAIL, "--model", script(tmp_path), "--lang", "de")
    matter = Catalogue.load().scenario("virenschutz").de
    assert shown.code == 0
    mail = f"{matter.thread_head}\nHerr Krüger: {matter.thread.strip()}\nKrüger\n"
    assert shown.out.count(mail) == 1
