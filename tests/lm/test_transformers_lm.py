"""Small random models: many candidates over one past are what each would be alone."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from simulator.errors import ModelError
from simulator.lm import sampling, transformers_lm
from simulator.lm.base import Chunk, Request
from simulator.lm.transformers_lm import TransformersLM
from tests.lm import tiny

PROMPT = "Sie: Guten Tag.\nKunde: Für 29,99 Euro im Monat, und jeden Abend fällt das Internet aus"
LONG = f"{PROMPT}!\n" * 6
LINES = [" und das ist ärgerlich!", " nobody has called me back.", " Na", " Привет, мир"]
# Weights are rounded once, but activations at every call, by the largest of all that are read
# together: nothing comes out bit for bit the same, and these models amplify it.
NEAR = {"rtol": 0, "atol": 0.06}


def qwen() -> tuple[PreTrainedModel, object]:
    tokenizer = tiny.wrapped(tiny.byte_level())
    return tiny.qwen(len(tokenizer)), tokenizer


def gemma() -> tuple[PreTrainedModel, object]:
    tokenizer = tiny.wrapped(tiny.byte_fallback(), bos="<bos>")
    return tiny.gemma(len(tokenizer)), tokenizer


@pytest.fixture(scope="module", params=[qwen, gemma], ids=["qwen", "gemma"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, PreTrainedModel]:
    """Return the prepared folder, and the model it was made of."""
    model, tokenizer = request.param()
    folder = tmp_path_factory.mktemp("models") / "tiny"
    return tiny.prepared(model, tokenizer, "speaker", folder), model


@pytest.fixture
def lm(both: tuple[Path, PreTrainedModel]) -> TransformersLM:
    return TransformersLM(both[0])


@pytest.fixture(scope="module")
def reference(both: tuple[Path, PreTrainedModel]) -> PreTrainedModel:
    """Return transformers' own model with exactly the prepared weights, in float32."""
    folder, model = both
    saved = {k: v for file in folder.glob("*.safetensors") for k, v in load_file(file).items()}
    weights = {}
    for name, tensor in saved.items():
        if name.endswith(".rounded"):
            layer = name.removesuffix(".rounded")
            weights[f"{layer}.weight"] = tensor.float() * saved[f"{layer}.scale"][:, None]
        elif not name.endswith(".scale"):
            weights[name] = tensor.float()
    config = type(model.config)(
        **{
            **model.config.to_dict(),
            "vocab_size": len(weights["lm_head.weight"]),
            "tie_word_embeddings": False,
        }
    )
    made = type(model)(config).eval()
    missing, unexpected = made.load_state_dict(weights, strict=False)
    assert not unexpected
    assert all("rotary" in name for name in missing)
    return made


def ids(folder: Path, text: str) -> list[int]:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return tokenizer.encode(text, add_special_tokens=False).ids


def alone(reference: PreTrainedModel, before: list[int], own: list[int]) -> list[float]:
    """Return the log probability of each token of ``own``."""
    with torch.inference_mode():
        logits = reference(torch.tensor([before + own])).logits[0].log_softmax(-1)
    return [float(logits[len(before) + i - 1, token]) for i, token in enumerate(own)]


def texts(chunks: Iterator[Chunk] | list[Chunk]) -> dict[int, str]:
    told: dict[int, str] = {}
    for chunk in chunks:
        told[chunk.index] = told.get(chunk.index, "") + chunk.text
    return told


def begin(lm: TransformersLM) -> list[int]:
    return lm._wording.prompt("")


def likely(chunk: Chunk) -> float:
    return chunk.weight.log_probability if chunk.weight else 0.0


def likelihoods(lm: TransformersLM, prompt: str, lines: Sequence[str]) -> list[float]:
    return [weight.log_probability for weight in lm.weigh(prompt, lines)]


def test_likelihoods_are_those_of_the_model_alone(
    lm: TransformersLM, both: tuple[Path, PreTrainedModel], reference: PreTrainedModel
) -> None:
    before = begin(lm) + ids(both[0], PROMPT)
    found = likelihoods(lm, PROMPT, LINES)
    expected = [float(np.mean(alone(reference, before, ids(both[0], line)))) for line in LINES]
    np.testing.assert_allclose(found, expected, **NEAR)
    # The lines differ by far more than the tolerance, so that a mix-up would be seen.
    assert np.ptp(expected) > 3 * NEAR["atol"]


def test_an_order_of_lines_changes_nothing(lm: TransformersLM) -> None:
    forward = likelihoods(lm, PROMPT, LINES)
    backward = likelihoods(lm, PROMPT, LINES[::-1])
    np.testing.assert_allclose(forward, backward[::-1], **NEAR)
    single = [likelihoods(lm, PROMPT, [line])[0] for line in LINES]
    np.testing.assert_allclose(forward, single, **NEAR)


def test_the_state_of_a_line_is_that_of_its_words_in_the_middle_of_the_model(
    lm: TransformersLM, both: tuple[Path, PreTrainedModel], reference: PreTrainedModel
) -> None:
    before = begin(lm) + ids(both[0], PROMPT)
    middle = (int(reference.config.num_hidden_layers) + 1) // 2
    for line, weight in zip(LINES, lm.weigh(PROMPT, LINES), strict=True):
        own = ids(both[0], line)
        with torch.no_grad():
            states = reference(
                input_ids=torch.tensor([before + own]), output_hidden_states=True
            ).hidden_states[middle][0]
        expected = states[len(before) : len(before) + len(own) - 1].mean(0).numpy()
        cosine = expected @ weight.state / np.linalg.norm(expected) / np.linalg.norm(weight.state)
        assert cosine > 0.98


def test_a_drawn_line_has_the_weight_it_would_have_if_it_were_read(lm: TransformersLM) -> None:
    request = Request(PROMPT, candidates=2, max_tokens=6, stop=(), seed=3)
    texts, weights = ["", ""], {}
    for chunk in lm.generate(request):
        texts[chunk.index] += chunk.text
        if chunk.done:
            weights[chunk.index] = chunk.weight
    assert set(weights) == {0, 1}
    assert all(weight.state.any() for weight in weights.values())


def test_no_text_has_no_likelihood(lm: TransformersLM) -> None:
    found = likelihoods(lm, PROMPT, ["", LINES[0], ""])
    assert found[0] == found[2] == -math.inf
    np.testing.assert_allclose(found[1], likelihoods(lm, PROMPT, LINES[:1])[0], **NEAR)
    assert likelihoods(lm, PROMPT, []) == []


def test_each_candidate_is_rated_as_if_it_were_alone(
    lm: TransformersLM,
    both: tuple[Path, PreTrainedModel],
    reference: PreTrainedModel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request = Request(PROMPT, candidates=5, max_tokens=12, temperature=1.0, stop=("e",), seed=11)
    drafts: dict[int, list[int]] = {}

    class Watched(sampling.Draft):
        def add(self, token, log_probability, tokenizer, request):
            super().add(token, log_probability, tokenizer, request)
            drafts[self.index] = self.tokens

    monkeypatch.setattr(transformers_lm, "Draft", Watched)
    found = {c.index: c.weight.log_probability for c in lm.generate(request) if c.weight}
    before = begin(lm) + ids(both[0], PROMPT)
    expected = {
        index: float(np.mean(alone(reference, before, tokens))) for index, tokens in drafts.items()
    }
    assert sorted(found) == [0, 1, 2, 3, 4]
    assert len({len(tokens) for tokens in drafts.values()}) > 2
    order = sorted(found)
    np.testing.assert_allclose([found[i] for i in order], [expected[i] for i in order], atol=0.15)
    assert np.ptp(list(expected.values())) > 4 * 0.15


def test_many_begin_as_one_alone_would(both: tuple[Path, PreTrainedModel]) -> None:
    # Without temperature every candidate is the likeliest text.
    def first(candidates: int) -> set[tuple[str, float]]:
        request = Request(PROMPT, candidates=candidates, max_tokens=1, temperature=0.0, stop=())
        return {(c.text, likely(c)) for c in TransformersLM(both[0]).generate(request)}

    assert first(1) == first(4)
    assert len(first(4)) == 1


def test_what_was_read_before_changes_no_result(
    lm: TransformersLM, both: tuple[Path, PreTrainedModel]
) -> None:
    longer = PROMPT + "!\nSie: Das tut mir leid.\nKunde:"
    likelihoods(lm, PROMPT, LINES)
    list(lm.generate(Request(longer, candidates=3, max_tokens=6, seed=2)))
    list(lm.generate(Request("Something else entirely", max_tokens=4)))
    fresh = TransformersLM(both[0])
    for prompt in (longer, PROMPT, longer[:40], PROMPT + " sofort"):
        assert likelihoods(lm, prompt, LINES) == likelihoods(fresh, prompt, LINES)
        fresh = TransformersLM(both[0])


def test_a_prompt_that_goes_on_is_read_only_from_where_it_differs(
    lm: TransformersLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    likelihoods(lm, LONG, LINES)
    before = len(lm._pasts[0].tokens)
    assert before > 150
    read: list[int] = []
    forward = lm._forward

    def counted(past, tokens, owners, before):
        read.append(len(tokens))
        return forward(past, tokens, owners, before)

    monkeypatch.setattr(lm, "_forward", counted)
    list(lm.generate(Request(LONG, max_tokens=1)))
    assert read == []
    list(lm.generate(Request(LONG + "!", max_tokens=1)))
    assert 1 < sum(read) <= before % 32 + 2


def test_the_seed_decides_whatever_was_read_before(
    lm: TransformersLM, both: tuple[Path, PreTrainedModel]
) -> None:
    def told(seed: int, lm: TransformersLM = lm) -> dict[int, str]:
        request = Request(LONG, candidates=3, max_tokens=10, temperature=1.0, stop=(), seed=seed)
        return texts(lm.generate(request))

    first = told(7)
    assert told(7) == first
    assert told(8) != first
    list(lm.generate(Request(LONG + PROMPT, max_tokens=5)))
    assert told(7) == first
    list(lm.generate(Request(LONG[:-30] + "?", candidates=2, max_tokens=5)))
    assert told(7) == first
    assert told(7, TransformersLM(both[0])) == first
    assert len(set(first.values())) == 3


def test_the_pieces_are_the_text(lm: TransformersLM) -> None:
    request = Request(PROMPT, candidates=3, max_tokens=12, temperature=1.5, stop=("e",), seed=4)
    chunks = list(lm.generate(request))
    for index, told in texts(chunks).items():
        [last] = [chunk for chunk in chunks if chunk.index == index and chunk.done]
        assert "e" not in told
        assert last is [chunk for chunk in chunks if chunk.index == index][-1]
        assert last.weight.log_probability < 0


def test_a_stop_and_the_limit_end_a_text(both: tuple[Path, PreTrainedModel]) -> None:
    def told(stop: tuple[str, ...]) -> tuple[str, bool]:
        chunks = list(
            TransformersLM(both[0]).generate(Request(PROMPT, max_tokens=9, stop=stop, seed=3))
        )
        return texts(chunks)[0], chunks[-1].finished

    free, finished = told(())
    assert not finished
    middle = free[len(free) // 2]
    assert told((middle,)) == (free[: free.index(middle)], True)


def test_a_cancelled_text_ends_at_once_and_leaves_no_trace(lm: TransformersLM) -> None:
    before = likelihoods(lm, PROMPT, LINES)
    heard: list[Chunk] = []
    request = Request(PROMPT, candidates=2, max_tokens=50, temperature=1.5, stop=())
    for chunk in lm.generate(request, lambda: len(heard) >= 4):
        heard.append(chunk)
    assert len(heard) == 4
    np.testing.assert_allclose(likelihoods(lm, PROMPT, LINES), before, **NEAR)


def test_a_text_nobody_listens_to_any_more_leaves_no_trace(lm: TransformersLM) -> None:
    before = likelihoods(lm, PROMPT, LINES)
    words = lm.generate(Request(PROMPT, candidates=2, max_tokens=50, temperature=1.5, stop=()))
    list(itertools.islice(words, 3))
    words.close()
    np.testing.assert_allclose(likelihoods(lm, PROMPT, LINES), before, **NEAR)


def test_a_folder_without_a_prepared_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not_prepared"):
        TransformersLM(tmp_path)
