import pytest

from simulator.content.lint import lint
from simulator.content.loader import examine_persona
from tests.content.examples import PERSONA, SCENARIO, found, lay_out


def persona(tmp_path, old, new):
    assert old in PERSONA
    folder = lay_out(tmp_path, {"keller": PERSONA.replace(old, new)}, {})
    return folder / "personas" / "keller.yaml"


@pytest.mark.parametrize("mark", ["AUSFÜLLEN:", "FILL IN:"])
def test_what_is_still_to_be_filled_in(tmp_path, mark):
    file = persona(tmp_path, "name: Frau Keller", f'name: "{mark} Name"')
    assert found(file) == [
        f"keller.yaml:19:9: this is still the template (“{mark} Name”) → write your own text there"
    ]


def test_a_text_that_was_copied_and_not_translated(tmp_path):
    german = "Glaubt nichts, was sie nicht schriftlich hat."
    file = persona(tmp_path, "Believes nothing she does not have in writing.", german)
    assert found(file, "de") == [
        "keller.yaml:39:12: der englische Text ist derselbe wie der deutsche → übersetze ihn"
    ]


def test_a_line_of_a_list_that_was_copied(tmp_path):
    text = SCENARIO.replace("You took the £39.90 twice.", "Sie haben die 39,90 € zweimal genommen.")
    folder = lay_out(tmp_path, {"keller": PERSONA}, {"doppelt": text})
    [line] = found(folder / "scenarios" / "doppelt.yaml")
    assert "the English text is the same as the German one" in line


def test_a_name_may_be_the_same_in_both_languages(tmp_path):
    assert found(persona(tmp_path, "name: Ms Keller", "name: Frau Keller")) == []


@pytest.mark.parametrize(("gone", "word"), [("de", "German"), ("en", "English")])
def test_a_language_that_is_missing_altogether(tmp_path, gone, word):
    german, english = PERSONA.split("\nen:\n")
    head, german = german.split("\nde:\n")
    text = f"{head}\nen:\n{english}" if gone == "de" else f"{head}\nde:\n{german}"
    [line] = found(lay_out(tmp_path, {"keller": text}, {}) / "personas" / "keller.yaml")
    assert line.startswith(f"keller.yaml:1:1: the {word} text is missing here")


def test_a_language_that_is_indented_too_far(tmp_path):
    german, english = PERSONA.split("\nen:\n")
    nested = "\n".join(f"  {line}" for line in f"en:\n{english}".splitlines())
    file = lay_out(tmp_path, {"keller": f"{german}\n{nested}\n"}, {}) / "personas" / "keller.yaml"
    assert found(file) == [
        "keller.yaml:37:3: “en” is indented too far → move it to the beginning of the line; what"
        " belongs to it stays indented"
    ]


def test_a_language_that_is_missing_in_one_place(tmp_path):
    text = SCENARIO.replace("    en: the bill of £39.90 was taken twice\n", "")
    folder = lay_out(tmp_path, {"keller": PERSONA}, {"doppelt": text})
    [line] = found(folder / "scenarios" / "doppelt.yaml", "de")
    assert line == (
        "doppelt.yaml:5:5: hier fehlt der englische Text → ergänze „en“ mit denselben Angaben"
        " wie „de“"
    )


@pytest.mark.parametrize(
    ("line", "hints"),
    [
        ("[„So geht das, seit Wochen.“]", ["23:16", "23:30"]),
        ("['So geht das\"']", ["23:16"]),
        ("['Man sagte „nein“ und “no”.']", []),
        ("['Der Schrank ist 19\" breit.']", []),
    ],
)
def test_a_quotation_mark_without_its_counterpart_is_a_hint(tmp_path, line, hints):
    file = persona(tmp_path, '["So geht das seit Wochen."]', line)
    problems = lint([file])
    odd = [problem for problem in problems if problem.key == "odd_quote"]
    assert [f"{problem.line}:{problem.column}" for problem in odd] == hints
    assert all(problem.hint for problem in odd)


def test_a_hint_keeps_nothing_from_being_used(tmp_path):
    file = persona(tmp_path, "Glaubt nichts, was", 'Glaubt "nichts, was')
    assert examine_persona(file).value is not None
    assert [problem.hint for problem in lint([file])] == [True]


@pytest.mark.parametrize("first", ["age 47", "age:47"])
def test_the_first_colon_is_missed_where_it_is_missing(tmp_path, first):
    assert found(persona(tmp_path, "age: 47", f"{first}\n# next")) == [
        "keller.yaml:1:1: the colon is missing here, or the space after it → write “name: value”"
    ]
