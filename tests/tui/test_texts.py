"""The texts of the app: both languages say the same, and nothing lacks a name."""

from __future__ import annotations

import string

import pytest

from simulator.domain.cue import Cue
from simulator.domain.emotion import Feeling
from simulator.domain.language import LANGUAGES
from simulator.domain.score import Dimension
from simulator.i18n import Texts
from simulator.i18n.catalogue import _catalogue
from simulator.tui.app import HoererApp
from simulator.tui.screens.briefing import BriefingPage, Guess
from simulator.tui.screens.case_file import CaseFileSheet
from simulator.tui.screens.compare import ComparePage
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.go_on import GoOnSheet
from simulator.tui.screens.help import HelpSheet
from simulator.tui.screens.home import HomePage
from simulator.tui.screens.my_practice import MyPracticePage
from simulator.tui.screens.note_sheet import NoteSheet
from simulator.tui.screens.other_side import OtherSidePage
from simulator.tui.screens.own_lines import OwnLinesPage, WordSearch
from simulator.tui.screens.practice import PracticePage
from simulator.tui.screens.problems import ProblemSheet
from simulator.tui.screens.replay import ReplayPage
from simulator.tui.widgets.choice import Choice
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.past_list import PastList
from simulator.tui.widgets.said_line import SaidLine
from simulator.tui.widgets.search import Search
from simulator.tui.widgets.span_picker import SpanPicker

OURS = {key for key in Texts("de").keys if key.startswith("app.")}
BOUND = (
    HoererApp, HomePage, PracticePage, DebriefPage, CaseFileSheet, HelpSheet, GoOnSheet, Composer,
    Search, ComparePage, PastList,
    ReplayPage, NoteSheet, Choice, SpanPicker, ProblemSheet,
    MyPracticePage, OwnLinesPage, WordSearch, SaidLine, OtherSidePage,
    BriefingPage, Guess,
)  # fmt: skip


def fields(language, key: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(_catalogue(language)[key]) if name}


def test_both_languages_have_the_same_texts_with_the_same_values():
    assert {key for key in Texts("en").keys if key.startswith("app.")} == OURS
    for key in OURS:
        assert fields("de", key) == fields("en", key), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_shown_by_name_has_one(language):
    texts = Texts(language)
    names = [f"scoring.cue.{cue}" for cue in Cue]
    names += [f"app.feeling{size}.{f}" for f in Feeling for size in ("", "_short")]
    names += [
        f"{key}.{d}" for d in Dimension for key in ("scoring.dimension", "app.dimension_short")
    ]
    assert [name for name in names if name not in texts] == []


@pytest.mark.parametrize("owner", BOUND)
def test_every_key_of_ours_has_an_id_and_is_named(owner):
    for binding in owner.BINDINGS:
        if binding.action == "help_quit":
            continue
        assert binding.id, binding
        assert f"app.keys.{binding.description}" in OURS, binding
        assert not binding.tooltip or f"app.keys.{binding.tooltip}" in OURS, binding
