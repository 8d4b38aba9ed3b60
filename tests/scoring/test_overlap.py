"""Parroting and taking up are told apart."""

from simulator.scoring.lexicon import lexicon
from simulator.scoring.overlap import asked_again, facts_taken_up, missed, parroted

SAID = "Seit drei Wochen fällt jeden Abend das Internet aus!"


def test_a_copy_is_parroted():
    assert parroted(SAID, SAID) == 1


def test_an_answer_is_not():
    assert parroted("Drei Wochen Ausfall, das ist ärgerlich, ich kümmere mich.", SAID) < 0.5


def test_a_few_words_are_too_few_to_tell():
    assert parroted("Drei Wochen.", SAID) == 0


def test_an_inflected_word_is_taken_up():
    reply = "Und in den Abenden davor?"
    spans = facts_taken_up(reply, "Die Abende waren am schlimmsten", lexicon("de"))
    assert [reply[start:end] for start, end in spans] == ["Abenden"]


def test_what_was_never_said_is_not_asked_again():
    assert asked_again("Seit wann ist das so?", "Es geht nicht.", lexicon("de")) == []
    assert asked_again("Seit wann ist das so?", SAID, lexicon("de")) == [(0, 21)]


def test_what_was_said_again_and_again_is_missed():
    heard = "Der Techniker kam nicht. Wann kommt der Techniker? Seit Montag!\nTechniker!"
    assert missed("Ich prüfe den Vertrag.", heard, lexicon("de")) == ("Techniker", 3)
    assert missed("Der Techniker kommt morgen.", heard, lexicon("de")) is None
    assert missed("Moment.", "Seit Montag warte ich.", lexicon("de")) is None
