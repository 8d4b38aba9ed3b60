"""Whatever a file contains, reading it ends in a value or in problems that can be found."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.content.loader import examine_persona, examine_scenario
from simulator.content.nodes import plain, resolve
from simulator.content.parsing import libyaml, parse, ruamel
from simulator.content.problems import Findings
from simulator.domain.language import LANGUAGES
from tests.content.examples import PERSONA, SHORT_SCENARIO

PATIENT = settings(
    deadline=None,
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
YAMLISH = st.text(
    alphabet="ab:-[]{}\"'\\|>?!&*#%@ \n\t,é\x85\u2028\ufeff\ud800\x1b0x1.~<", max_size=60
)


@st.composite
def damaged(draw, sound: str) -> bytes:
    """A sound file in which something was cut out and something else put in."""
    start = draw(st.integers(0, len(sound)))
    end = min(len(sound), start + draw(st.integers(0, 40)))
    text = sound[:start] + draw(st.one_of(YAMLISH, st.text(max_size=5))) + sound[end:]
    return text.encode("utf-8", "surrogatepass")


def has_an_end(data: bytes, folder) -> None:
    file = folder / "anyone.yaml"
    file.write_bytes(data)
    lines = re.split(r"\r\n|[\r\n]", data.decode("utf-8-sig", "replace"))
    for examined in (examine_persona(file), examine_scenario(file, frozenset())):
        broken = [problem for problem in examined.problems if not problem.hint]
        assert (examined.value is None) == bool(broken)
        for problem in examined.problems:
            assert 1 <= problem.line <= len(lines), problem
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem
            for language in LANGUAGES:
                printed = problem.render(language)
                assert len(printed.splitlines()) == 1
                assert "\x1b" not in printed


@PATIENT
@given(data=st.one_of(st.binary(max_size=80), YAMLISH.map(lambda t: t.encode("utf-8", "replace"))))
def test_any_bytes(tmp_path, data):
    has_an_end(data, tmp_path)


@PATIENT
@given(data=damaged(PERSONA))
def test_a_damaged_persona(tmp_path, data):
    has_an_end(data, tmp_path)


@settings(PATIENT, max_examples=20)
@given(data=damaged(SHORT_SCENARIO))
def test_a_damaged_scenario(tmp_path, data):
    has_an_end(data, tmp_path)


@PATIENT
@given(text=st.one_of(YAMLISH, damaged(PERSONA).map(lambda d: d.decode("utf-8", "replace"))))
def test_both_parsers_agree_where_the_quick_one_is_content(tmp_path, text):
    quick, slow = Findings(tmp_path), Findings(tmp_path)
    by_libyaml = parse(text, libyaml, quick)
    by_ruamel = parse(text, ruamel, slow)
    if by_libyaml and by_ruamel and not quick.problems and not slow.problems:
        assert plain(by_libyaml) == plain(by_ruamel)


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029"])
def test_a_line_break_of_old_yaml_is_left_to_the_slow_parser(tmp_path, mark):
    findings = Findings(tmp_path)
    assert parse(f"age:{mark}style: kurz", libyaml, findings) is None
    assert findings.problems


@pytest.mark.parametrize(
    "text",
    ["[" * 5000, "a: " + "{b: " * 5000, "- " * 5000, "? " * 5000],
    ids=["brackets", "braces", "lists", "keys"],
)
def test_deep_nesting_is_refused_at_once(tmp_path, text):
    has_an_end(text.encode(), tmp_path)


@pytest.mark.parametrize("text", ['a: "\\UFFFFFFFF"', "%YAML 9.9\n---\na: 1", '"\\ud800": 1'])
def test_what_ruamel_stumbles_over(tmp_path, text):
    has_an_end(text.encode(), tmp_path)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("null", None),
        ("true", True),
        ("yes", "yes"),
        ("12", 12),
        ("-1.5", -1.5),
        ("1e3", 1000.0),
        ("2025-07-14", "2025-07-14"),
        ("12:30", "12:30"),
        (".inf", ".inf"),
        ("9" * 30, 1e30),
    ],
)
def test_unquoted_words_mean_what_an_author_expects(text, value):
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


def test_both_parsers_read_a_folded_text_alike():
    text = "a: >-\n  one\n  two\n\n  three\nb: |\n  x\n  y\n"
    for events in (libyaml, ruamel):
        root = parse(text, events, Findings(Path("x.yaml")))
        values = {name: node.value for name, (_, node) in root.entries.items()}
        assert values == {"a": "one two\nthree", "b": "x\ny\n"}
