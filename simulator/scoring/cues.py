"""Finds the wordings in a reply that a trainer would point at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulator.domain.cue import POSITIVE_CUES, Cue
from simulator.domain.language import Language
from simulator.domain.score import Dimension, Evidence
from simulator.scoring.lexicon import (
    Lexicon,
    Span,
    lexicon,
    plain,
    sentences,
    words,
)
from simulator.scoring.overlap import asked_again, facts_taken_up

_EMPATHY = frozenset({Dimension.EMPATHY})
_LISTENING = frozenset({Dimension.LISTENING})
_DE_ESCALATION = frozenset({Dimension.DE_ESCALATION})

DIMENSIONS: dict[Cue, frozenset[Dimension]] = {
    Cue.SPECIFIC_APOLOGY: _EMPATHY | _DE_ESCALATION,
    Cue.NAMED_FEELING: _EMPATHY,
    Cue.TAKEN_UP_FACT: _EMPATHY | _LISTENING,
    Cue.PARAPHRASE: _LISTENING,
    Cue.OPEN_QUESTION: _LISTENING,
    Cue.CONCRETE_STEP: _DE_ESCALATION,
    Cue.CHOICE: _DE_ESCALATION,
    Cue.OWNERSHIP: _EMPATHY | _DE_ESCALATION,
    Cue.CALM_LIMIT: _DE_ESCALATION,
    Cue.THANKS: _DE_ESCALATION,
    Cue.STOCK_PHRASE: _EMPATHY,
    Cue.CALM_DOWN: _EMPATHY | _DE_ESCALATION,
    Cue.BLAME: _EMPATHY | _DE_ESCALATION,
    Cue.NOT_MY_JOB: _DE_ESCALATION,
    Cue.ASKS_AGAIN: _LISTENING,
    Cue.ASKS_NUMBER: _LISTENING,
    Cue.HOLD_OFF: _DE_ESCALATION,
    Cue.JUSTIFICATION: _DE_ESCALATION,
    Cue.MUST: _DE_ESCALATION,
    Cue.BELITTLING: _EMPATHY | _DE_ESCALATION,
    Cue.INSULT: _EMPATHY | _DE_ESCALATION,
    Cue.SALES_PITCH: _LISTENING | _DE_ESCALATION,
}
"""Which cue is evidence for which dimension."""


@dataclass(frozen=True)
class Talk:
    """A reply and what the customer has said, in plain apostrophes.

    ``context`` is their last turn, ``heard`` everything.
    """

    reply: str
    context: str
    heard: str
    lexicon: Lexicon


def find_cues(
    reply: str, context: str, language: Language, earlier: tuple[str, ...] = ()
) -> tuple[Evidence, ...]:
    """Return the cues of ``reply`` in the order in which they stand.

    ``context`` is the customer's last turn, ``earlier`` what they said before it.
    """
    talk = Talk(
        reply=plain(reply),
        context=plain(context),
        heard=plain("\n".join((*earlier, context))),
        lexicon=lexicon(language),
    )
    found = [(span, cue) for cue, finder in _FINDERS.items() for span in finder(talk)]
    return tuple(
        Evidence(
            start=start,
            end=end,
            cue=cue,
            polarity="positive" if cue in POSITIVE_CUES else "negative",
        )
        for (start, end), cue in sorted(found, key=lambda item: (item[0], item[1]))
    )


def _worded(cue: Cue) -> Callable[[Talk], list[Span]]:
    return lambda talk: talk.lexicon.spans(cue.value, talk.reply)


def _specific_apologies(talk: Talk) -> list[Span]:
    return [sentence for sentence in _apologies(talk) if _says_what_for(talk, sentence)]


def _stock_phrases(talk: Talk) -> list[Span]:
    specific = _specific_apologies(talk)
    bare = [s for s in talk.lexicon.spans("apology", talk.reply) if not _touches(s, specific)]
    stock = talk.lexicon.spans(Cue.STOCK_PHRASE.value, talk.reply)
    return sorted([*stock, *(span for span in bare if not _touches(span, stock))])


def _apologies(talk: Talk) -> list[Span]:
    spans = talk.lexicon.spans("apology", talk.reply)
    return [s for s in sentences(talk.reply) if _touches(s, spans)]


def _says_what_for(talk: Talk, sentence: Span) -> bool:
    """Return whether an apology names its reason: the customer's words or a clause of its own."""
    text = talk.reply[slice(*sentence)]
    if talk.lexicon.has(Cue.STOCK_PHRASE.value, text):
        return False
    if facts_taken_up(text, talk.heard, talk.lexicon):
        return True
    vague = talk.lexicon.words["common"] | talk.lexicon.words["apology_stock"]
    without = text
    for start, end in reversed(talk.lexicon.spans("apology", text)):
        without = without[:start] + " " + without[end:]
    return talk.lexicon.has("reason", without) and any(
        len(word.form) > 3 and word.form not in vague for word in words(without)
    )


def _named_feelings(talk: Talk) -> list[Span]:
    stock = talk.lexicon.spans(Cue.STOCK_PHRASE.value, talk.reply)
    found = talk.lexicon.spans(Cue.NAMED_FEELING.value, talk.reply)
    return [span for span in found if not _touches(span, stock)]


def _facts(talk: Talk) -> list[Span]:
    return facts_taken_up(talk.reply, talk.context, talk.lexicon)


def _paraphrases(talk: Talk) -> list[Span]:
    """Return what gives back the customer's words: announced so, or two facts in one breath."""
    stock = talk.lexicon.spans(Cue.STOCK_PHRASE.value, talk.reply)
    announced = talk.lexicon.spans(Cue.PARAPHRASE.value, talk.reply)
    return [
        (start, end)
        for start, end in sentences(talk.reply)
        if (facts := facts_taken_up(talk.reply[start:end], talk.heard, talk.lexicon))
        and (_touches((start, end), announced) or len(facts) > 1)
        and not _touches((start, end), stock)
        and not _is_open(talk, start, end)
        and not _contradicts(talk, start, end)
    ]


def _contradicts(talk: Talk, start: int, end: int) -> bool:
    text = talk.reply[start:end]
    return any(
        talk.lexicon.has(cue.value, text)
        for cue in (Cue.BLAME, Cue.JUSTIFICATION, Cue.MUST, Cue.BELITTLING, Cue.ASKS_NUMBER)
    )


def _open_questions(talk: Talk) -> list[Span]:
    numbers = _numbers(talk)
    again = asked_again(talk.reply, talk.heard, talk.lexicon)
    return [
        (start, end)
        for start, end in sentences(talk.reply)
        if _is_open(talk, start, end) and not _touches((start, end), [*numbers, *again])
    ]


def _is_open(talk: Talk, start: int, end: int) -> bool:
    text = talk.reply[start:end]
    asks = talk.lexicon.has("question", text) and (text.endswith("?") or _told_to_tell(talk, text))
    return asks and not talk.lexicon.has("question_stock", text)


def _told_to_tell(talk: Talk, text: str) -> bool:
    return talk.lexicon.has("invitation", text)


def _steps(talk: Talk) -> list[Span]:
    return [
        (start, end)
        for start, end in sentences(talk.reply)
        if not talk.reply[start:end].endswith("?")
        and all(
            talk.lexicon.has(part, talk.reply[start:end])
            for part in ("step_actor", "step_action", "step_time")
        )
        and not talk.lexicon.has(Cue.HOLD_OFF.value, talk.reply[start:end])
    ]


def _thanks(talk: Talk) -> list[Span]:
    stock = talk.lexicon.spans(Cue.STOCK_PHRASE.value, talk.reply)
    found = talk.lexicon.spans(Cue.THANKS.value, talk.reply)
    return [span for span in found if not _touches(span, stock)]


def _numbers(talk: Talk) -> list[Span]:
    return talk.lexicon.spans(Cue.ASKS_NUMBER.value, talk.reply)


def _asks_again(talk: Talk) -> list[Span]:
    told = asked_again(talk.reply, talk.heard, talk.lexicon) if talk.heard.strip() else []
    worded = talk.lexicon.spans(Cue.ASKS_AGAIN.value, talk.reply) if talk.heard.strip() else []
    return sorted([*told, *(span for span in worded if not _touches(span, told))])


def _insults(talk: Talk) -> list[Span]:
    """Return insults, without words that only give back the customer's own."""
    heard = talk.heard.lower()
    return [
        (start, end)
        for start, end in talk.lexicon.spans(Cue.INSULT.value, talk.reply)
        if talk.reply[start:end].lower() not in heard
    ]


def _touches(span: Span, others: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


_FINDERS: dict[Cue, Callable[[Talk], list[Span]]] = {
    **{cue: _worded(cue) for cue in Cue},
    Cue.SPECIFIC_APOLOGY: _specific_apologies,
    Cue.STOCK_PHRASE: _stock_phrases,
    Cue.NAMED_FEELING: _named_feelings,
    Cue.TAKEN_UP_FACT: _facts,
    Cue.PARAPHRASE: _paraphrases,
    Cue.OPEN_QUESTION: _open_questions,
    Cue.CONCRETE_STEP: _steps,
    Cue.THANKS: _thanks,
    Cue.ASKS_AGAIN: _asks_again,
    Cue.INSULT: _insults,
}
