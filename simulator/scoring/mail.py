"""Checks a reply by e-mail against the mail it answers: a list, not a score.

By words alone: a point counts as taken up where its content words, numbers, names or their stems
come back, or what its question word asks for does. Where that is thin, it says "unsure".
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.domain.annotation import Span
from simulator.domain.cue import Cue
from simulator.domain.language import Language
from simulator.domain.mail import Frame, MailCheck, MailPoint, PointKind, TakenUp
from simulator.scoring.lexicon import Lexicon, Word, lexicon, plain, words
from simulator.scoring.mail_text import Mail, Signs, parted, signs, units
from simulator.scoring.overlap import asked_again, content_key

_ENOUGH_WORDS, _ENOUGH_SHARE = 2, 0.34
"""Content words of a point, or the share of them, that a reply must bring back."""
_TELLING = 4
"""Content words from which a complaint is so plain that a reply without one of them ignores it."""
_ALIKE = 0.75
"""Likeness (0 to 1) from which another word is the name, misspelt."""
_STEM = 5
_LONG_NUMBER = re.compile(r"\d{4,}")
_MOST_POINTS = 8
_TITLES = dict.fromkeys(("frau", "mrs", "ms", "miss"), "f") | dict.fromkeys(
    ("herr", "herrn", "mr"), "m"
)


@dataclass(frozen=True)
class Asked:
    """A point of a mail as it stands there, and what makes it this point and no other."""

    kind: PointKind
    text: str
    keys: frozenset[str]


def check_mail(
    reply: str, mail: str, language: Language, name: str, company: str = "", known: str = ""
) -> MailCheck:
    """Return the checklist of ``reply`` to ``mail``.

    ``name`` is the customer's as the agent would address them, ``company`` the agent's; ``known``
    is what else the mails and the case file say.
    """
    answer, heard = parted(plain(reply), language, company), parted(plain(mail), language)
    lex = lexicon(language)
    return MailCheck(
        salutation=_addressed(answer, f"{name} {heard.signed}", signs(language)),
        closing="missing" if not answer.closing else "named" if answer.signed else "unnamed",
        signed=answer.signed,
        points=_judged(points(mail, language), answer, language),
        asked_again=_asked_again(answer.text, plain(f"{known}\n{mail}"), lex),
    )


def points(mail: str, language: Language) -> tuple[Asked, ...]:
    """Return what ``mail`` asks, wants and complains of, in its order."""
    found, lex = signs(language), lexicon(language)
    parts: list[tuple[PointKind, str]] = []
    goes_on = False
    for text, item in units(parted(plain(mail), language)):
        kind = _kind(text, item, found)
        if kind == "complaint" and goes_on and parts[-1][0] == "complaint":
            # one story over several sentences is one complaint
            parts[-1] = ("complaint", f"{parts[-1][1]} {text}")
        elif kind is not None:
            parts.append((kind, text))
        goes_on = kind == "complaint"
    asked = [Asked(kind, text, _keys(text, language, lex)) for kind, text in parts]
    return tuple(asked[:_MOST_POINTS])


def _kind(text: str, item: bool, found: Signs) -> PointKind | None:
    if found.no_point.search(text):
        return None
    if found.question.search(text):
        return "question"
    if item or found.request.search(text):
        return "request"
    return "complaint" if found.complaint.search(text) else None


def _judged(asked: Sequence[Asked], answer: Mail, language: Language) -> tuple[MailPoint, ...]:
    judged = []
    for point in asked:
        others = frozenset[str]().union(*(o.keys for o in asked if o is not point))
        judged.append(_judge(point, others, answer, language))
    return tuple(judged)


def _judge(point: Asked, others: frozenset[str], answer: Mail, language: Language) -> MailPoint:
    lex = lexicon(language)
    hits: dict[str, list[Word]] = {}
    for word in words(answer.text):
        inside = answer.start <= word.start < answer.end
        if inside and (key := _match(word, point.keys, lex)):
            hits.setdefault(key, []).append(word)
    own = (point.keys - others) or point.keys
    answered = _answered(point, answer, language)
    taken = _taken_up(len(own & hits.keys()), len(own), bool(hits), bool(answered))
    if taken == "no" and point.kind == "complaint" and len(own) < _TELLING:
        taken = "unsure"
    spans = _together([(w.start, w.end) for each in hits.values() for w in each] + answered)
    shown = () if taken == "no" else tuple(Span(start=s, end=e) for s, e in spans)
    return MailPoint(kind=point.kind, text=point.text, taken_up=taken, spans=shown)


def _taken_up(own: int, of: int, any_word: bool, answered: bool) -> TakenUp:
    """Return what the words of a point that came back prove.

    ``own`` of the ``of`` words that only this point has came back; ``answered`` says that the
    reply has what the question word asks for.
    """
    if own >= _ENOUGH_WORDS or (own and own / of >= _ENOUGH_SHARE) or (own and answered):
        return "yes"
    return "unsure" if any_word or answered or not of else "no"


def _answered(point: Asked, answer: Mail, language: Language) -> list[tuple[int, int]]:
    if point.kind != "question":
        return []
    body = answer.text[answer.start : answer.end]
    for ask, fitting in signs(language).answers:
        if ask.search(point.text) and (found := fitting.search(body)):
            return [(answer.start + found.start(), answer.start + found.end())]
    return []


def _keys(text: str, language: Language, lex: Lexicon) -> frozenset[str]:
    return frozenset(key for word in words(text) if (key := _key(word, text, language, lex)))


def _key(word: Word, text: str, language: Language, lex: Lexicon) -> str:
    """Return the key of a content word; short nouns ("Geld", "seat") count here as well."""
    key = content_key(word, lex)
    if key or word.form[0].isdigit() or word.form in lex.words["common"] | lex.words["function"]:
        return key
    noun = text[word.start].isupper() and word.start > 0 if language == "de" else True
    least = 2 if text[word.start : word.end].isupper() else 3 if language == "de" else 4
    return word.form if noun and len(word.form) >= least else ""


def _match(word: Word, keys: frozenset[str], lex: Lexicon) -> str | None:
    key = content_key(word, lex) or word.form
    if key in keys:
        return key
    if len(word.form) < _STEM or word.form in lex.words["common"]:
        return None
    # "Mahnschreiben" takes up "Mahnung": parts of a compound count
    return next(
        (
            other
            for other in sorted(keys)
            if len(other) >= _STEM
            and (other in word.form or (len(key) > _STEM and other.startswith(key[:6])))
        ),
        None,
    )


def _together(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those a few letters apart as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] <= _STEM:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _asked_again(reply: str, known: str, lex: Lexicon) -> tuple[Span, ...]:
    found = asked_again(reply, known, lex)
    if _LONG_NUMBER.search(known):
        found += lex.spans(Cue.ASKS_NUMBER.value, reply)
    return tuple(Span(start=start, end=end) for start, end in _together(found))


def _addressed(answer: Mail, name: str, found: Signs) -> Frame:
    if not answer.salutation:
        return "missing"
    called = {word.form for word in words(plain(name))}
    own = called - found.titles
    said = [word.form for word in words(answer.salutation)]
    titles = [{_TITLES[word] for word in each if word in _TITLES} for each in (said, called)]
    if own & set(said):
        return "misspelt" if all(titles) and titles[0].isdisjoint(titles[1]) else "named"
    alike = any(_same_but_spelling(word, each) for word in said for each in own)
    return "misspelt" if alike else "unnamed"


def _same_but_spelling(word: str, name: str) -> bool:
    if len(name) < 4 or abs(len(word) - len(name)) > 2:
        return False
    return difflib.SequenceMatcher(None, _folded(word), _folded(name)).ratio() >= _ALIKE


def _folded(word: str) -> str:
    spelt = word.replace("ı", "i").replace("ß", "ss")
    for umlaut, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        spelt = spelt.replace(umlaut, written)
    return "".join(c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c))
