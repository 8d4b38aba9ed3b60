"""What a reply takes up from the customer's words, and what it asks although it was said."""

from __future__ import annotations

import difflib
from collections import Counter

from simulator.scoring.lexicon import Lexicon, Span, Word, sentences, words

_STEM = 5
_OFTEN = 2
_AS_DIGITS = {
    word: str(number)
    for row in (
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "two three four five six seven eight nine ten eleven twelve",
    )
    for number, word in enumerate(row.split(), start=2)
}


def facts_taken_up(reply: str, heard: str, lexicon: Lexicon) -> list[Span]:
    """Return where plain ``reply`` takes up content words, names or numbers of ``heard``.

    Words side by side that stand so in ``heard`` too make one span.
    """
    told = {key for word in words(heard) if (key := content_key(word, lexicon))}
    said = {word.form for word in words(heard)}
    spans: list[Span] = []
    bridge = False
    for word in words(reply):
        fact = content_key(word, lexicon) in told if content_key(word, lexicon) else False
        if fact and spans and bridge:
            spans[-1] = (spans[-1][0], word.end)
        elif fact:
            spans.append((word.start, word.end))
        bridge = bool(spans) and (fact or (bridge and word.form in said))
    return spans


def missed(reply: str, heard: str, lexicon: Lexicon) -> tuple[str, int] | None:
    """Return what ``heard`` speaks of most often and ``reply`` never takes up, and how often.

    Said once is not much missed: None unless it was said at least twice.
    """
    taken = {content_key(word, lexicon) for word in words(reply)}
    told = [(found, word) for word in words(heard) if (found := content_key(word, lexicon))]
    often = Counter(found for found, _ in told if found not in taken)
    for most, times in often.most_common(1):
        if times >= _OFTEN:
            first = next(word for found, word in told if found == most)
            return heard[first.start : first.end], times
    return None


def parroted(reply: str, context: str) -> float:
    """Return the share (0 to 1) of the reply's words that repeat a run of the customer's words."""
    said, heard = ([word.form for word in words(text)] for text in (reply, context))
    if len(said) < 4:
        return 0.0
    blocks = difflib.SequenceMatcher(None, heard, said, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 2) / len(said)


def asked_again(reply: str, heard: str, lexicon: Lexicon) -> list[Span]:
    """Return the questions of plain ``reply`` for things the customer has told in ``heard``."""
    return [
        (start, end)
        for start, end in sentences(reply)
        for ask, told in lexicon.told
        if ask.search(reply, start, end) and told.search(heard)
    ]


def content_key(word: Word, lexicon: Lexicon) -> str:
    """Return what makes a content word the same in another form, "" for words that say little."""
    form = _AS_DIGITS.get(word.form, word.form)
    if form[0].isdigit() or form in lexicon.words["numbers"]:
        return "" if form == "1" else form
    if len(form) < _STEM or form in lexicon.words["common"]:
        return ""
    return form[: max(_STEM, len(form) - 2)]
