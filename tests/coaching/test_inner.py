"""Inner lines: enough of them, in both languages, and the same again for the same call."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from simulator.coaching.inner import REGISTERS, InnerVoice, Mood, Register, bank, mood
from simulator.content.catalogue import Catalogue
from simulator.content.persona_checks import same
from simulator.domain.emotion import EmotionalState
from simulator.domain.landing import Landing
from simulator.domain.language import LANGUAGES
from simulator.domain.persona import Temperament

CATALOGUE = Catalogue.load()
ANGRY = EmotionalState(anger=9, trust=1, feeling_heard=1)
CALM = EmotionalState(anger=2, trust=7, feeling_heard=7)


def lines(language):
    return [
        (landing, register, feeling, line)
        for landing, registers in bank(language).items()
        for register, moods in registers.items()
        for feeling, found in moods.items()
        for line in found
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bank_has_two_lines_for_everything_and_none_twice(language):
    cells = [(landing, register, feeling) for landing, register, feeling, _ in lines(language)]
    wanted = {
        (landing.value, register, feeling)
        for landing in Landing
        for register in get_args(Register)
        for feeling in get_args(Mood)
    }
    assert set(cells) == wanted
    assert all(cells.count(cell) >= 2 for cell in wanted)
    said = [same(line) for *_, line in lines(language)]
    assert len(said) == len(set(said)) >= 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_that_fits_anybody_knows_no_number_and_no_typewriter(language):
    own = [
        line
        for persona in CATALOGUE.personas.values()
        for found in persona.text(language).inner.values()
        for line in found
    ]
    for line in [line for *_, line in lines(language)] + own:
        assert not re.search(r"\d", line), line
        assert '"' not in line and line == line.strip(), line
        assert line.endswith((".", "!", "?", ".”", ".“")), line


def test_every_shipped_persona_has_thoughts_of_their_own_in_both_languages():
    everybodys = {same(line) for language in LANGUAGES for *_, line in lines(language)}
    seen: set[str] = set()
    for persona in CATALOGUE.personas.values():
        assert persona.de.inner.keys() == persona.en.inner.keys()
        for language in LANGUAGES:
            own = [same(x) for found in persona.text(language).inner.values() for x in found]
            assert len(own) >= 5, persona.id
            assert not everybodys & set(own) and not seen & set(own), persona.id
            seen.update(own)


def test_every_temperament_talks_to_itself_somehow():
    assert REGISTERS.keys() == set(Temperament)


def test_the_same_call_thinks_the_same_and_another_seed_does_not():
    def thoughts(seed):
        voice = InnerVoice(CATALOGUE.persona("krueger"), "de", seed)
        return [voice.thought(n, landing, ANGRY) for n, landing in enumerate(Landing)]

    assert thoughts(3) == thoughts(3)
    assert any(thoughts(3) != thoughts(seed) for seed in range(4, 9))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_thought_comes_twice_and_at_last_there_is_silence(language):
    voice = InnerVoice(CATALOGUE.persona("brandt"), language, 1)
    thoughts = [voice.thought(turn, Landing.PUT_OFF, ANGRY) for turn in range(1, 40)]
    thought = [each for each in thoughts if each]
    assert len(thought) == len(set(thought)) == 1 + 6
    assert thoughts[len(thought) :] == [""] * (len(thoughts) - len(thought))


def test_ones_own_thought_comes_first_then_those_of_ones_kind():
    brandt = CATALOGUE.persona("brandt")
    voice = InnerVoice(brandt, "de", 1)
    assert voice.thought(1, Landing.SOLVED, CALM) in brandt.de.inner[Landing.SOLVED]
    assert voice.thought(2, Landing.SOLVED, CALM) in bank("de")["solved"]["loud"]["open"]


def test_who_is_not_known_any_more_still_thinks():
    assert (
        InnerVoice(None, "en", 1).thought(1, Landing.HEARD, CALM)
        in (bank("en")["heard"]["dry"]["open"])
    )


@pytest.mark.parametrize(
    ("anger", "trust", "expected"), [(6, 9, "hot"), (5.9, 5, "open"), (5.9, 4.9, "wary")]
)
def test_the_mood_is_anger_first_then_trust(anger, trust, expected):
    assert mood(EmotionalState(anger=anger, trust=trust, feeling_heard=0)) == expected
