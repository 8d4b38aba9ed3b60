from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.coaching.development import development
from simulator.coaching.opinions import NotedCall
from simulator.coaching.report import call_report, trainee_report
from simulator.content.catalogue import Catalogue
from simulator.domain.annotation import BlindRating, Note, Overruling, Remark, Span, Withdrawal
from simulator.domain.conversation import CallStarted, Fork, HeardTurn, Session
from simulator.domain.cue import Cue
from simulator.domain.emotion import Feeling, LedgerEntry
from simulator.domain.exam import PassMarks
from simulator.domain.hint import Hint
from simulator.domain.language import LANGUAGES
from simulator.domain.score import Alternative, Dimension, DimensionScore, Evidence, TurnScores
from simulator.i18n import Texts
from tests.calls import NOON, agent, call, customer, ended, logs, started
from tests.coaching.pages import Page

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
DE = Texts("de")
CATALOGUE = Catalogue.load()
REPLY = "Drei Wochen warten Sie schon. Da müssen Sie sich gedulden."
NASTY = st.lists(
    st.sampled_from(
        ["<script>alert(1)</script>", "&amp;", "&", '"', "'", "]]>", "-->", "{{ 7 * 7 }}", "{x}",
         "[bold]", "</p>", "<b", "\x00", "\x1b[2J", "\u202e", "\n", "ß", "🙂", "https://x.example"]
    ),
    min_size=1,
    max_size=4,
).map("".join)  # fmt: skip


def rated() -> TurnScores:
    helps = Evidence(start=0, end=28, cue=Cue.TAKEN_UP_FACT, polarity="positive")
    hurts = Evidence(start=33, end=43, cue=Cue.MUST, polarity="negative")
    return TurnScores(
        empathy=DimensionScore(value=20, confidence=0.7, reason="Du machst Vorschriften."),
        listening=DimensionScore(value=48, confidence=0.6, evidence=(helps,)),
        de_escalation=DimensionScore(value=80, confidence=0.5, evidence=(hurts,)),
        alternative=Alternative(text="Das ist lang.", context="Ich warte!", dialogue="d1"),
    )


def practised(persona: str = "krueger", scenario: str = "heizung-kalt") -> Session:
    ledger = (
        LedgerEntry(feeling=Feeling.ANGER, rule="listening", amount=-2.0),
        LedgerEntry(feeling=Feeling.ANGER, rule="trigger", amount=-0.5, detail="<Geduld>"),
    )
    answer = customer(1).model_copy(
        update={"ledger": ledger, "need": True, "facts": ("brother_ill", "gone")}
    )
    return Session.of(
        (
            started().model_copy(update={"persona": persona, "scenario": scenario}),
            agent(1, REPLY).model_copy(update={"scores": rated()}),
            answer,
            agent(2, value=None),
            ended(),
        )
    )


def outside(trainee: str = "Mia") -> Session:
    start = started(trainee=trainee).model_copy(
        update={"origin": "outside", "persona": "Kunde", "scenario": "mitschnitt.txt"}
    )
    return Session.of(
        (start, HeardTurn(turn=0, at=NOON, text="Endlich!"), agent(1),
         HeardTurn(turn=1, at=NOON, text="Na gut."))
    )  # fmt: skip


NOTES: tuple[Note, ...] = (
    Remark(
        id="n0000001", author="Anna", at=NOW, turn=1, kind="praise", text="Genau so.",
        tag=Cue.PARAPHRASE, span=Span(start=0, end=28),
    ),
    Remark(
        id="n0000002", author="Jonas", at=NOW, turn=1, kind="advice", text="Ohne „müssen“.",
        tag=Dimension.EMPATHY,
    ),
    Overruling(
        id="n0000003", author="Anna", at=NOW, turn=1, dimension=Dimension.EMPATHY, label=1,
        reason="Freundlich war es.",
    ),
    BlindRating(
        id="n0000004", author="Jonas", at=NOW, turn=1, empathy=0, listening=2, de_escalation=1
    ),
    Remark(id="n0000005", author="Anna", at=NOW, turn=1, kind="praise", text="Zurückgenommen."),
    Withdrawal(
        id="n0000006", author="Anna", at=NOW + timedelta(1), turn=1, replaces="n0000005"
    ),
)  # fmt: skip


def report(session: Session, *notes: Note, texts: Texts = DE) -> Page:
    page = Page(call_report(NotedCall(session, notes), CATALOGUE, texts, NOW))
    page.check()
    return page


def course(*calls: NotedCall, name: str = "Mia") -> Page:
    page = Page(trainee_report(name, calls, CATALOGUE, DE, NOW))
    page.check()
    return page


def in_order(text: str, *parts: str) -> None:
    place = 0
    for part in parts:
        place = text.find(part, place)
        assert place >= 0, part


def test_the_effect_comes_first_and_the_seed_last():
    text = report(practised()).text
    in_order(
        text, "Mia", "Herr Krüger geht ruhiger", "8,0", "5,5", "▼ −2,5", "Verlauf",
        "Das Gespräch", REPLY[:5], "Was dahintersteckte", "Ein guter Ausgang", "Startwert 7",
        "customer: drehbuch 0f", "c0ffee",
    )  # fmt: skip
    assert "Die Heizung bleibt kalt" in text


def test_scores_stand_in_words_and_numbers_with_their_reasons():
    text = report(practised()).text
    in_order(text, "Empathie", "gar nicht · 20", "zu 70\u00a0% sicher", "Du machst Vorschriften.")
    in_order(text, "Zuhören", "schwach · 48", "Deeskalation", "stark · 80")
    assert text.count("ohne Wertung") == 3


def test_marked_words_are_told_apart_without_colour():
    page = report(practised())
    classes = [a.get("class") for a in page.all("span")]
    assert "mark positive" in classes
    assert "mark negative" in classes
    assert "text-decoration-style: wavy" in page.styles
    in_order(page.text, "▲1", "Drei Wochen warten Sie schon", "▼2", "müssen Sie")
    assert "▲1 hilft: „Drei Wochen warten Sie schon“ – Aufgegriffen (Zuhören)" in page.text
    assert "▼2 schadet: „müssen Sie“ – „Sie müssen“ (Deeskalation)" in page.text


def test_what_moved_the_customer_is_told_with_its_reasons():
    text = report(practised()).text
    in_order(
        text, "Na endlich.", "Lungenentzündung", "gone", "Sagt hier, worum es eigentlich geht."
    )
    in_order(text, "5,5 ▼ −2,5", "dein Zuhören −2,0; wunder Punkt: <Geduld> −0,5")


def test_a_coachs_label_stands_beside_the_machines():
    text = report(practised(), *NOTES).text
    in_order(text, "gar nicht · 20", "Coach: schwach", "Anna, 04.03.2026", "Freundlich war es.")


def test_remarks_and_blind_ratings_are_shown_and_withdrawn_ones_are_not():
    text = report(practised(), *NOTES).text
    in_order(
        text, "+ Lob", "· In eigenen Worten wiedergegeben", "„Drei Wochen warten Sie schon“",
        "Genau so.", "→ Rat", "· Empathie", "Ohne „müssen“.", "Blind bewertet", "Jonas",
        "Empathie: gar nicht · Zuhören: stark · Deeskalation: schwach",
    )  # fmt: skip
    assert "Zurückgenommen" not in text


def test_the_alternative_and_the_need_are_there():
    text = report(practised()).text
    in_order(text, "Besser zum Beispiel", "„Das ist lang.“", "„Ich warte!“")
    in_order(
        text, "sitzt nachts am Bett", "Herr Krüger hat es dir gesagt.", "Der Fehler wird benannt"
    )


def test_what_the_catalogue_has_no_more_is_called_by_its_id():
    text = report(practised("niemand", "nirgends")).text
    in_order(text, "nirgends", "niemand", "Die Datei dieses Falls ist nicht mehr da")


@pytest.mark.parametrize(("content", "told"), [("c0ffee", True), ("", False), (None, False)])
def test_changed_files_are_told(content: str | None, told: bool):
    session = practised()
    if content is None:
        content = CATALOGUE.fingerprint("krueger", "heizung-kalt")
    start = session.started.model_copy(update={"content": content})
    text = report(session.model_copy(update={"started": start})).text
    assert ("seit dem Gespräch geändert" in text) is told


def test_a_call_from_outside_has_words_and_scores_but_no_state():
    page = report(outside(), *NOTES)
    in_order(page.text, "mitschnitt.txt", "von außen hereingeholt", "weiß", "Endlich!", "Na gut.")
    assert len(page.all("svg")) == 1
    for nowhere in ("Ärger", "Startwert", "dahintersteckte", "aufgelegt", "offen."):
        assert nowhere not in page.text


def test_a_fork_names_what_it_left():
    start = started().model_copy(update={"forked": Fork(session="f00", turn=2)})
    assert "Abzweigung von Gespräch f00 ab Antwort 2" in report(Session.of((start, agent(1)))).text


def test_nothing_said_yet():
    page = report(Session.of((started(),)))
    assert "noch niemand etwas gesagt" in page.text
    assert page.all("svg") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_leave_no_key_unsaid(language):
    page = report(practised(), *NOTES, texts=Texts(language))
    assert page.all("html") == [{"lang": language}]
    assert not re.search(r"\b(report|app|scoring)\.[a-z_]+\.", page.text)


def test_the_drawings_have_a_text_alternative_and_the_points_of_the_call():
    page = report(practised())
    described = "".join(words for tag, words in page.words if tag == "desc")
    assert "Ärger: 0: 8,0; 1: 5,5." in described
    assert [a["role"] for a in page.all("svg")] == ["img", "img"]
    feelings = page.all("polyline")[0]["points"]
    heights = [float(point.split(",")[1]) for point in str(feelings).split()]
    levels = [(172 - y) / (172 - 14) * 10 for y in heights]
    assert levels == pytest.approx([8.0, 5.5], abs=0.01)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=25)
@given(st.lists(NASTY, min_size=8, max_size=8))
def test_all_text_is_data(words):
    name, reply, answer, reason, remark, author, persona, part = words
    start = started(trainee=name).model_copy(update={"persona": persona, "models": {part: name}})
    scores = rated().model_copy(
        update={
            "empathy": DimensionScore(value=1, reason=reason),
            "alternative": Alternative(text=answer, context=reply, dialogue=name),
        }
    )
    session = Session.of(
        (start, agent(1, reply).model_copy(update={"scores": scores}), customer(1, answer))
    )
    note = Remark(id="n0000001", author=author, at=NOW, turn=1, kind="praise", text=remark)
    call = NotedCall(session, (note,))
    everywhere = (name, reply, remark, author, persona)
    for page, there in (
        (report(session, note), (*everywhere, answer, reason)),
        (course(call, name=name), everywhere),
    ):
        read = re.sub(r"[▲▼]\d+", "", page.text)
        for words_there in there:
            assert shown(words_there) in read


def shown(words: str) -> str:
    """Return ``words`` less what cannot be seen."""
    return "".join(c for c in words if c not in "\x00\x1b\u202e")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=25)
@given(logs())
def test_every_call_has_a_report(log):
    session = Session.of(log)
    report(session)
    course(NotedCall(session))


def at(session: str, days: int, value: float | None, **changes: object) -> NotedCall:
    start = started(session, minutes=days * 1440)
    start = CallStarted.model_validate({**start.model_dump(), **changes})
    words = f"Antwort aus {session}"
    return NotedCall(Session.of((start, agent(1, words, value), customer(1))))


def test_the_course_runs_in_the_order_of_time_without_forks_and_silence():
    calls = [
        at("third", 3, 90), at("first", 1, 30), at("second", 2, 50),
        at("fork", 2, 99, forked=Fork(session="first", turn=1)),
        NotedCall(Session.of((started("silent"),))),
    ]  # fmt: skip
    found = development(calls, CATALOGUE)
    assert [(s.number, s.session.id) for s in found.stages] == [
        (1, "first"), (2, "second"), (3, "third"),
    ]  # fmt: skip
    assert (found.forks, found.unspoken) == (1, 1)
    page = course(*calls)
    assert len(page.all("svg")) == 3
    described = [words for tag, words in page.words if tag == "desc"]
    assert described[0] == "Empathie: 1: 30; 2: 50; 3: 90."
    assert "Abzweigungen (" in page.text


def test_each_case_has_a_table_of_its_own():
    other = {"scenario": "heizung-kalt", "persona": "krueger"}
    page = course(at("a", 1, 30), at("b", 2, 40, **other), at("c", 3, 50, **other))
    assert len(page.all("table")) == 2
    in_order(page.text, "router", "Die Heizung bleibt kalt", "Herr Krüger", "40", "8,0 → 5,5", "50")


def test_only_strong_replies_are_kept_or_else_the_best_one():
    strong = development([at(f"c{n}", n, 70 + n) for n in range(8)], CATALOGUE).best
    assert [one.turn.text for one in strong] == [f"Antwort aus c{n}" for n in (7, 6, 5, 4, 3)]
    weak = development([at("a", 1, 20), at("b", 2, 10)], CATALOGUE).best
    assert [one.turn.text for one in weak] == ["Antwort aus a"]
    assert development([at("a", 1, None)], CATALOGUE).best == ()


def test_the_same_words_are_kept_once_and_what_came_before_is_told():
    log = (*call("a", exchanges=1), agent(2, "Morgen früh.", 90), agent(3, "Morgen früh.", 90))
    [one] = development([NotedCall(Session.of(log))], CATALOGUE).best
    assert (one.turn.turn, one.before) == (3, "Na endlich.")


def test_praise_is_quoted_and_advice_is_not():
    page = course(NotedCall(practised(), NOTES))
    in_order(page.text, "Was ein Coach gelobt hat", "Drei Wochen warten Sie schon", "Genau so.")
    assert "Ohne „müssen“." not in page.text


def test_the_course_says_what_it_is_not_for():
    text = course(at("a", 1, 30)).text
    in_order(
        text, "Mia", "Sie vergleicht mit niemandem", "Kündigung", "weder gedacht noch geeignet"
    )


def test_a_course_without_a_call_is_only_its_name():
    page = course()
    assert page.all("svg") == []
    assert "Mia" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exam_its_guess_and_its_purpose(language):
    start = started().model_copy(
        update={
            "persona": "krueger",
            "scenario": "heizung-kalt",
            "exam": PassMarks(listening=70),
            "guess": "<b>Die Kinder</b> frieren.",
        }
    )
    going_on = Session.of((start, *call(exchanges=3)[1:]))
    session = going_on.after(going_on.ending(NOON, "closed"))
    texts = Texts(language)
    page = Page(call_report(NotedCall(session, ()), CATALOGUE, texts, NOW))
    page.check()
    assert texts("exam.title") in page.text and texts("exam.failed") in page.text
    assert page.text.count(texts("exam.verdict_failed")) == 1
    assert texts("exam.purpose") in page.text and texts("exam.abstained") in page.text
    assert "<b>Die Kinder</b> frieren." in page.text
    without = Page(call_report(NotedCall(practised(), ()), CATALOGUE, texts, NOW))
    assert texts("exam.title") not in without.text
    assert texts("briefing.guess_other") not in without.text


def test_a_hint_stands_with_its_reply():
    hint = Hint(question="Was wird <hier> nicht gesagt?")
    events = [*call(), ended()]
    events[3] = agent(2).model_copy(update={"hint": hint})
    page = Page(call_report(NotedCall(Session.of(events), ()), CATALOGUE, DE, NOW))
    assert page.text.count("Tipp davor: „Was wird <hier> nicht gesagt?“") == 1
