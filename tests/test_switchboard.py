from pathlib import Path

import pytest

from simulator import switchboard
from simulator.content.catalogue import Catalogue
from simulator.customer.customer import SimulatedCustomer
from simulator.customer.dynamics import Dynamics
from simulator.customer.planner import Planner
from simulator.domain.conversation import CallStarted, CustomerTurn, Fork, HeardTurn
from simulator.domain.language import LANGUAGES
from simulator.domain.score import Dimension
from simulator.errors import ModelError, UsageError
from simulator.lm.scripted import ScriptedLM
from simulator.practice import Answered, Scored
from simulator.scoring.scorer import Scorer
from simulator.store.repository import Sessions
from simulator.switchboard import Switchboard, open_line, open_speaker, open_store
from tests.customer.listeners import listener
from tests.scoring.reading import HashReader, examples, heads

CATALOGUE = Catalogue.load()
LINES = ["Ach, und jetzt?", "Das hör ich öfter.", "Na, dann machen Sie mal.", "Wie bitte?"]
REPLIES = (
    "Talnetz Breitband, guten Tag, mein Name ist Petra Sommer.",
    "Das tut mir leid. Was genau ist denn passiert?",
    "Ich schicke Ihnen am Freitag jemanden vorbei.",
)
PAIR = ("brandt", "internet-kuendigung")


@pytest.fixture
def line(tmp_path):
    """A switchboard with the real scorer, customer and store, and small models."""
    return Switchboard(
        catalogue=CATALOGUE,
        sessions=Sessions(tmp_path / "sessions.sqlite3"),
        rater=Scorer(HashReader(), heads(), examples()),
        customer=SimulatedCustomer(ScriptedLM(LINES), Dynamics.load(), Planner.load(), listener()),
        models={"customer": "scripted 0f", "scorer": "hash 1e"},
    )


def held(practice, replies=REPLIES):
    for reply in replies:
        if not practice.over:
            list(practice.take_turn(reply))
    return practice


def words(practice):
    return [turn.text for turn in practice.session.customer_turns]


def test_a_call_is_kept_from_its_first_event_on(line):
    practice = line.connect(*PAIR, "de", seed=3, trainee="Mia")
    kept = line.sessions.session(practice.session.id)
    assert kept == practice.session
    started = kept.started
    assert (started.persona, started.scenario, started.language) == (*PAIR, "de")
    assert (started.seed, started.trainee, started.models) == (3, "Mia", line.models)
    assert started.start == CATALOGUE.persona("brandt").start
    assert started.content == CATALOGUE.fingerprint(*PAIR)
    held(practice)
    assert line.sessions.session(practice.session.id) == practice.session


def test_only_a_model_of_the_users_own_speaks_where_enough_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(switchboard, "open_reader", lambda progress: HashReader())
    monkeypatch.setattr(
        switchboard, "open_scorer", lambda reader: Scorer(reader, heads(), examples())
    )
    monkeypatch.setattr(switchboard, "open_speaker", lambda named, progress: ScriptedLM(LINES))
    outspoken = {
        named: open_line(
            named, CATALOGUE, Sessions(tmp_path / "s.sqlite3"), lambda step, share: None
        ).customer.outspoken
        for named in ("standard", "small", "scripted:lines.txt", "hf:A/B", "/models/mine")
    }
    assert [named for named, speaks in outspoken.items() if not speaks] == ["standard", "small"]


def test_each_call_has_an_id_and_without_a_seed_a_seed_of_its_own(line):
    calls = [line.connect(*PAIR, "de").session for _ in range(5)]
    assert len({call.id for call in calls}) == 5
    assert len({call.started.seed for call in calls}) == 5


def test_a_rehearsal_is_rated_and_answered_but_not_kept(line):
    practice = line.rehearse(*PAIR, "de", seed=3)
    steps = list(practice.take_turn(REPLIES[1]))
    assert isinstance(steps[0], Scored)
    assert isinstance(steps[-1], Answered)
    assert line.sessions.list() == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_seed_has_the_same_call_again_and_another_one_another(line, language):
    once, again = (held(line.rehearse(*PAIR, language, seed=3)) for _ in range(2))
    kept = held(line.connect(*PAIR, language, seed=3))
    assert words(once) == words(again) == words(kept)
    others = {tuple(words(held(line.rehearse(*PAIR, language, seed=n)))) for n in range(6)}
    assert len(others) > 3


def test_every_reply_of_a_call_is_rated_in_every_dimension(line):
    practice = held(line.rehearse(*PAIR, "de", seed=3))
    assert practice.session.agent_turns
    for turn in practice.session.agent_turns:
        assert all(turn.scores.of(dimension).value is not None for dimension in Dimension)


@pytest.mark.parametrize("way", ["connect", "rehearse"])
@pytest.mark.parametrize(
    ("pair", "key"),
    [
        (("brand", PAIR[1]), "unknown_persona_near"),
        (("zzz", PAIR[1]), "unknown_persona"),
        ((PAIR[0], "zzz"), "unknown_scenario"),
    ],
)
def test_an_unknown_id_begins_no_call(line, way, pair, key):
    with pytest.raises(UsageError) as caught:
        getattr(line, way)(*pair, "de", seed=1)
    assert caught.value.key == key
    assert line.sessions.list() == ()


def test_a_call_cut_off_goes_on_as_if_it_had_not_been(line):
    whole = held(line.rehearse(*PAIR, "de", seed=5))
    begun = line.connect(*PAIR, "de", seed=5)
    held(begun, REPLIES[:1])
    again = line.reconnect(begun.session.id)
    assert again.session == begun.session
    held(again, REPLIES[1:])
    assert words(again) == words(whole)
    assert line.sessions.session(begun.session.id) == again.session


def test_a_reply_left_unanswered_is_answered_after_reconnecting(line):
    begun = line.connect(*PAIR, "de", seed=5)
    next(begun.take_turn(REPLIES[0]))
    again = line.reconnect(begun.session.id)
    assert again.session.unanswered is not None
    list(again.answer())
    kept = line.sessions.session(begun.session.id)
    assert isinstance(kept.turns[-1], CustomerTurn)
    assert words(again) == words(held(line.rehearse(*PAIR, "de", seed=5), REPLIES[:1]))


def test_there_is_no_going_on_with_a_call_nobody_had(line):
    with pytest.raises(UsageError) as caught:
        line.reconnect("abc123")
    assert caught.value.key == "session_unknown"


def untimed(turns):
    return [turn.model_dump(exclude={"at"}) for turn in turns]


@pytest.mark.parametrize("turn", [1, 2, 3])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_reply_typed_again_gets_the_same_answer(line, language, turn):
    practice = held(line.connect(*PAIR, language, seed=5, trainee="Mia"))
    fork = line.fork(practice.session.id, turn)
    assert fork.session.turns == practice.session.turns[: 2 * turn - 2]
    held(fork, REPLIES[turn - 1 :])
    assert untimed(fork.session.turns) == untimed(practice.session.turns)


def test_a_fork_is_a_call_of_its_own_that_begins_like_the_other(line):
    practice = held(line.connect(*PAIR, "de", seed=5, trainee="Mia"))
    practice.end("left")
    fork = line.fork(practice.session.id[:6], 2)
    kept = line.sessions.session(fork.session.id)
    assert kept == fork.session
    assert kept.ended is None
    before, started = practice.session.started, kept.started
    assert started.forked == Fork(session=practice.session.id, turn=2)
    assert started.session != before.session
    assert started.at > before.at
    same = {"session", "at", "forked"}
    assert started.model_dump(exclude=same) == before.model_dump(exclude=same)
    held(fork, ["Beruhigen Sie sich erst mal, das ist nicht meine Schuld."])
    assert line.sessions.session(fork.session.id) == fork.session
    assert fork.session.state != practice.session.customer_turns[1].state
    assert line.sessions.session(practice.session.id) == practice.session


def test_a_fork_can_itself_be_forked(line):
    practice = held(line.connect(*PAIR, "de", seed=5))
    once = held(line.fork(practice.session.id, 2), REPLIES[1:])
    twice = held(line.fork(once.session.id, 3), REPLIES[2:])
    assert twice.session.started.forked == Fork(session=once.session.id, turn=3)
    assert untimed(twice.session.turns) == untimed(practice.session.turns)


@pytest.mark.parametrize("turn", [-1, 0, 4])
def test_a_reply_nobody_gave_is_not_said_anew(line, turn):
    practice = held(line.connect(*PAIR, "de", seed=5))
    with pytest.raises(UsageError) as caught:
        line.fork(practice.session.id, turn)
    assert caught.value.key == "fork_turn_missing"
    assert caught.value.values["replies"] == 3
    assert len(line.sessions.list()) == 1


def test_a_call_from_outside_is_not_forked(line):
    practice = held(line.rehearse(*PAIR, "de", seed=5))
    started = practice.session.started.model_copy(update={"origin": "outside"})
    heard = HeardTurn(turn=1, at=started.at, text="Und jetzt?")
    line.sessions.begin((started, practice.session.agent_turns[0], heard))
    with pytest.raises(UsageError) as caught:
        line.fork(started.session, 1)
    assert caught.value.key == "fork_outside"


@pytest.mark.parametrize("gone", ["persona", "scenario"])
def test_without_persona_or_scenario_there_is_no_fork(line, gone):
    practice = held(line.rehearse(*PAIR, "de", seed=5))
    started = practice.session.started.model_copy(update={gone: "weggezogen"})
    line.sessions.begin((started, *practice.session.turns))
    with pytest.raises(UsageError) as caught:
        line.fork(started.session, 2)
    assert caught.value.key == "fork_content_gone"
    assert len(line.sessions.list()) == 1


def test_with_changed_content_the_fork_goes_on_and_says_with_which(line):
    practice = held(line.rehearse(*PAIR, "de", seed=5))
    started = practice.session.started.model_copy(
        update={"content": "0" * 16, "models": {"customer": "other"}}
    )
    assert isinstance(started, CallStarted)
    line.sessions.begin((started, *practice.session.turns))
    fork = line.fork(started.session, 2)
    assert fork.session.started.content == CATALOGUE.fingerprint(*PAIR)
    assert fork.session.started.models == line.models
    held(fork, REPLIES[1:])
    assert len(fork.session.customer_turns) == 3


@pytest.mark.real_model
def test_the_real_customer_answers_the_same_reply_alike(tmp_path):
    sessions = Sessions(tmp_path / "sessions.sqlite3")
    board = open_line("standard", CATALOGUE, sessions, lambda _key, _share: None)
    practice = held(board.connect(*PAIR, "de", seed=5))
    for turn in (2, 3):
        fork = held(board.fork(practice.session.id, turn), REPLIES[turn - 1 :])
        assert untimed(fork.session.turns) == untimed(practice.session.turns)


def test_a_script_speaks_in_place_of_a_model(tmp_path):
    file = tmp_path / "lines.txt"
    file.write_text("Na endlich.\n", encoding="utf-8")
    model = open_speaker(f"scripted:{file}", lambda _key, _share: None)
    assert isinstance(model, ScriptedLM)
    assert model.name == str(file)
    with pytest.raises(UsageError) as caught:
        open_speaker(f"scripted:{tmp_path / 'none.txt'}", lambda _key, _share: None)
    assert caught.value.key == "unreadable_script"


def test_an_unknown_model_is_an_error_that_names_it():
    with pytest.raises((ModelError, UsageError)) as caught:
        open_speaker("grossmutter", lambda _key, _share: None)
    assert "grossmutter" in str(caught.value)


def test_opening_the_store_touches_no_file(tmp_path):
    store = open_store()
    assert not (tmp_path / "hoerer").exists()
    assert store.list() == ()


def test_the_door_to_torch_is_behind_the_functions():
    source = Path(switchboard.__file__).read_text(encoding="utf-8")
    head = source.split("\nSCRIPTED")[0]
    assert "transformers_lm" not in head
    assert "prepare" not in head
