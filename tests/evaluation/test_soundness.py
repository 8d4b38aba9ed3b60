"""The checks of what a customer said: each finds what it is for, and lets a real line pass."""

import pytest

from simulator.evaluation.soundness import (
    copied,
    distinct_pairs,
    invented,
    repeated,
    slips,
    triples,
)
from simulator.training.corpus import CustomerLine, test_part

KNOWN = "Herr Brandt rief am 4. November an, es geht um 34,99 €, der Router lief dreimal neu an."
NOBODY = frozenset()


@pytest.mark.parametrize(
    ("text", "language", "slip"),
    [
        ("Wie kann ich Ihnen helfen?", "de", "agent_voice"),
        ("Ich verstehe Ihren Ärger, aber das geht nicht.", "de", "agent_voice"),
        ("Can I take your account number, please?", "en", "agent_voice"),
        ("We're very sorry for the trouble.", "en", "agent_voice"),
        ("Agent: Na gut.", "de", "control_text"),
        ("[wütend] Das reicht jetzt.", "de", "control_text"),
        (
            "I have told you that the line is dead and you of course do not have it.",
            "de",
            "other_language",
        ),
        ("Я жду уже три недели.", "de", "other_language"),
        ("Ich warte seit dem 12. August.", "de", "invented"),
        ("Ich warte jetzt sieben Wochen.", "de", "invented"),
        ("Am Freitag war wieder alles tot.", "de", "invented"),
        ("Fragen Sie doch Frau Müller.", "de", "invented"),
        ("I told Jenkins all this before.", "en", "invented"),
    ],
)
def test_a_slip_is_found(text, language, slip):
    assert slip in slips(text, language, KNOWN, NOBODY)


@pytest.mark.parametrize(
    "text",
    [
        "Dreimal neu gestartet, und für 34,99 Euro!",
        "Am 4. November hat man mir das schon mal erzählt.",
        "Herr Brandt ist das, und der wartet immer noch.",
        "Ach, und jetzt?",
    ],
)
def test_a_sound_line_passes(text):
    assert slips(text, "de", KNOWN, NOBODY) == []


def test_numbers_are_compared_as_figures():
    assert invented("Das ist jetzt drei Mal passiert.", "de", "am 3. März", NOBODY) == []
    assert invented("It cost £32.00!", "en", "it cost 32 pounds", NOBODY) == []
    assert invented("Fünf Wochen!", "de", "seit 4 Wochen", NOBODY) == ["5"]


def test_few_lines_of_the_corpus_itself_look_like_an_agents_or_like_control_text():
    lines = [
        (turn.text, dialogue.language)
        for dialogue in test_part()
        for turn in dialogue.turns
        if isinstance(turn, CustomerLine) and dialogue.channel == "phone"
    ]
    wrong = [
        text
        for text, language in lines
        if set(slips(text, language, text, NOBODY)) & {"agent_voice", "control_text"}
    ]
    assert len(wrong) <= 0.02 * len(lines), wrong


def test_saying_it_again_and_copying():
    said = "Seit drei Wochen warte ich hier auf einen Rückruf."
    assert repeated("Ja, seit drei Wochen warte ich hier auf einen Rückruf.", ["Nein.", said])
    assert not repeated("Und wer ruft mich dann zurück?", [said])
    assert copied("Seit drei Wochen warte ich hier auf einen Rückruf!", [triples(said)])
    assert not copied("Seit drei Wochen.", [triples(said)])


def test_variety_is_a_share_of_different_pairs():
    assert distinct_pairs(["ja ja ja ja ja"], 4) == 0.25
    assert distinct_pairs(["a b c", "d e f"], 4) == 1.0
    with pytest.raises(ValueError, match="only 2"):
        distinct_pairs(["a b c"], 3)
