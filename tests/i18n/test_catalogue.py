import ast
import locale
import re
import string
import tomllib
from pathlib import Path

import pytest

import simulator
from simulator.domain.language import LANGUAGES
from simulator.errors import UsageError
from simulator.i18n import Texts, explain, system_language

HOUSE = Path(simulator.__file__).parent
ERRORS = {"HoererError", "UsageError", "ContentError", "ModelError", "StoreError"}


def texts_of(language):
    """Return every text of a language by its key, read from the files themselves."""

    def flat(prefix, table):
        for key, value in table.items():
            if isinstance(value, dict):
                yield from flat(f"{prefix}.{key}", value)
            else:
                yield f"{prefix}.{key}", value

    return dict(
        text
        for file in sorted((HOUSE / "i18n" / language).glob("*.toml"))
        for text in flat(file.stem, tomllib.loads(file.read_text(encoding="utf-8")))
    )


DE, EN = texts_of("de"), texts_of("en")


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_rooms_and_keys():
    rooms = [{file.name for file in (HOUSE / "i18n" / each).iterdir()} for each in LANGUAGES]
    assert rooms[0] == rooms[1]
    assert sorted(DE.keys() ^ EN.keys()) == []
    assert Texts("de").keys == DE.keys()
    assert Texts("en").keys == EN.keys()


@pytest.mark.parametrize("key", sorted(DE.keys() & EN.keys()))
def test_both_languages_fill_in_the_same_values(key):
    assert placeholders(DE[key]) == placeholders(EN[key])
    assert DE[key].strip()
    assert EN[key].strip()


def subclasses():
    """Return the names of every class in the house that is an error for people."""
    names = set(ERRORS)
    for file in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                if bases & names:
                    names.add(node.name)
    return names


def raised():
    """Return every key an error is made with, with its place and the names of its values."""
    found = []
    names = subclasses()
    for file in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in names
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                given = {keyword.arg for keyword in node.keywords}
                place = f"{file.relative_to(HOUSE)}:{node.lineno}"
                found.append(
                    pytest.param(node.args[0].value, given, id=f"{place}-{node.args[0].value}")
                )
    return found


RAISED = raised()


def test_the_search_finds_the_errors_of_the_house():
    assert len(RAISED) > 20


@pytest.mark.parametrize(("key", "given"), RAISED)
def test_every_error_has_its_sentence_and_the_values_for_it(key, given):
    for texts in (DE, EN):
        sentence = texts[f"errors.{key}"]
        if None not in given:  # a ** of values is known only where it is made
            assert {name.split(".")[0] for name in placeholders(sentence)} <= given


def test_every_sentence_belongs_to_an_error():
    """A sentence nobody says is one that nobody keeps right."""
    strings = {
        node.value
        for file in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unsaid = [
        key
        for key in (name.removeprefix("errors.") for name in DE if name.startswith("errors."))
        if key not in strings and not key.endswith("_near")
    ]
    assert unsaid == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_ends_as_one(language):
    texts = DE if language == "de" else EN
    for key, text in texts.items():
        if key.startswith("errors."):
            assert text.endswith((".", "?", "}")), key
            assert "  " not in text, key


def prose(text):
    """Return ``text`` without the quotation mark that a YAML file escapes, which is shown as is."""
    return text.replace('\\"', "")


def test_german_prose_has_german_quotation_marks():
    for key, text in DE.items():
        assert '"' not in prose(text), key
        assert text.count("„") == text.count("“"), key
        assert "”" not in text, key
        # An apostrophe between letters or around a command is none of a quotation.
        assert not re.search(r"(?<![\w=' ])'\w[^']*'(?![\w ])", text), key


def test_english_prose_has_english_quotation_marks():
    for key, text in EN.items():
        assert '"' not in prose(text), key
        assert "„" not in text, key
        assert text.count("“") == text.count("”"), key


def test_values_are_filled_in_and_their_braces_left_alone():
    error = UsageError("unknown_persona_near", name="{x} [b]", suggestion="keller")
    assert explain(error, "de") == "Eine Persona „{x} [b]“ gibt es nicht; meintest du „keller“?"
    assert "keller" in explain(error, "en")


def test_a_missing_key_is_a_mistake_of_the_house():
    texts = Texts("de")
    assert "errors.no_such_sentence" not in texts
    with pytest.raises(KeyError):
        texts("errors.no_such_sentence")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "de"),
        ({"LANG": "C"}, "de"),
        ({"LANG": "C.UTF-8"}, "de"),
        ({"LANG": "POSIX"}, "de"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "de_DE.UTF-8"}, "de"),
        ({"LC_MESSAGES": "de_DE.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "de_DE.UTF-8", "HOERER_LANG": "en"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "HOERER_LANG": "de"}, "de"),
        ({"LANG": "en_US.UTF-8", "HOERER_LANG": "DE"}, "de"),
    ],
)
def test_the_language_of_the_system(monkeypatch, environment, language):
    for name in ("HOERER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(locale, "getlocale", lambda: (None, None))
    assert system_language() == language
