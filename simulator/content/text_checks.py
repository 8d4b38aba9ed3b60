"""Whether texts are what they were meant to be: filled in, translated, whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.content.nodes import Listing, Mapping, Node, Scalar
from simulator.content.problems import Findings
from simulator.domain.language import LANGUAGES
from simulator.i18n import Texts

FEWEST_WORDS = 4
"""Words from which on the same text in two languages is no name and no coincidence."""

_QUOTES = (re.compile('(?<![0-9])"'), re.compile("[„“”]"))
"""Straight ones (after a figure they are inches) and the others."""


def unfilled(text: str) -> bool:
    """Whether ``text`` is still what a template asks its author to replace."""
    return any(Texts(language)("template.fill_in") in text for language in LANGUAGES)


def check_texts(root: Mapping, findings: Findings) -> None:
    """Note what a template left to be filled in, and texts that were copied, not translated.

    A quotation mark without a counterpart is a hint: the text may have ended, or been cut at a
    comma, where its author did not mean it to.
    """
    for node in _scalars(root):
        if isinstance(node.value, str) and unfilled(node.value):
            findings.add(node, "unfilled", text=node.value)
        elif isinstance(node.value, str) and any(len(q.findall(node.value)) % 2 for q in _QUOTES):
            findings.hint(node, "odd_quote")
    for node in _copies(root):
        findings.add(node, "untranslated")


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    for child in _children(node):
        yield from _scalars(child)


def _children(node: Node) -> list[Node]:
    if isinstance(node, Listing):
        return node.items
    return [value for _, value in node.entries.values()] if isinstance(node, Mapping) else []


def _copies(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Mapping) and set(LANGUAGES) <= node.entries.keys():
        first, second = (node.entries[language][1] for language in LANGUAGES)
        yield from _alike(first, second)
    for child in _children(node):
        yield from _copies(child)


def _alike(first: Node, second: Node) -> Iterator[Scalar]:
    if isinstance(first, Scalar) and isinstance(second, Scalar):
        if first.value == second.value and _is_sentence(second.value):
            yield second
    elif isinstance(first, Mapping) and isinstance(second, Mapping):
        for name in first.entries.keys() & second.entries.keys():
            yield from _alike(first.entries[name][1], second.entries[name][1])
    elif isinstance(first, Listing) and isinstance(second, Listing):
        for one, other in zip(first.items, second.items, strict=False):
            yield from _alike(one, other)


def _is_sentence(value: object) -> bool:
    if not isinstance(value, str) or unfilled(value):
        return False
    return sum(word.isalpha() for word in value.split()) >= FEWEST_WORDS
