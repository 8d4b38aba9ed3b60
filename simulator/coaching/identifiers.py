"""One pattern for what identifies a customer without being a name, and for what only looks so."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["name", "phone", "number", "email", "iban"]

_IBAN_LENGTHS = {
    15: "NO", 16: "BE", 18: "DK|FI|NL", 20: "AT|LU", 21: "CH|LI", 22: "DE|GB|IE",
    24: "CZ|ES|SE", 25: "PT", 27: "FR|IT", 28: "PL",
}  # fmt: skip
_IBAN = "|".join(
    rf"(?:{countries})[ -]?\d[ -]?\d(?:[ -]?[A-Z0-9]){{{length - 4}}}"
    for length, countries in _IBAN_LENGTHS.items()
)
_UNIT = (
    r"(?:€|\$|£|%|(?:Euros?|EUR|Cents?|USD|GBP|CHF|Franken|dollars?|pounds?|pence|quid|Prozent|"
    r"per\s?cent|percent|Uhr|o['’]clock|[KMGT]?bit|[KMGT]B|Watt|kW|kWh|km|cm|mm|kg|"
    r"Tagen?|Stunden?|Minuten?|Wochen?|Monaten?|Jahren?|days?|hours?|minutes?|weeks?|months?|"
    r"years?)\b)"
)
_KEPT = "|".join(
    (
        r"\d{4}-\d\d-\d\d(?!\d)",
        r"\d{1,2}\.\s?\d{1,2}\.(?:\s?(?:19|20)\d\d|\d\d(?!\d))?(?![\d/-])",
        r"(?:0?[1-9]|[12]\d|3[01])(?P<mark>[/-])(?:0?[1-9]|[12]\d|3[01])(?P=mark)"
        r"(?:(?:19|20)\d\d|\d\d)(?![\d/-])",
        r"\d{1,2}:\d\d(?::\d\d)?(?!\d)",
        r"(?:€|\$|£|(?:EUR|USD|GBP|CHF)\b)\s?\d[\d.,]*(?:\s\d{3}(?!\d))*",
        rf"\d++(?:[.,]\d++|[ ]\d{{3}}(?!\d))*+(?:,?[-–]+)?\s?{_UNIT}",
        r"(?!0\d)\d{1,7}[.,]\d\d(?![\d.])",
        r"(?!0)\d{1,3}(?:\.\d{3})+(?![\d.])",
        r"(?:19|20)\d\d[ /-]+(?:19|20)\d\d(?!\d)",
    )
)
_EMAIL = (
    r"(?<![\w.+%-])[\w.+%-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|(?<![\w-])[\w-]{1,64}(?:\s(?:punkt|dot)\s[\w-]{1,64}){0,3}\s(?:at|ät|klammeraffe)\s[\w-]{1,63}"
    r"\s(?:punkt|dot)\s(?:de|com|net|org|at|ch|eu|uk)\b"
)
_PHONE = (
    r"(?:\+|00)\d{1,3}(?:[\s/().-]{0,3}\d){6,14}"
    r"|\(?0\d{1,5}\)?(?:[ \t/.-]{0,3}\d){4,12}"
    r"|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}"
)
_LINK = (
    r"(?:\s*(?:ist|lautet|war|wäre|is|was|would\s+be|die|das|the|also|mal|nochmal|auf|on|unter|"
    r"Nummer|number|nr\.?|no\.?|[:=#,–-]))"
)
_VALUE = (
    rf"(?:(?-i:[A-Z]){{1,4}}[-/ ]?)?\d++(?:(?:[/-]|[ ](?!\d+[.,:]\d|\d+\s?{_UNIT}))\d++"
    rf"|(?-i:[A-Z])(?=[\d-]))*+(?!\s?{_UNIT})(?![.,]\d)"
)
_PHONE_WORD = (
    r"(?:Telefon(?:nummer)?|Tel\.?|Handy(?:nummer)?|Mobil(?:nummer|funk|funknummer)?|Festnetz"
    r"(?:nummer)?|Rückruf(?:nummer)?|Durchwahl|(?:erreichbar|erreichen|anrufen|zurückrufen|zurück|"
    r"an)\s+unter|(?:tele)?phone(?:\s+number)?|mobile(?:\s+number)?|cell(?:\s?phone)?(?:\s+number)?"
    r"|(?:call|reach|ring)\s+(?:me|us|you|him|her)(?:\s+back)?\s+(?:on|at)|extension)"
)
_NUMBER_WORD = (
    r"(?:\w*(?:nummer|-nr|(?<=[a-zß])nr)\.?|Aktenzeichen|Kundenkonto|Kontonr\.?|Kunden-?ID|"
    r"(?:customer|contract|order|account|invoice|reference|ticket|case|booking|policy|member|"
    r"membership|tracking|serial|meter|card|client|complaint)\s?"
    r"(?:number|no\b\.?|num\b|id\b|code|ref(?:erence)?\b)|reference|"
    r"(?:Auftrag|Bestellung|Vertrag|Ticket|Vorgang|Rechnung|order|contract|ticket|case|invoice|"
    r"account|Nr\.|number|no\.|#))"
)
_DIGIT = (
    r"(?:null|eins?|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|doppel\w+|zero|oh|one|two|"
    r"three|four|five|six|seven|eight|nine|double|triple)"
)

IDENTIFIER = re.compile(
    rf"(?P<email>{_EMAIL})"
    rf"|(?<!\w)(?P<iban>{_IBAN})(?!\w)"
    rf"|(?<![\w-])(?P<kept>{_KEPT})"
    rf"|(?<!\w){_PHONE_WORD}{_LINK}{{0,4}}\s*"
    r"(?P<phone_value>[+(]{0,2}\d(?:[ \t/.()-]{0,3}\d)*)(?!\d)"
    rf"|(?<![^\W_]){_NUMBER_WORD}{_LINK}{{0,4}}\s*(?P<value>{_VALUE})"
    rf"|(?<![\w.,])(?P<phone>{_PHONE})(?![\d])"
    r"|(?<![\w.,])(?P<value_alone>(?:(?-i:[A-Z]){1,4}[-/]?\d{5,}|\d(?:[ /-]?\d){5,})"
    rf"(?![.,]?\d)(?!\s?{_UNIT}))"
    rf"|\b(?P<spoken>(?:{_DIGIT}[\s,-]+){{4,}}{_DIGIT})\b",
    re.IGNORECASE,
)
_PLAIN: tuple[Kind, ...] = ("email", "iban", "phone")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[ /-](?:19|20)\d\d)*")
_NAMED_NUMBER = re.compile(r"nummer|nr|number|no\b|#|id\b|code|ref|zeichen", re.IGNORECASE)


def kind_of(match: re.Match[str]) -> Kind | None:
    """Return what an ``IDENTIFIER`` is, None for an amount, date, time or small number."""
    for kind in _PLAIN:
        if match[kind]:
            return kind
    if match["phone_value"]:
        return "phone" if _digits(match["phone_value"]) > 3 else None
    if match["spoken"]:
        begins = match["spoken"].casefold()
        return "phone" if begins.startswith(("null", "zero", "oh")) else "number"
    return _labelled(match) if match["value"] else "number" if match["value_alone"] else None


def _labelled(match: re.Match[str]) -> Kind | None:
    value = match["value"]
    before = match[0][: -len(value)]
    if _digits(value) < 3 or (_YEAR.fullmatch(value) and not _NAMED_NUMBER.search(before)):
        return None
    return "phone" if re.fullmatch(_PHONE, value) else "number"


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)
