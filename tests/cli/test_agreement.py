"""``hoerer agreement`` on a real database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner

from simulator.cli import reader, train_scorer
from simulator.cli.agreement import agreement
from simulator.cli.agreement_tables import SHOWN, told
from simulator.coaching.agreement import agreement as measured
from simulator.domain.conversation import Session
from simulator.errors import UsageError
from simulator.i18n import Texts
from simulator.paths import database
from simulator.store.repository import Sessions
from simulator.training.single_turns import read_single_turns
from tests.calls import customer, started
from tests.coaching.ratings import noted, overruling, rating, scored

app = typer.Typer()
app.command()(agreement)
trained = typer.Typer()
trained.command()(train_scorer.scorer)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOERER_LANG", "de")
    return tmp_path


def keep(session: str, trainee: str = "Mia", texts: tuple[str, str] = ("", "")) -> Sessions:
    sessions = Sessions(database())
    first, second = texts
    turns = (
        scored(1, (0, 1, None), first or "Das tut mir leid."),
        customer(1, "Na endlich."),
        scored(2, (2, 1, 0), second or "Ich sehe sofort nach."),
        customer(2, "Gut."),
    )
    sessions.begin((started(session, trainee=trainee), *turns))
    return sessions


@pytest.fixture
def kept(home: Path) -> Sessions:
    """Two calls rated by two coaches, in one of which a third has overruled a score."""
    sessions = keep("first")
    keep("second", trainee="Jan")
    keep("silent")
    for session, shift in (("first", 0), ("second", 1)):
        for coach in ("Lind", "Berg"):
            up = shift if coach == "Berg" else 0
            sessions.annotate(session, rating(coach, 1, (up, 1, 1)))
            sessions.annotate(session, rating(coach, 2, (2, 1, up)))
    sessions.annotate("first", overruling("Zoll", 1, 2))
    return sessions


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: object) -> UsageError:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert isinstance(result.exception, UsageError), result.output
    return result.exception


def test_json_has_the_figures_and_coaches_in_alphabetical_order(kept: Sessions) -> None:
    figures = json.loads(run("--json"))
    assert figures["coaches"] == ["Berg", "Lind"]
    assert (figures["calls"], figures["replies"]) == (2, 4)
    assert {(pair["one"], pair["other"], pair["n"]) for pair in figures["between"]} == {
        ("Berg", "Lind", 4)
    }
    calmed = [p for p in figures["machine"] if p["dimension"] == "de_escalation"]
    assert [(pair["n"], pair["left_out"]) for pair in calmed] == [(2, 2), (2, 2)]
    assert [pair["n"] for pair in figures["overruled"]] == [1]
    assert figures["disagreements"][0]["spread"] == 2
    assert figures["disagreements"][0]["said"][-1] == {"voice": "machine", "coach": "", "label": 0}
    assert "Mia" not in json.dumps(figures)


def test_the_tables_say_what_is_blind_and_what_is_not(kept: Sessions) -> None:
    printed = run()
    parts = printed.split("\n\n")
    assert parts[0] == "Blind bewertet: Antworten 4, Gespräche 2.\nCoaches: Berg, Lind"
    assert [part.splitlines()[0] for part in parts[1:-1]] == [
        "Coaches untereinander (blind)",
        "Coaches und Maschine (blind)",
        "Alle Coaches zusammen (blind): Krippendorffs Alpha",
        "Alle Coaches und die Maschine zusammen (blind): Krippendorffs Alpha",
        "Korrekturen: Coaches und Maschine (nicht blind)",
        "Für die nächste Kalibrierung, die größten Unterschiede zuerst",
    ]
    _title, _heading, empathy, *_rest = parts[1].splitlines()
    assert empathy.split()[:6] == ["Berg", "·", "Lind", "Empathie", "4", "0,86"]
    assert "75\u00a0%" in empathy
    assert parts[2].splitlines()[-1] == "Ausgelassen, weil die Maschine sich enthielt: 4."
    assert "Nicht blind" in parts[5]
    assert parts[6].splitlines()[1:4] == [
        "Gespräch first, Antwort 1, Empathie",
        "   Berg: 0 gar nicht · Lind: 0 gar nicht · Zoll (korrigiert): 2 stark"
        " · Maschine: 0 gar nicht",
        "   „Das tut mir leid.“",
    ]


def test_english_writes_numbers_its_own_way(kept: Sessions) -> None:
    printed = run("--lang", "en")
    assert "Coaches with each other (blind)" in printed
    assert "0.86" in printed
    assert "75%" in printed


def test_columns_stand_below_each_other(kept: Sessions) -> None:
    lines = run().split("\n\n")[1].splitlines()[1:]
    assert len({line.rindex(line.split()[-1]) + len(line.split()[-1]) for line in lines}) == 1


def test_calls_are_chosen_by_id_and_by_trainee(kept: Sessions) -> None:
    assert json.loads(run("fir", "first", "--json"))["replies"] == 2
    assert json.loads(run("--trainee", "Jan", "--json"))["replies"] == 2
    assert json.loads(run("first", "--trainee", "Jan", "--json"))["replies"] == 0
    assert refused("firts").values["near"] == "first"


def test_only_some_coaches(kept: Sessions) -> None:
    alone = json.loads(run("--coach", "Lind", "--json"))
    assert (alone["coaches"], alone["between"], alone["overruled"]) == (["Lind"], [], [])
    assert {one["with_machine"] for one in alone["alphas"]} == {True}
    both = json.loads(run("--coach", "Lind", "--coach", "Berg", "--json"))
    assert len(both["between"]) == 3
    unknown = refused("--coach", "Mia")
    assert (unknown.key, unknown.values["names"]) == ("coach_unknown", "Berg, Lind, Zoll")


def test_without_ratings_there_is_nothing_to_tell(home: Path) -> None:
    assert run().startswith("Hier hat noch niemand blind bewertet")
    keep("silent")
    assert run("--lang", "en").startswith("Nobody has rated blind")
    assert json.loads(run("--json"))["coaches"] == []


def test_what_is_exported_can_be_learnt_from(kept: Sessions, tmp_path: Path) -> None:
    file = tmp_path / "turns.jsonl"
    assert run("--export", file).startswith(f"Bewertete Antworten in „{file}“ geschrieben: 4.")
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert lines[0] == {
        "id": "first-1",
        "language": "de",
        "source": "coach",
        "context": [],
        "reply": "Das tut mir leid.",
        "empathy": 0,
        "listening": 1,
        "de_escalation": 1,
    }
    assert [turn.reply for turn in read_single_turns(file)] == [line["reply"] for line in lines]
    assert json.loads(run("--export", file, "--json")) == {"file": str(file), "turns": 4}


def test_what_no_coach_labelled_is_null_without_the_machine(home: Path, tmp_path: Path) -> None:
    keep("first").annotate("first", overruling("Zoll", 2, 1))
    file = tmp_path / "turns.jsonl"
    run("--export", file)
    [line] = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    assert (line["empathy"], line["listening"], line["de_escalation"]) == (1, None, None)
    run("--export", file, "--with-machine")
    [line] = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    assert (line["empathy"], line["listening"], line["de_escalation"]) == (1, 1, 0)


def test_what_cannot_be_exported(home: Path, tmp_path: Path) -> None:
    assert refused("--with-machine").key == "with_machine_alone"
    keep("silent")
    file = tmp_path / "turns.jsonl"
    assert refused("--export", file).key == "nothing_labelled"
    assert not file.exists()


def test_words_reach_the_terminal_as_words(home: Path) -> None:
    sessions = keep("first", texts=("[red]{x}\x1b[2J\nzweite Zeile " + "lang " * 40, "Gut."))
    sessions.annotate("first", rating("\x1b]0;Titel\x07[bold]\nBerg", 1, (2, 1, 1)))
    printed = run()
    assert "\x1b" not in printed
    assert "\x07" not in printed
    assert "Coaches: ]0;Titel[bold] Berg" in printed
    [quoted] = [line for line in printed.splitlines() if "[red]" in line]
    assert quoted.startswith("   „[red]{x}[2J zweite Zeile lang")
    assert quoted.endswith("…“")


def test_a_long_list_of_disagreements_says_how_many_more_there_are() -> None:
    call = noted("c", [(0, 0, 0)] * 10, {"Berg": [(2, 1, 1)] * 10})
    assert isinstance(call.session, Session)
    printed = told(measured([call]), Texts("de"))
    assert printed.count("   „") == SHOWN
    assert "… und 10 weitere" in printed


def test_train_scorer_names_a_wrong_file_before_the_model_is_loaded(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "load_reader", lambda: pytest.fail("the model was loaded"))
    with pytest.raises(UsageError) as wrong:
        train_scorer.scorer(also=[tmp_path / "nothing.jsonl"])
    assert wrong.value.key == "single_turns_file"


@pytest.mark.parametrize("page", ["coaches.md", "coaching.md"])
def test_the_commands_of_the_pages_for_coaches_exist(page: str) -> None:
    known = {
        "hoerer agreement": get_command(app),
        "hoerer train scorer": get_command(trained),
    }
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    parsed = 0
    for name, command in known.items():
        for line in lines:
            if line.startswith(name):
                command.make_context(name, line.removeprefix(name).split())
                parsed += 1
    assert parsed == 7
