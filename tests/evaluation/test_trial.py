"""A scenario is held to the measures of its own calls, and what fails is shown."""

import math

import pytest

from simulator.content.catalogue import Catalogue
from simulator.customer.customer import SimulatedCustomer
from simulator.customer.dynamics import Dynamics
from simulator.customer.planner import Planner
from simulator.domain.script import PROFILES
from simulator.errors import UsageError
from simulator.evaluation.calls import Casting, Played
from simulator.evaluation.customer import Measure
from simulator.evaluation.trial import CHECKS, Trial, hold, require_scripts
from simulator.lm.scripted import ScriptedLM
from simulator.scoring.scorer import Scorer
from simulator.store.repository import Sessions
from simulator.switchboard import Switchboard
from tests.calls import call, customer, ended
from tests.content.examples import PERSONA, SCENARIO, lay_out
from tests.customer.listeners import WORDS_ONLY, listener
from tests.scoring.reading import HashReader, examples, heads

SCRIPT = 'de: ["Was ist passiert?", "Das sehe ich mir an."]\nen: ["What happened?"]\n'


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = lay_out(tmp_path / "home", {"keller": PERSONA}, {"doppelt": SCENARIO})
    (folder / "scenarios" / "scripts").mkdir(exist_ok=True)
    for profile in PROFILES:
        (folder / "scenarios" / "scripts" / f"doppelt.{profile}.yaml").write_text(SCRIPT)
    monkeypatch.setenv("HOERER_HOME", str(folder))
    return folder


def board(tmp_path, *lines, hearing=WORDS_ONLY):
    return Switchboard(
        catalogue=Catalogue.load(),
        sessions=Sessions(tmp_path / "sessions.sqlite3"),
        rater=Scorer(HashReader(), heads(), examples()),
        customer=SimulatedCustomer(
            ScriptedLM(lines), Dynamics.load(), Planner.load(), listener(hearing)
        ),
        models={"customer": "scripted 0f"},
    )


def test_every_agent_plays_with_every_seed_and_every_check_has_its_figure(home, tmp_path):
    played = []
    trial = hold(board(tmp_path, "Na und?"), "keller", "doppelt", "de", 2, played.append)
    assert tuple(played) == trial.calls
    assert [(c.casting.profile, c.casting.seed) for c in trial.calls] == [
        (profile, seed) for seed in (0, 1) for profile in PROFILES
    ]
    assert list(trial.checks) == list(CHECKS.values())
    assert trial.checks["order"].n == trial.checks["need"].n == 2
    # All four say the same, so only luck can leave this customer calmer with one of them.
    assert trial.checks["gaming"].n == 2
    assert len(trial.course("good")) == 3
    assert all(math.isfinite(level) for level in trial.course("poor"))


def test_facts_that_may_be_asked_for_are_asked_in_their_own_words(home, tmp_path):
    # One more, so that a caller who hears no topic has another to tell than the one asked for.
    another = "  - {id: reminder, release: asked, de: hat eine Mahnung, en: has a reminder}\n"
    told = '    - {act: inform, text: "Und jetzt das.", fact: reminder}\n'
    scenario = SCENARIO.replace("  - id: second_call", f"{another}  - id: second_call")
    scenario = scenario.replace("  lines:\n", f"  lines:\n{told}")
    (home / "scenarios" / "doppelt.yaml").write_text(scenario)
    deaf = WORDS_ONLY.model_copy(update={"constant": -99.0})
    line = board(tmp_path, "Na und?", hearing=deaf)
    trial = hold(line, "keller", "doppelt", "de", 1, lambda _: None)
    asked = [each.question for each in trial.missed]
    assert "Können Sie mir dazu mehr sagen: hat eine Mahnung?" in asked
    assert trial.checks["asked"].n >= len(asked)
    assert all(each.answer for each in trial.missed)
    # what only trust brings out is no answer to a question
    assert not any("Miete" in question for question in asked)


def test_a_line_that_nobody_speaks_fails_and_is_shown(home, tmp_path):
    file = home / "scenarios" / "doppelt.yaml"
    opening = "Sie haben die 39,90 € *zweimal* genommen."
    assert SCENARIO.count(opening.replace("*", "")) == 1
    file.write_text(SCENARIO.replace(opening.replace("*", ""), opening))
    trial = hold(board(tmp_path, "Na und?"), "keller", "doppelt", "de", 1, lambda _: None)
    slipped = [each.text for each in trial.slipped if each.wrong == "control_text"]
    assert slipped
    assert set(slipped) == {opening}
    assert trial.checks["control_text"].met is False and not trial.passed


def test_a_missing_script_is_refused_before_anything_is_played(home):
    (home / "scenarios" / "scripts" / "doppelt.poor.yaml").unlink()
    with pytest.raises(UsageError, match="script_missing") as refused:
        require_scripts(Catalogue.load(), "doppelt")
    assert refused.value.values["file"] == "scripts/doppelt.poor.yaml"


@pytest.mark.parametrize(
    ("measure", "met"),
    [
        (Measure("asked", 5 / 6, 6, 0.85), True),
        (Measure("asked", 4 / 6, 6, 0.85), False),
        (Measure("asked", 0.0, 1, 0.85), False),
        (Measure("asked", 0.84, 1000, 0.85), False),
        (Measure("repeats", 1 / 40, 40, most=0.01), False),
        (Measure("repeats", 0.0, 40, most=0.01), True),
        (Measure("hang-ups", 0.4, 100, 0.25, 0.6), True),
        (Measure("hang-ups", 0.7, 100, 0.25, 0.6), False),
        (Measure("nothing", math.nan, 0, 0.85), None),
        (Measure("anything", 0.3, 10), True),
    ],
)
def test_a_measure_is_met_to_the_nearest_case(measure, met):
    assert measure.met is met


def test_a_measure_says_what_is_wanted():
    wanted = [
        Measure("", 1, 1, *bounds).wanted
        for bounds in ((), (0.85,), (None, 0.0), (None, 0.05), (0.25, 0.6))
    ]
    assert wanted == ["", "≥ 85 %", "0 %", "≤ 5 %", "25 to 60 %"]


def test_a_call_that_is_over_counts_with_the_anger_it_ended_in():
    def played(seed, *anger):
        turns = [customer(turn, anger=level) for turn, level in enumerate(anger, 1)]
        cast = Casting(scenario="s", persona="p", language="de", profile="good", seed=seed)
        return Played(casting=cast, events=(call(exchanges=0)[0], *turns, ended("hung_up")))

    trial = Trial((played(0, 6, 4), played(1, 9)), {}, (), ())
    assert trial.course("good") == (8, 7.5, 6.5)
    assert trial.course("poor") == ()


def test_what_was_not_measured_is_no_failure():
    unmeasured = Measure("asked", math.nan, 0, 0.85)
    assert Trial((), {"asked": unmeasured}, (), ()).passed
    assert not Trial((), {"asked": Measure("asked", 0, 3, 0.85)}, (), ()).passed
