from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from textual.widgets import OptionList

from simulator.coaching.pen import Pen
from simulator.domain.annotation import Remark, Span, standing
from simulator.domain.cue import Cue
from simulator.domain.score import Dimension
from simulator.errors import StoreError
from simulator.i18n import Texts
from simulator.settings import coach_name
from simulator.tui.call import Call
from simulator.tui.literal import harmless
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.remark import RemarkSheet
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.note_list import Noted, NoteList, note_content
from simulator.tui.widgets.note_text import LONGEST_NOTE, NoteText
from simulator.tui.widgets.span_picker import SpanPicker
from tests.calls import agent
from tests.tui.cast import CHARGED, YILMAZ, Stage, seen, until
from tests.tui.desk import GERMAN, desk, kept, opened

ONES = dict.fromkeys(Dimension, 1)


async def test_a_remark_has_kind_tag_words_and_text(stage: Stage):
    session = kept(stage)
    app = desk(stage, session)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await opened(app, pilot)
        await pilot.press("right", "right", "right", "n")
        await until(pilot, lambda: "Anmerkung zu Antwort 2" in seen(app))
        await pilot.press("right", "tab", "e", "tab", "right", "space", "right", "right", "space")
        await pilot.press("tab", *"Mehr ", "ctrl+j", *"davon", "enter")
        await until(pilot, lambda: app.screen is page and "Notiert." in seen(app))
        (note,) = stage.sessions.notes(session.id)
        assert isinstance(note, Remark)
        assert (note.kind, note.tag, note.author, note.turn) == (
            "advice", Dimension.EMPATHY, "Kim", 2,
        )  # fmt: skip
        assert note.text == "Mehr \ndavon"
        assert GERMAN[1][note.span.start : note.span.end] == "tut mir leid,"
        assert "✎ 1 Notiz" in seen(app)
        shown = page.query_one(NoteList).visual
        assert "→ Rat · Empathie" in str(shown) and "„tut mir leid,“" in str(shown)


async def test_an_empty_remark_is_not_kept_and_escape_discards(stage: Stage):
    session = kept(stage)
    app = desk(stage, session)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await opened(app, pilot)
        await pilot.press("n")
        assert app.screen is page
        await pilot.press("right", "n", "enter")
        await until(pilot, lambda: "Schreib noch, was du sagen möchtest." in seen(app))
        await pilot.press("tab", "tab", "tab", *"gut", "escape")
        assert app.screen is page and stage.sessions.notes(session.id) == ()


async def test_a_remark_is_cut_to_its_longest_and_cleaned(stage: Stage):
    session = kept(stage)
    app = desk(stage, session)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("right", "n")
        await until(pilot, lambda: isinstance(app.screen, RemarkSheet))
        app.screen.query_one(NoteText).text = "\x1b[31m" + "x" * (LONGEST_NOTE + 99)
        await pilot.press("enter")
        await until(pilot, lambda: stage.sessions.notes(session.id))
        text = stage.sessions.notes(session.id)[0].text
        assert text.startswith("[31mx") and len(text) == LONGEST_NOTE


async def test_the_words_can_be_chosen_backwards_and_cleared(stage: Stage):
    app = desk(stage, kept(stage))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("right", "n", "tab", "tab", *["right"] * 9, "space", *["left"] * 20)
        picker = app.screen.query_one(SpanPicker)
        assert picker.span == Span(start=0, end=len(GERMAN[0]))
        await pilot.press("backspace")
        assert picker.span is None
        await until(pilot, lambda: "(die ganze Antwort)" in seen(app))


async def test_the_word_stays_in_sight_in_a_long_mail(stage: Stage):
    mail = "\n".join(f"Zeile {n} mit dem Wort-{n:02} am Ende" for n in range(40))
    app = desk(stage, kept(stage, replies=[mail]))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("right", "n", "tab", "tab")
        picker = app.screen.query_one(SpanPicker)
        for number in (39, 20, 0):
            picker.cursor = number * 7 + 4
            await until(pilot, lambda n=number: f"Wort-{n:02}" in seen(app))


async def test_overruling_shows_the_machines_value_and_keeps_both(stage: Stage):
    session = kept(stage)
    app = desk(stage, session)
    async with app.run_test(size=(120, 40)) as pilot:
        page = await opened(app, pilot)
        await pilot.press("right", "right", "right", "o")
        await until(pilot, lambda: "Maschine 78 (stark)" in seen(app))
        await pilot.press("right")
        await until(pilot, lambda: "Maschine 59 (schwach)" in seen(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Wähle noch deinen Wert" in seen(app))
        await pilot.press("tab", "2", "enter")
        await until(pilot, lambda: "ohne Grund hilft die Korrektur niemandem" in seen(app))
        await pilot.press("tab", *"greift auf", "enter")
        await until(pilot, lambda: app.screen is page and "Kim: 2 (stark)" in seen(app))
        (note,) = stage.sessions.notes(session.id)
        assert (note.dimension, note.label, note.reason) == (Dimension.LISTENING, 2, "greift auf")
        assert "Maschine 59 (schwach)" in seen(app)
        assert page._reply.scores.listening.value == 59


async def test_a_second_overruling_of_the_same_dimension_stands_for_the_first(stage: Stage):
    session = kept(stage)
    robin = Pen("Robin", 1).overruling(Dimension.EMPATHY, 0, "anders")
    stage.sessions.annotate(session.id, robin)
    app = desk(stage, session)
    async with app.run_test(size=(120, 40)) as pilot:
        page = await opened(app, pilot)
        await pilot.press("right")
        for label in "21":
            await pilot.press("o", "tab", label, "tab", *"weil", "enter")
            await until(pilot, lambda n=label: f"Kim: {n} (" in seen(app) and app.screen is page)
        held = standing(stage.sessions.notes(session.id))
        assert {(note.author, note.label) for note in held} == {("Robin", 0), ("Kim", 1)}


async def test_only_ones_own_note_can_be_taken_back(stage: Stage):
    session = kept(stage)
    for note in (Pen("Robin", 1).remark("praise", "fein"), Pen("Kim", 1).remark("advice", "hm")):
        stage.sessions.annotate(session.id, note)
    app = desk(stage, session)
    async with app.run_test(size=(120, 40)) as pilot:
        page = await opened(app, pilot)
        assert not page.check_action("withdraw", ())
        await pilot.press("right", "x")
        await until(pilot, lambda: "Eigene Notiz zurücknehmen" in seen(app))
        assert app.screen.query_one(OptionList).option_count == 1
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is page and "Zurückgenommen." in seen(app))
        assert [n.text for n in standing(stage.sessions.notes(session.id))] == ["fein"]
        assert len(stage.sessions.notes(session.id)) == 3
        assert not page.check_action("withdraw", ())


async def test_a_note_that_cannot_be_kept_is_told_and_the_desk_stays(stage: Stage, monkeypatch):
    session = kept(stage)
    app = desk(stage, session)
    async with app.run_test(size=(120, 40)) as pilot:
        page = await opened(app, pilot)

        def full(*_):
            raise StoreError("store_disk_full", folder="/dort")

        monkeypatch.setattr(stage.sessions, "annotate", full)
        await pilot.press("right", "n", "tab", "tab", "tab", *"gut", "enter")
        await until(pilot, lambda: "kein Platz mehr" in page.query_one(Banner).sentence[1])
        assert page.check_action("remark", ())


async def test_the_trainee_reads_remarks_and_corrections_but_no_blind_ratings(stage: Stage):
    session = kept(stage)
    kim, robin = Pen("Kim [Coach]", 2), Pen("Robin", 2)
    taken_back = robin.remark("advice", "Vergiss es")
    for note in (
        kim.remark("praise", "Kurz und [b]genau[/b].", Cue.SPECIFIC_APOLOGY, Span(start=0, end=15)),
        kim.overruling(Dimension.LISTENING, 2, "Sie greift den Betrag auf."),
        robin.rating(ONES),
        taken_back,
        robin.withdrawal(taken_back),
    ):
        stage.sessions.annotate(session.id, note)
    app = stage.app()
    async with app.run_test(size=(120, 120)) as pilot:
        await until(pilot, lambda: app.line.switchboard)
        call = Call(YILMAZ, CHARGED, "de", "yilmaz", "doppelt", session=session)
        notes = stage.sessions.notes(session.id)
        app.push_screen(DebriefPage(app.texts, call, session, notes))
        await until(pilot, lambda: "Was dein Coach dazu sagt" in seen(app))
        text = seen(app)
        for words in (
            "Zu deiner Antwort Nr. 2", "+ Lob · Entschuldigung mit Grund", "Kim [Coach], ",
            "„Es tut mir leid“", "Kurz und [b]genau[/b].", "Kim [Coach]: 2 (stark)",
            "Maschine 59 (schwach)", "Sie greift den Betrag auf.",
        ):  # fmt: skip
            assert words in text
        assert "Vergiss es" not in text and "Blindes Urteil" not in text


async def test_a_debrief_opened_from_home_has_the_notes(stage: Stage):
    session = kept(stage)
    stage.sessions.annotate(session.id, Pen("Kim", 1).remark("praise", "Schöner Einstieg."))
    app = stage.app()
    async with app.run_test(size=(120, 120)) as pilot:
        await until(pilot, lambda: app.past and app.catalogue)
        app._reopen(session.id)
        await until(pilot, lambda: "Schöner Einstieg." in seen(app))


NASTY = st.text(
    st.sampled_from("[]/=\\\"'ab @$#red\x1b\x07\x00\x9b\r\n\t")
    | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=60,
)


@given(text=NASTY, author=NASTY, reply=NASTY, reason=NASTY)
@pytest.mark.parametrize("language", ["de", "en"])
def test_whatever_is_in_a_note_is_words_and_nothing_else(language, text, author, reply, reason):
    texts, turn = Texts(language), agent(1, reply)
    pen = Pen(author, 1)
    span = Span(start=0, end=len(reply) + 5)
    for note, words in (
        (pen.remark("praise", text, Cue.THANKS, span), text),
        (pen.overruling(Dimension.EMPATHY, 1, reason), reason),
        (pen.rating(ONES), ""),
    ):
        content = note_content(note, turn, texts)
        assert not any((ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 for c in content.plain)
        assert harmless(words) in content.plain
        plain = note_content(
            note.model_copy(update={"author": "x"} | ({"text": "y"} if words == text else {})),
            turn, texts,
        )  # fmt: skip
        # no style but those that every note of its kind has
        assert {s.style for s in content.spans} <= {s.style for s in plain.spans} | {""}


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
@given(reply=NASTY.filter(str.strip), text=NASTY.filter(str.strip), author=NASTY.filter(str.strip))
async def test_brackets_and_control_characters_neither_crash_nor_steer_the_desk(
    tmp_path_factory, reply, text, author
):
    stage = Stage(tmp_path_factory.mktemp("stage"))
    session = kept(stage, replies=[reply])
    author = coach_name(author)
    note = Pen(author, 1).remark("advice", text, None, Span(start=0, end=len(reply)))
    stage.sessions.annotate(session.id, note)
    app = stage.app(coach=author, replay=session.id)
    async with app.run_test(size=(120, 40)) as pilot:
        page = await opened(app, pilot)
        await pilot.press("right")
        assert page.query_one(NoteList).noted == Noted(page._reply, (note,))
        for key in ("n", "o", "x"):
            await pilot.press(key)
            await until(pilot, lambda: app.screen is not page)
            assert "\x1b" not in seen(app)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is page)
        await pilot.press("r")
        assert "\x1b" not in seen(app) and "\x07" not in seen(app)
