"""What cannot be rated is told apart from what can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.legible import abstention
from simulator.training.corpus import rated_replies, read_corpus


@pytest.mark.parametrize(
    ("reply", "language", "why"),
    [
        ("", "de", "empty"),
        (" \n\t", "en", "empty"),
        ("???", "de", "not_text"),
        ("😀😀", "en", "not_text"),
        ("123 456", "de", "not_text"),
        ("hdfjkshf sdfkjh", "de", "not_text"),
        ("aaaaaa aaaa", "en", "not_text"),
        ("Je suis désolé, vous avez raison, je vérifie.", "de", "foreign_language"),
        ("Lo siento mucho, no puedo ayudarle.", "en", "foreign_language"),
        ("Извините, пожалуйста.", "de", "foreign_language"),
        ("Het spijt me, ik ga dat voor u nakijken.", "de", "foreign_language"),
        ("Sorry, I will check that for you today.", "de", "other_language"),
        ("Das tut mir leid, ich schaue gleich nach.", "en", "other_language"),
    ],
)
def test_abstains(reply, language, why):
    assert abstention(reply, language) == why


@pytest.mark.parametrize("reply", ["Ok.", "Nein.", "Hm.", "Was?", "Sorry!", "Router resetten?"])
def test_a_word_can_be_rated(reply):
    assert abstention(reply, "de") is None


def test_no_reply_of_the_corpus_is_abstained_from():
    refused = [
        reply.line.text
        for reply in rated_replies(read_corpus())
        if abstention(reply.line.text, reply.dialogue.language)
    ]
    # an agent of a rude dialogue, asleep on purpose
    assert refused == ["Zzzz."]


@given(st.text(max_size=200), st.sampled_from(["de", "en"]))
def test_any_text(reply, language):
    assert abstention(reply, language) in {
        None,
        "empty",
        "not_text",
        "foreign_language",
        "other_language",
    }
