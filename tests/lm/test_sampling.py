"""Which token comes next, and when a text is done."""

from __future__ import annotations

import math

import pytest
import torch
from tokenizers import Tokenizer, decoders, models

from simulator.lm.base import Request
from simulator.lm.sampling import Draft, draw
from tests.lm import tiny

LOGITS = torch.tensor([[0.0, 1.0, 2.0, 3.0], [3.0, 2.0, 1.0, 0.0]])


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_the_same_seed_draws_the_same() -> None:
    rows = torch.zeros(50, 100)
    request = Request("", temperature=1.0)
    assert draw(rows, request, seeded(3)) == draw(rows, request, seeded(3))
    assert draw(rows, request, seeded(3)) != draw(rows, request, seeded(4))


def test_without_temperature_the_likeliest_token_is_drawn() -> None:
    tokens, weights = draw(LOGITS, Request("", temperature=0.0, top_p=1.0), seeded(0))
    assert tokens == [3, 0]
    exact = 3 - math.log(sum(math.exp(x) for x in range(4)))
    assert weights == pytest.approx([exact, exact])


def test_only_the_nucleus_is_drawn_from() -> None:
    # The two likeliest of softmax(0, 1, 2, 3) make 0.88; the third is needed to reach 0.9.
    rows = LOGITS[:1].expand(3000, -1)
    wide, _ = draw(rows, Request("", temperature=1.0, top_p=0.9), seeded(1))
    narrow, _ = draw(rows, Request("", temperature=1.0, top_p=0.8), seeded(1))
    one, _ = draw(rows, Request("", temperature=1.0, top_p=1e-6), seeded(1))
    assert set(wide) == {1, 2, 3}
    assert set(narrow) == {2, 3}
    assert set(one) == {3}


def test_the_log_probability_is_the_models_own_whatever_the_temperature() -> None:
    exact = torch.log_softmax(LOGITS[0], -1)
    for temperature in (0.2, 1.0, 3.0):
        [token], [weight] = draw(LOGITS[:1], Request("", temperature=temperature), seeded(5))
        assert weight == pytest.approx(float(exact[token]))


def pieces(*made: str) -> Tokenizer:
    """Return a tokenizer whose tokens are exactly these pieces."""
    tokenizer = Tokenizer(models.WordLevel({piece: i for i, piece in enumerate(made)}, made[0]))
    tokenizer.decoder = decoders.Fuse()
    return tokenizer


def spoken(made: list[str], request: Request) -> tuple[Draft, list[str]]:
    """Return a draft made of these pieces until it is done, and what it told on the way."""
    tokenizer, draft, told = pieces(*dict.fromkeys(made)), Draft(0), []
    for piece in made:
        draft.add(tokenizer.token_to_id(piece), -1.0, tokenizer, request)
        told.append(draft.news())
        if draft.done:
            break
    return draft, told


def test_it_stops_inside_a_piece_that_holds_more() -> None:
    draft, told = spoken([" Na", " gut", ".\nAgent", " x"], Request(""))
    assert draft.text == " Na gut."
    assert (draft.done, draft.finished) == (True, True)
    assert told == [" Na", " gut", "."]
    assert len(draft.tokens) == 3
    assert draft.weight(1).log_probability == -1.0


def test_the_first_of_several_stops_counts() -> None:
    draft, _ = spoken(["ab", "c|d\ne"], Request("", stop=("\n", "|")))
    assert draft.text == "abc"


def test_it_pauses_only_after_a_mark_that_white_space_follows() -> None:
    request = Request("", pause_at=",.", pause_after=2)
    made = [" Ich", " zahle", " 29", ",", "99", " Euro", ",", " und", " mehr"]
    draft, told = spoken(made, request)
    assert draft.text == " Ich zahle 29,99 Euro,"
    assert (draft.done, draft.finished) == (True, False)
    assert "".join(told) == draft.text


def test_an_opening_clause_has_its_words() -> None:
    request = Request("", pause_at=",.", pause_after=3)
    assert spoken([" Ja", ",", " also", " gut", ",", " bis"], request)[0].text == " Ja, also gut,"


def test_a_stop_before_the_pause_wins() -> None:
    request = Request("", pause_at=".", pause_after=1)
    draft, _ = spoken([" Gut", ".\n"], request)
    assert (draft.text, draft.finished) == (" Gut.", True)


def test_it_ends_at_the_limit() -> None:
    draft, _ = spoken([" a", " b", " c"], Request("", max_tokens=2))
    assert (draft.text, draft.done, draft.finished) == (" a b", True, False)


def test_half_a_letter_waits_for_its_other_half() -> None:
    tokenizer, draft, told = tiny.byte_level(), Draft(0), []
    ids = [tokenizer.token_to_id(piece) for piece in ("a", "Ã", "¤", "b")]
    assert tokenizer.decode(ids) == "aäb"
    for token in ids:
        draft.add(token, 0.0, tokenizer, Request(""))
        told.append(draft.news())
    assert told == ["a", "", "ä", "b"]
