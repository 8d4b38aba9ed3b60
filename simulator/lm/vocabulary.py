"""Cuts a tokenizer down to German and English.

Most of a multilingual vocabulary is never said in a call, but its rows are read at every word.
The cut goes by what a token is made of, so that it is closed: the two halves of a kept token
are kept, and German and English text falls into the same tokens as before. Anything else falls
into single bytes and can still be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# The JSON of a tokenizer file has no type of its own.
TokenizerFile = dict[str, Any]

_TEXT = re.compile("[\n\x20-\x7e\x80-\xff\u0100-\u017f„“”‚‘’–—…€ ▁]*")
_CODE = re.compile(r"[a-z][A-Z]|[A-Za-z][!-&(-@\[-`{-~]+[A-Za-z]|_")
_BYTE = re.compile(r"<0x[0-9A-F]{2}>")


def cut(file: TokenizerFile, special: frozenset[str]) -> tuple[TokenizerFile, list[int]]:
    """Return the smaller tokenizer and the old id of each of its tokens, in the new order.

    ``file`` is the content of a ``tokenizer.json`` with a BPE model; ``special`` the added tokens
    to keep; they are marked as such. A tokenizer of another kind comes back as it is, with all its
    ids.
    """
    model = file["model"]
    names: dict[str, int] = dict(model["vocab"])
    added = {token["content"]: token["id"] for token in file.get("added_tokens", ())}
    if model["type"] != "BPE":
        return file, list(range(max({**names, **added}.values()) + 1))
    readable = _byte_level() if "▁" not in names else None
    kept = {n: old for n, old in names.items() if n not in added and _kept(n, readable)}
    kept.update({n: old for n, old in added.items() if n in special or not n.strip()})
    order = sorted(kept, key=lambda name: kept[name])
    ids = {name: new for new, name in enumerate(order)}
    smaller = dict(file)
    smaller["model"] = {
        **model,
        "vocab": {name: ids[name] for name in order},
        "merges": [pair for pair in model["merges"] if _merge_kept(pair, ids)],
    }
    smaller["added_tokens"] = [
        {**token, "id": ids[token["content"]], "special": token["content"] in special}
        for token in file.get("added_tokens", ())
        if token["content"] in ids
    ]
    smaller["post_processor"] = None
    return smaller, [kept[name] for name in order]


def _kept(name: str, readable: Mapping[str, str] | None) -> bool:
    if _BYTE.fullmatch(name):
        return True
    if readable is None:
        text = name
    elif len(name) == 1:
        return True
    elif all(character in readable for character in name):
        text = "".join(readable[character] for character in name)
    else:
        return False
    return bool(_TEXT.fullmatch(text)) and not _CODE.search(text)


def _merge_kept(pair: str | list[str], ids: Mapping[str, int]) -> bool:
    left, right = pair.split(" ", 1) if isinstance(pair, str) else pair
    return left in ids and right in ids and left + right in ids


def _byte_level() -> dict[str, str]:
    """Return what the letters of a byte-level tokenizer stand for, where German, English and
    their punctuation use that byte (GPT-2's table of bytes).
    """
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    table = {chr(byte): byte for byte in plain}
    others = [byte for byte in range(256) if byte not in plain]
    table.update({chr(256 + place): byte for place, byte in enumerate(others)})
    used = {0x0A, *range(0x20, 0x7F), *range(0x80, 0xC0), 0xC2, 0xC3, 0xC4, 0xC5, 0xE2}
    return {letter: chr(byte) for letter, byte in table.items() if byte in used}
