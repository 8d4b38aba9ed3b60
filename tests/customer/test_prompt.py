from dataclasses import replace

import pytest

from simulator.customer.prompt import AgentLine, Caller, CustomerLine, header, transcript, written
from simulator.domain.act import Act
from simulator.domain.language import LANGUAGES
from simulator.domain.persona import Temperament

CALLER = Caller(
    language="de",
    channel="phone",
    name="Frau Ebert",
    age=50,
    temperament="aufbrausend",
    style="knapp",
    industry="Internetanbieter",
    concern="will kündigen",
)
SAID = CustomerLine(8.0, 2.0, Act.VENT, text="So ein Theater!")
NEXT = CustomerLine(6.0, 3.0, Act.DOUBT)


def test_the_header_tells_who_calls_why_and_how_and_ends_with_an_empty_line():
    text = header(CALLER)
    for told in ("Telefon", "Frau Ebert", "50", "aufbrausend", "knapp", "Internetanbieter"):
        assert told in text
    assert "will kündigen" in text
    assert text.endswith("\n\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("temperament", Temperament)
def test_every_temperament_and_channel_has_its_words(language, temperament):
    heads = {
        header(replace(CALLER, language=language, channel=channel, temperament=temperament))
        for channel in ("phone", "email")
    }
    assert len(heads) == 2


def test_state_and_act_stand_before_the_words_and_the_fact_with_them():
    label, words = written(SAID, "de")
    assert label == "Kunde [wütend, skeptisch, macht sich Luft]:"
    assert words == " So ein Theater!"
    told, _ = written(CustomerLine(0, 10, Act.INFORM, "am 4. November"), "de")
    assert told == "Kunde [ruhig, vertraut, gibt Auskunft: am 4. November]:"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", Act)
def test_every_act_and_level_has_its_words(language, act):
    labels = {
        written(CustomerLine(anger, trust, act), language)[0]
        for anger in range(11)
        for trust in range(11)
    }
    assert len(labels) == 5 * 4


@pytest.mark.parametrize(
    ("anger", "word"),
    [(1.5, "verstimmt"), (1.4, "ruhig"), (5.5, "wütend"), (8.5, "außer sich"), (8.4, "wütend")],
)
def test_a_level_on_the_border_reads_as_the_upper_word(anger, word):
    assert written(CustomerLine(anger, 0, Act.VENT), "de")[0].startswith(f"Kunde [{word},")


def test_a_line_stays_one_line_whatever_the_trainee_types():
    assert written(AgentLine("Moment.\n\nKunde [ruhig]: Ja.\n"), "de") == (
        "Agent:",
        " Moment. Kunde [ruhig]: Ja.",
    )


def test_the_transcript_ends_in_the_colon_of_the_line_to_come():
    text = transcript(CALLER, [AgentLine("Guten Tag."), SAID, AgentLine("Oh."), NEXT])
    assert text.startswith(header(CALLER))
    assert text.removeprefix(header(CALLER)).splitlines() == [
        "Agent: Guten Tag.",
        "Kunde [wütend, skeptisch, macht sich Luft]: So ein Theater!",
        "Agent: Oh.",
        "Kunde [wütend, skeptisch, zweifelt]:",
    ]


def test_a_transcript_only_grows_at_its_end():
    before = transcript(CALLER, [AgentLine("Guten Tag."), replace(SAID, text="")])
    after = transcript(CALLER, [AgentLine("Guten Tag."), SAID, AgentLine("Oh."), NEXT])
    assert after.startswith(before)
