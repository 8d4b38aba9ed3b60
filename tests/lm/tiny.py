"""Tokenizers and models small enough to be made anew in every test run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import torch
from tokenizers import (
    AddedToken,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)
from transformers import (
    Gemma3ForCausalLM,
    Gemma3TextConfig,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedModel,
    PreTrainedTokenizerFast,
    Qwen2Config,
    Qwen2ForCausalLM,
)

from simulator.lm import conversion
from simulator.lm.prepare import FORMAT

GERMAN = "Für 29,99 Euro im Monat, und jeden Abend fällt das Internet aus. Das ist ärgerlich!"
ENGLISH = "I've been waiting for three weeks, and nobody has called me back. Not once!"
FOREIGN = "Привет, мир! Привет, мир!"
CODE = "getValue getValue self.name self.name my_var my_var foo(bar) foo(bar)"
_LEARNED = [GERMAN, ENGLISH, FOREIGN, CODE] * 3
END = "<end>"
CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content | trim }}"
    "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""A chat template like Qwen's."""


def byte_level() -> Tokenizer:
    """Return a tokenizer like Qwen's: pieces are made of bytes."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=600,
        show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=[END, "<tool>"],
    )
    made.train_from_iterator(_LEARNED, trainer)
    return made


def byte_fallback() -> Tokenizer:
    """Return a tokenizer like Gemma's: pieces are made of letters, strange ones fall into bytes."""
    made = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    made.normalizer = normalizers.Replace(" ", "▁")
    made.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    made.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=500, show_progress=False, special_tokens=["<bos>", "<unk>", END, "<tool>"]
    )
    made.train_from_iterator(_LEARNED, trainer)
    made.post_processor = processors.TemplateProcessing(
        single="<bos> $A", special_tokens=[("<bos>", made.token_to_id("<bos>"))]
    )
    file = json.loads(made.to_str())
    vocabulary = file["model"]["vocab"]
    for byte in range(256):
        vocabulary[f"<0x{byte:02X}>"] = len(vocabulary)
    return Tokenizer.from_str(json.dumps(file))


def wrapped(tokenizer: Tokenizer, bos: str | None = None) -> PreTrainedTokenizerFast:
    """Return the tokenizer as transformers knows it."""
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token=END, bos_token=bos)


def qwen(size: int, layers: int = 3) -> PreTrainedModel:
    """Return a random Qwen2 with a vocabulary of ``size``."""
    torch.manual_seed(1)
    config = Qwen2Config(
        vocab_size=size,
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=layers,
        num_attention_heads=4,
        num_key_value_heads=2,
        initializer_range=0.2,
        eos_token_id=0,
        bos_token_id=None,
    )
    return Qwen2ForCausalLM(config).eval()


def instructed(template: str = CHATML) -> PreTrainedTokenizerFast:
    """Return a tokenizer of a model that is asked in a chat template and answers."""
    made = wrapped(byte_level())
    # What a template writes need not be a special token: Qwen's marks of thinking are none.
    made.add_tokens([AddedToken("<|im_start|>", special=True, normalized=False)])
    made.add_tokens([AddedToken("<|im_end|>", special=False, normalized=False)])
    made.chat_template = template
    return made


def llama(size: int, layers: int = 3) -> PreTrainedModel:
    """Return a random Llama with a vocabulary of ``size``."""
    torch.manual_seed(3)
    config = LlamaConfig(
        vocab_size=size,
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=layers,
        num_attention_heads=4,
        num_key_value_heads=2,
        initializer_range=0.2,
        eos_token_id=0,
        bos_token_id=None,
    )
    return LlamaForCausalLM(config).eval()


def gemma(size: int, layers: int = 4) -> PreTrainedModel:
    """Return a random Gemma 3 whose sliding layers see six tokens."""
    torch.manual_seed(2)
    config = Gemma3TextConfig(
        vocab_size=size,
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=layers,
        num_attention_heads=4,
        num_key_value_heads=1,
        head_dim=8,
        query_pre_attn_scalar=8,
        sliding_window=6,
        layer_types=["sliding_attention", "full_attention"] * (layers // 2),
        initializer_range=0.2,
        eos_token_id=2,
        bos_token_id=0,
    )
    return Gemma3ForCausalLM(config).eval()


def prepared(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, use: str, folder: Path
) -> Path:
    """Write what ``simulator.lm.prepare`` would make of the two."""
    folder.mkdir(parents=True)
    special = conversion.cut_and_save(model, tokenizer, use, folder)
    described = {
        "format": FORMAT,
        "use": use,
        "name": "tiny",
        "title": "Tiny",
        "sha256": "0" * 64,
        "adapter": "",
        "bos": special.bos,
        "end": special.end,
    }
    (folder / "manifest.json").write_text(json.dumps(described), encoding="utf-8")
    return folder


def model_folder(
    folder: Path,
    make: Callable[[int, int], PreTrainedModel] = qwen,
    tokenizer: PreTrainedTokenizerFast | None = None,
) -> Path:
    """Write a small model as transformers saves it."""
    tokenizer = tokenizer or wrapped(byte_level())
    made = make(len(tokenizer), conversion.READER_LAYERS + 1)
    made.to(torch.bfloat16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
