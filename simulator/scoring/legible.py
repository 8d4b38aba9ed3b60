"""Tells whether a reply is a text that can be rated at all."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from simulator.domain.language import LANGUAGES, Language
from simulator.scoring.lexicon import lexicon, plain, words

Abstention = Literal["empty", "not_text", "foreign_language", "other_language"]

_FOREIGN_WORDS = """
    le la les une et est vous nous je il elle pas que qui dans pour avec sur mais votre notre merci
    bonjour désolé suis êtes avez c'est j'ai el los las una y es usted no se por para con pero
    gracias hola siento está lo su del señor señora il gli che di sono non per grazie ciao lei
    buongiorno mi dispiace het een van niet ik je u dat maar voor bedankt goedendag nie jest się
    dziękuję proszę i przepraszam pani pan ve bir bu için ne değil teşekkür merhaba özür dilerim
    efendim não obrigado você jag är och inte det att tack på jeg ikke og
"""
_FOREIGN = frozenset(_FOREIGN_WORDS.split())
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}")
_VOWEL = re.compile(r"[aeiouyäöüéèêáàâíóúæøå]")
_FEWEST_WORDS = 4


def abstention(reply: str, language: Language) -> Abstention | None:
    """Return why ``reply`` in a call in ``language`` cannot be rated, None if it can."""
    text = plain(unicodedata.normalize("NFC", reply)).strip()
    if not text:
        return "empty"
    said = [word.form for word in words(text) if not word.form[0].isdigit()]
    if not said or _babble(said):
        return "not_text"
    if _script_is_foreign(text):
        return "foreign_language"
    return _language(said, language) if len(said) >= _FEWEST_WORDS else None


def _babble(said: list[str]) -> bool:
    """Return whether most words cannot be spoken: no vowel, no known word, or one letter again."""
    known = _function_words("de") | _function_words("en")
    odd = [
        word
        for word in said
        if word not in known
        and len(word) > 3
        and word.isascii()
        and (not _VOWEL.search(word) or _CONSONANTS.search(word) is not None or len(set(word)) < 3)
    ]
    letters = sum(map(len, said))
    return len(odd) * 2 > len(said) or (letters < 2 and said[0] not in {"i", "o"})


def _script_is_foreign(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters)
    return latin * 2 < len(letters)


def _language(said: list[str], language: Language) -> Abstention | None:
    own, other = (sum(word in _distinct(lang) for word in said) for lang in _ordered(language))
    both = sum(word in _function_words("de") & _function_words("en") for word in said)
    foreign = sum(word in _FOREIGN and word not in _function_words(language) for word in said)
    if foreign > 1 and foreign > own and foreign > other:
        return "foreign_language"
    if other > 1 and other > 4 * own and (other + both) * 3 > len(said):
        return "other_language"
    return None


def _ordered(language: Language) -> tuple[Language, ...]:
    return (language, *(other for other in LANGUAGES if other != language))


@cache
def _function_words(language: Language) -> frozenset[str]:
    return lexicon(language).words["function"]


@cache
def _distinct(language: Language) -> frozenset[str]:
    others = (_function_words(other) for other in LANGUAGES if other != language)
    return _function_words(language).difference(*others)
