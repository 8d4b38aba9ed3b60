"""Says in one or two sentences why a dimension was rated as it was."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.cue import Cue
from simulator.domain.score import Dimension, Evidence, Polarity
from simulator.i18n import Texts

_LONGEST_QUOTE = 70
_QUOTES = {"de": "„{}“", "en": "“{}”"}


def reason(
    dimension: Dimension, label: int, evidence: Sequence[Evidence], reply: str, texts: Texts
) -> str:
    """Return why ``reply`` reads as ``label`` on ``dimension``, citing its words.

    ``evidence`` is that of the dimension. What speaks for the label is cited; without such words
    the sentence says so.
    """
    good = _clauses(evidence, "positive", reply, texts)
    bad = _clauses(evidence, "negative", reply, texts)
    if label == 2:
        said = _sentence(good[:2], texts)
    elif label == 1:
        said = _mixed(good, bad, texts)
        said = f"{said} {texts(f'scoring.next.{dimension}')}" if said else ""
    else:
        said = _sentence(bad[:2], texts)
    return said or texts(f"scoring.plain.{dimension}_{label}")


def passed_over(reason: str, word: str, times: int, texts: Texts) -> str:
    """Return ``reason`` with what the customer kept saying and the reply does not mention."""
    return f"{reason} {texts('scoring.plain.missed', word=word, times=times)}"


def insulted(evidence: Sequence[Evidence], reply: str, texts: Texts) -> str:
    """Return the sentence for a reply that insults."""
    return texts("scoring.rule.insult", quote=_cited(Cue.INSULT, evidence, reply, texts))


def _mixed(good: list[str], bad: list[str], texts: Texts) -> str:
    if good and bad:
        return texts("scoring.join.but", good=good[0], bad=bad[0])
    return _sentence(good[:2] or bad[:1], texts)


def _sentence(clauses: list[str], texts: Texts) -> str:
    if not clauses:
        return ""
    if len(clauses) == 1:
        return texts("scoring.join.one", clause=clauses[0])
    return texts("scoring.join.two", first=clauses[0], second=clauses[1])


def _clauses(
    evidence: Sequence[Evidence], polarity: Polarity, reply: str, texts: Texts
) -> list[str]:
    """Return one clause per cue, the most telling first."""
    order = list(Cue)
    cues = sorted({one.cue for one in evidence if one.polarity == polarity}, key=order.index)
    return [
        texts(f"scoring.clause.{cue}", quote=_cited(cue, evidence, reply, texts)) for cue in cues
    ]


def _cited(cue: Cue, evidence: Sequence[Evidence], reply: str, texts: Texts) -> str:
    spans = [reply[one.start : one.end] for one in evidence if one.cue == cue]
    most = 2 if cue is Cue.TAKEN_UP_FACT else 1
    quotes = list(dict.fromkeys(_QUOTES[texts.language].format(_short(s)) for s in spans))[:most]
    return texts("scoring.join.quotes").join(quotes)


def _short(text: str) -> str:
    one_line = " ".join(text.split()).rstrip(".")
    if len(one_line) <= _LONGEST_QUOTE:
        return one_line
    return one_line[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
