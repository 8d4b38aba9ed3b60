import pytest

from simulator.content.catalogue import Catalogue
from simulator.customer.asked import Attention, Listener, question_of
from simulator.errors import ModelError
from tests.customer.listeners import WORDS_ONLY, WordReader, listener

CASE = Catalogue.load().scenario("internet-kuendigung")
IDS = tuple(fact.id for fact in CASE.facts)
ALIGNED_ONLY = Attention(shared=0, aligned=10, open_question=0, constant=-0.5)


def asked(reply, ids=IDS, attention=WORDS_ONLY, openly=False):
    return listener(attention).asked_for(reply, CASE, "de", ids, openly)


@pytest.mark.parametrize("attention", [WORDS_ONLY, ALIGNED_ONLY])
def test_the_fact_in_the_words_of_the_question_is_asked_for(attention):
    assert asked("Haben Sie den Router schon neu gestartet?", attention=attention) == (
        "router_restarts"
    )
    assert asked("Wer ist in Bad Oeynhausen in der Reha?", attention=attention) == "sister_call"


def test_what_has_been_told_is_not_asked_for():
    left = tuple(each for each in IDS if each != "router_restarts")
    assert asked("Haben Sie den Router schon neu gestartet?", left) is None


def test_nothing_is_asked_without_a_question_or_without_anything_to_tell():
    hearing = listener()
    assert hearing.asked_for("Ich starte den Router neu.", CASE, "de", IDS) is None
    assert hearing.asked_for("Und der Router?", CASE, "de", ()) is None
    assert hearing.reader.read_texts == []


def test_a_question_about_nothing_told_asks_for_none():
    assert asked("Soll ich das veranlassen?") is None


def test_an_open_question_needs_no_mark_and_less_in_common():
    said = "Erzählen Sie mir bitte von dem Router und von den Neustarts."
    assert asked(said) is None
    assert asked(said, openly=True) == "router_restarts"


def test_only_the_questions_of_a_reply_are_heard():
    reply = "Das mit dem Router tut mir leid. Wann sind Sie da? Der Router ist bestellt."
    assert question_of(reply, True) == "Wann sind Sie da?"
    assert question_of("Ich höre.", False) == ""


def test_how_facts_can_be_told_is_read_once():
    hearing = listener()
    for _ in range(3):
        hearing.asked_for("Und dann?", CASE, "de", IDS)
    assert len(hearing.reader.read_texts) == len(set(hearing.reader.read_texts)) + 2


def test_a_question_without_tokens_aligns_with_nothing():
    features = Listener(WordReader(), ALIGNED_ONLY).features("?", CASE, "de", False)
    assert features[:, :3].tolist() == [[0, 0, 0]] * len(IDS)


def test_the_shipped_listener_wants_more_than_nothing():
    shipped = Attention.load()
    assert shipped.constant < 0 < min(shipped.shared, shipped.aligned, shipped.open_question)


def test_a_missing_or_broken_listener_is_named(tmp_path):
    for content in (None, "{}"):
        if content:
            (tmp_path / "listener.json").write_text(content)
        with pytest.raises(ModelError) as error:
            Attention.load(tmp_path)
        assert error.value.key == "fitted_unreadable"
