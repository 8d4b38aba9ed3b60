"""A cast with a script: two people, two cases, a rater and a customer that need no model."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot

from simulator.content.catalogue import Catalogue
from simulator.content.loader import Examined
from simulator.customer.answer import Answer, Moved, Spoken
from simulator.domain.act import Act
from simulator.domain.conversation import Session
from simulator.domain.cue import Cue
from simulator.domain.emotion import EmotionalState, Feeling, LedgerEntry
from simulator.domain.language import Language
from simulator.domain.persona import Persona, PersonaText, Temperament
from simulator.domain.scenario import (
    AuthoredLine,
    Document,
    Fact,
    HiddenNeed,
    Scenario,
    ScenarioText,
)
from simulator.domain.score import Alternative, DimensionScore, Evidence, TurnScores
from simulator.lm.base import Cancelled
from simulator.store.repository import Sessions
from simulator.switchboard import Progress, Switchboard
from simulator.tui.app import HoererApp
from simulator.tui.call import Before

NOW = datetime(2026, 3, 3, 14, 2, tzinfo=UTC)


def person(id: str, name: str, difficulty: int, temperament: Temperament) -> Persona:
    de = PersonaText(
        name=name,
        summary="Zahlt seit neun Jahren pünktlich und will endlich ernst genommen werden.",
        style="knapp",
        lines={Act.COMPLAIN: ("So geht das nicht.",)},
    )
    en = de.model_copy(
        update={
            "name": name.replace("Frau", "Ms").replace("Herr", "Mr"),
            "summary": "Has paid on time for nine years and wants to be taken seriously.",
        }
    )
    start = EmotionalState(anger=8, trust=2, feeling_heard=1)
    return Persona(
        id=id, age=47, temperament=temperament, difficulty=difficulty, start=start, de=de, en=en
    )


def case(id: str, channel: str, personas: tuple[str, ...], de: str, en: str) -> Scenario:
    thread_de = "Guten Tag,\nseit drei Wochen warte ich auf mein Geld.\nMit freundlichen Grüßen"
    german = ScenarioText(
        title=de,
        company="Netzwelt Nord",
        industry="Internetanbieter",
        concern="will das Geld zurück",
        briefing="Du arbeitest in der Kundenbetreuung. Eine doppelte Abbuchung ist gemeldet.",
        case_file=(
            Document(
                kind="mail",
                date="12.02.2026",
                sender="kundin@example.org",
                recipient="service@netzwelt.example",
                subject="Doppelt abgebucht [dringend]",
                body="Sie haben im Februar zweimal 34,99 € abgebucht.",
            ),
            Document(kind="invoice", date="01.02.2026", body="Februar: 34,99 €"),
        ),
        thread=thread_de if channel == "email" else "",
        may_offer=("Rückzahlung innerhalb von drei Tagen", "Gutschrift von 10 €"),
        solution="Das Geld kommt zurück, und jemand meldet sich von selbst.",
        lines=(AuthoredLine(act=Act.COMPLAIN, text="Zweimal abgebucht!"),),
    )
    english = german.model_copy(
        update={
            "title": en,
            "industry": "internet provider",
            "briefing": "You work in customer care. A double charge has been reported.",
            "thread": "Hello,\nI have been waiting for my money for three weeks." * bool(thread_de)
            if channel == "email"
            else "",
            "may_offer": ("refund within three days", "a credit of €10"),
            "solution": "The money comes back, and somebody calls without being asked.",
        }
    )
    return Scenario(
        id=id,
        channel=channel,
        difficulty=1,
        personas=personas,
        facts=(Fact(id="twice", de="zweimal abgebucht", en="charged twice"),),
        hidden_need=HiddenNeed(
            de="Sie will hören, dass es nicht ihr Fehler war.",
            en="She wants to hear that it was not her fault.",
        ),
        de=german,
        en=english,
    )


YILMAZ = person("yilmaz", "Frau Yılmaz", 2, Temperament.VERLETZT)
LUEDTKE = person("luedtke", "Herr Lüdtke", 3, Temperament.AUFBRAUSEND)
CHARGED = case("doppelt", "phone", ("yilmaz", "luedtke"), "Doppelt abgebucht", "Charged twice")
WAITING = case("wartet", "email", ("yilmaz",), "Wartet auf Geld", "Waiting for money")


def catalogue(*more: Scenario) -> Catalogue:
    def examined(value: Persona | Scenario) -> Examined[Persona | Scenario]:
        return Examined(Path(f"{value.id}.yaml"), "0" * 64, value, ())

    people = [examined(p) for p in (YILMAZ, LUEDTKE)]
    cases = [examined(s) for s in (CHARGED, WAITING, *more)]
    return Catalogue(people, cases)  # type: ignore[arg-type]


class Rater:
    """Likes an apology, dislikes being told to calm down."""

    WORDS = (
        ("Es tut mir leid", Cue.SPECIFIC_APOLOGY, "positive", 78.0),
        ("I am sorry", Cue.SPECIFIC_APOLOGY, "positive", 78.0),
        ("beruhigen", Cue.CALM_DOWN, "negative", 18.0),
        ("calm down", Cue.CALM_DOWN, "negative", 18.0),
    )

    def score(
        self,
        reply: str,
        context: str,
        language: Language,
        earlier: tuple[str, ...] = (),
        act: Act | None = None,
    ) -> TurnScores:
        value, evidence = 50.0, []
        for words, cue, polarity, worth in self.WORDS:
            at = reply.find(words)
            if at >= 0:
                value = worth
                found = Evidence(start=at, end=at + len(words), cue=cue, polarity=polarity)
                evidence.append(found)
        reason = "Nennt, was schiefging." if language == "de" else "Names what went wrong."
        empathy = DimensionScore(
            value=value, confidence=0.81, evidence=tuple(evidence), reason=reason
        )
        return TurnScores(
            empathy=empathy,
            listening=DimensionScore(value=value / 2 + 20, confidence=0.64, reason=reason),
            de_escalation=DimensionScore(abstained="too_short", reason="Das ist [zu] kurz.")
            if len(reply) < 12
            else DimensionScore(value=value, confidence=0.7),
            alternative=Alternative(
                text="Zweimal abgebucht, und niemand meldet sich: Das prüfe ich jetzt.",
                context="Ich warte seit Wochen.",
                dialogue="de-telco-001",
            ),
        )

    def example(
        self,
        context: str,
        language: Language,
        not_to: tuple[str, ...] = (),
        act: Act | None = None,
    ) -> Alternative | None:
        text = f"Ich höre [b]{len(not_to)}[/b] Punkte: {context[:20]}"
        return Alternative(text=text, context="Ich warte.", dialogue="de-telco-002")


@dataclass
class Customer:
    """Says ``clauses`` one by one; ``gate`` holds the talk up until it is opened."""

    clauses: tuple[str, ...] = ("Zweimal abgebucht, ", "und keiner meldet sich. ", "Was nun?")
    gate: threading.Event = field(default_factory=threading.Event)
    breaks: Callable[[], None] | None = None
    hangs_up_at: int = 99

    def react(
        self, session: Session, persona: Persona, scenario: Scenario, cancelled: Cancelled
    ) -> Iterator[Moved | Spoken | Answer]:
        scores = session.agent_turns[-1].scores
        better = bool(scores.empathy.value and scores.empathy.value > 40)
        state, ledger = moved(session.state, better)
        yield Moved(state, ledger)
        said = ""
        for clause in self.clauses:
            if said:
                while not self.gate.wait(0.01) and not cancelled():
                    time.sleep(0)
            if self.breaks is not None:
                self.breaks()
            if cancelled():
                break
            said += clause
            yield Spoken(clause)
        act = Act.HANG_UP if len(session.agent_turns) >= self.hangs_up_at else Act.COMPLAIN
        yield Answer(said, act, "authored", state, ledger, interrupted=cancelled(), need=better)


def moved(state: EmotionalState, better: bool) -> tuple[EmotionalState, tuple[LedgerEntry, ...]]:
    sign = 1 if better else -1
    after = EmotionalState(
        anger=min(10, max(0, state.anger - 1.5 * sign)),
        trust=min(10, max(0, state.trust + 1.0 * sign)),
        feeling_heard=min(10, max(0, state.feeling_heard + 0.5 * sign)),
    )
    label = "hört ihren Namen" if better else "fühlt sich bevormundet"
    entries = tuple(
        LedgerEntry(feeling=f, rule="reply", amount=round(after.level(f) - state.level(f), 1))
        for f in Feeling
    )
    first = entries[0].model_copy(update={"rule": "softener", "detail": label})
    return after, (first, *entries[1:])


@dataclass
class Stage:
    """The app with its cast, in a database of its own."""

    folder: Path
    customer: Customer = field(default_factory=Customer)
    ready: threading.Event = field(default_factory=threading.Event)
    fails_with: list[Exception] = field(default_factory=list)
    cases: tuple[Scenario, ...] = ()

    def __post_init__(self) -> None:
        self.ready.set()
        self.sessions = Sessions(self.folder / "sessions.sqlite3")

    def switchboard(self) -> Switchboard:
        models = {"customer": "scripted"}
        return Switchboard(catalogue(*self.cases), self.sessions, Rater(), self.customer, models)

    def connect(self, progress: Progress) -> Switchboard:
        progress("weights", 0.4)
        self.ready.wait(10)
        if self.fails_with:
            raise self.fails_with.pop(0)
        return self.switchboard()

    def app(self, language: Language = "de", **options: object) -> HoererApp:
        # a call that is asked for begins at once; only the tests of the briefing begin with it
        options.setdefault("before", Before(briefing=False))
        return HoererApp(
            lambda: catalogue(*self.cases), self.sessions, self.connect, language, **options
        )


async def until(pilot: Pilot[None], condition: Callable[[], object], seconds: float = 8) -> None:
    """Wait until ``condition`` holds; threads report when they are ready, not when we are."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        await pilot.pause(0.01)
    await pilot.pause()


def lines(app: App[None]) -> list[str]:
    """What is on the screen, line by line."""
    width, height = app.size
    rendered = app.screen._compositor.render_strips(app.size)
    return [strip.text for strip in rendered[:height] if width]


def seen(app: App[None]) -> str:
    """What is on the screen as one text, without line breaks."""
    return " ".join(" ".join(line.split()) for line in lines(app))
