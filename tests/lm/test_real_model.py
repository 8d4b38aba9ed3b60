"""With the actual weights: the customer goes on in their language, four candidates at once."""

from __future__ import annotations

import re

import numpy as np
import pytest

from simulator.lm.base import Request
from simulator.lm.prepare import prepare
from simulator.lm.reader import HalfModel
from simulator.lm.sources import SMALL, STANDARD
from simulator.lm.transformers_lm import TransformersLM

pytestmark = pytest.mark.real_model

CALLS = {
    "de": "Telefonat mit einem verärgerten Kunden. Abends fällt seit Wochen das Internet aus.\n"
    "Kunde: Ich zahle jeden Monat, und abends geht gar nichts mehr!\n"
    "Agent: Das ist wirklich ärgerlich. Seit wann haben Sie das Problem?\n"
    "Kunde:",
    "en": "A phone call with an upset customer. Their internet has been down for three weeks.\n"
    "Customer: I pay every month and in the evening nothing works!\n"
    "Agent: That really is annoying. How long have you had the problem?\n"
    "Customer:",
}
COMMON = {
    "de": {"ich", "das", "die", "der", "und", "nicht", "es", "ist", "sie", "seit", "habe", "den",
           "ein", "wochen", "mir", "mich", "schon", "drei", "zu", "in", "wir"},
    "en": {"i", "the", "and", "it", "not", "is", "you", "for", "have", "a", "to", "been", "weeks",
           "three", "my", "me", "since", "that", "of", "in", "this", "we"},
}  # fmt: skip


def quiet(_step: str, _share: float) -> None:
    pass


@pytest.fixture(scope="module")
def speaker() -> TransformersLM:
    return TransformersLM(prepare(STANDARD, "speaker", quiet))


@pytest.fixture(scope="module")
def reader() -> HalfModel:
    return HalfModel(prepare(SMALL, "reader", quiet))


def spoken(speaker: TransformersLM, request: Request) -> list[str]:
    texts = [""] * request.candidates
    for chunk in speaker.generate(request):
        texts[chunk.index] += chunk.text
    return texts


@pytest.mark.parametrize(("language", "other"), [("de", "en"), ("en", "de")])
def test_four_candidates_in_the_language_of_the_call(
    speaker: TransformersLM, language: str, other: str
) -> None:
    texts = spoken(speaker, Request(CALLS[language], candidates=4, max_tokens=30, seed=5))
    assert len(set(texts)) > 1
    for text in texts:
        assert text.strip()
        assert "\n" not in text
        assert "\ufffd" not in text
    words = re.findall(r"[^\W\d_]+", " ".join(texts).lower())
    own, foreign = (sum(word in COMMON[each] for word in words) for each in (language, other))
    assert own > 3 * foreign
    assert own >= len(words) / 5


def test_a_fitting_answer_is_likelier_than_an_unfitting_one(speaker: TransformersLM) -> None:
    lines = [
        " Seit drei Wochen, jeden Abend!",
        " For three weeks, every evening!",
        " Abend jeden Wochen drei seit, der!",
    ]
    weights = speaker.weigh(CALLS["de"], lines)
    fitting, foreign, nonsense = (weight.log_probability for weight in weights)
    assert fitting > foreign
    assert fitting > nonsense


def test_the_second_turn_reads_only_the_end(
    speaker: TransformersLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = CALLS["de"] + " Seit Wochen.\nAgent: Und abends?\n" + CALLS["de"]
    spoken(speaker, Request(call, max_tokens=4))
    assert len(speaker._pasts[0].tokens) > 120
    read: list[int] = []
    forward = speaker._forward

    def counted(past, tokens, owners, before):
        read.append(len(tokens))
        return forward(past, tokens, owners, before)

    monkeypatch.setattr(speaker, "_forward", counted)
    longer = call + " Seit drei Wochen.\nAgent: Ich sehe nach.\nKunde:"
    spoken(speaker, Request(longer, max_tokens=1))
    assert sum(read) < 60


def test_the_same_seed_says_the_same_from_a_fresh_start() -> None:
    def told() -> list[str]:
        fresh = TransformersLM(prepare(STANDARD, "speaker", quiet))
        return spoken(fresh, Request(CALLS["de"], candidates=4, max_tokens=12, seed=9))

    assert told() == told()


def test_the_reader_gives_a_state_for_each_token(reader: HalfModel) -> None:
    kind = " Das tut mir wirklich leid, ich kümmere mich sofort."
    [[_, warm]] = reader.read([(CALLS["de"], kind)])
    [[_, same]] = reader.read([(CALLS["de"], kind)])
    [[_, cold]] = reader.read([(CALLS["de"], " Kundennummer?")])
    assert warm.states.shape == (len(warm.spans), 640)
    assert np.isfinite(warm.states).all()
    np.testing.assert_array_equal(warm.states, same.states)
    assert not np.allclose(warm.states.mean(0), cold.states.mean(0), atol=0.01)
