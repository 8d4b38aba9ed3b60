"""The check finds what is wrong in a dialogue that was sound before, and nothing in what ships."""

import pytest

from simulator.training.balance import balance
from simulator.training.corpus import Dialogue, Split, read_corpus, read_split
from simulator.training.corpus_check import findings

CORPUS = read_corpus()
SOUND = next(d for d in CORPUS if d.id == "de-amt-001")


def spoilt(turn=None, dialogue=None, **changes):
    """Return the sound dialogue with a turn (from 1) changed, or itself."""
    data = SOUND.model_dump()
    (data["turns"][turn - 1] if turn else data).update(changes)
    return Dialogue.model_validate(data)


def kinds(*dialogues):
    return {(one.kind, one.turn) for one in findings(dialogues)}


def test_the_shipped_corpus_is_sound():
    assert findings(CORPUS, read_split()) == []


def test_the_shipped_corpus_is_large_enough():
    count = balance(CORPUS)["dialogues"]["all"]
    assert count["de"] >= 600
    assert count["en"] >= 300
    assert len(read_split().test) >= 0.095 * len(CORPUS)


def test_a_sound_dialogue_alone():
    assert kinds(SOUND) == set()


@pytest.mark.parametrize(
    ("turn", "changes", "kind"),
    [
        (4, {"anger": 10, "trust": 0}, "inertia"),
        (2, {"facts": (9,)}, "facts"),
        (2, {"act": "hang_up"}, "form"),
        (2, {"text": " "}, "form"),
        (2, {"text": "Das ist fuer mich nicht moeglich, verstehen Sie."}, "spelling"),
        (2, {"text": "Das sagt man mir : immer wieder."}, "spelling"),
        (2, {"text": "Er hat gesagt, „warten Sie, und dann ist er gegangen."}, "spelling"),
        (
            2,
            {"text": "I have told you that the boiler is broken and nobody of you can help me."},
            "spelling",
        ),
    ],
)
def test_a_spoilt_line_is_found(turn, changes, kind):
    assert (kind, turn) in kinds(spoilt(turn, **changes))


def test_calmer_after_fuel_is_against_inertia():
    lines = [t.model_dump() for t in SOUND.turns]
    lines[2]["de_escalation"] = 0
    lines[3]["anger"] = lines[1]["anger"] - 1
    found = kinds(spoilt(turns=lines))
    assert ("inertia", 4) in found


def test_the_outcome_fits_the_end():
    assert ("form", 0) in kinds(spoilt(outcome="hung_up", turns=SOUND.turns[:10]))


def test_a_sentence_said_twice_and_one_said_almost_alike():
    text = "Seit vier Wochen liegt mein Antrag bei Ihnen auf dem Stapel."
    near = "Seit vier Wochen liegt mein Antrag bei Ihnen auf einem Stapel!"
    one, again, alike = (
        spoilt(2, text=text),
        spoilt(2, text=text).model_copy(update={"id": "again"}),
        spoilt(2, text=near).model_copy(update={"id": "alike"}),
    )
    assert ("repeated", 2) in kinds(one, again)
    assert ("near_duplicate", 2) in kinds(one, alike)
    assert ("repeated", 2) not in kinds(one, alike)


def test_a_split_names_what_is_there_and_keeps_callers_apart():
    twin = SOUND.model_copy(update={"id": "twin"})
    found = findings([SOUND, twin], Split(test=(SOUND.id, "gone")))
    assert {(f.kind, f.dialogue) for f in found if f.kind == "split"} == {
        ("split", "gone"),
        ("split", "twin"),
    }
