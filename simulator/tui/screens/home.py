"""Home: which call to have, and the ones there have been."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Input, Static

from simulator.domain.language import Language
from simulator.domain.scenario import Channel
from simulator.i18n import Texts
from simulator.tui.call import Call
from simulator.tui.line import Line
from simulator.tui.literal import literal
from simulator.tui.messages import Brief, Open, OpenMyPractice, Redial, SwitchLanguage
from simulator.tui.screens.page import Page
from simulator.tui.screens.problems import Found, ProblemSheet
from simulator.tui.widgets.banner import Banner
from simulator.tui.widgets.call_list import CallList, Pair, Wish, difficulty_of
from simulator.tui.widgets.key_line import KeyLine
from simulator.tui.widgets.load_bar import LoadBar
from simulator.tui.widgets.past_list import PastList
from simulator.tui.widgets.reminder import Reminder
from simulator.tui.widgets.search import Search

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue
    from simulator.store.summary import Summary

Chosen = TypeVar("Chosen")
_CHANNELS: tuple[Channel | None, ...] = (None, "phone", "email")
_DIFFICULTIES = (None, 1, 2, 3)


class HomePage(Page):
    """Searches while you type; the arrows choose, Enter begins."""

    CSS_PATH = "home.tcss"
    HELP = "app.help.home"
    AUTO_FOCUS = "#search"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "point(-1)", "up", id="home.up", show=False),
        Binding("down", "point(1)", "down", id="home.down", show=False),
        Binding("f2", "language", "call_language", id="home.call_language", tooltip="f2_tip"),
        Binding("f3", "channel", "channel", id="home.channel", tooltip="channel_tip"),
        Binding("f4", "difficulty", "difficulty", id="home.difficulty", tooltip="difficulty_tip"),
        Binding("f5", "redial", "redial", id="home.redial", tooltip="redial_tip"),
        Binding(
            "f6", "interface", "interface", id="home.interface", show=False,
            tooltip="interface_tip",
        ),
        Binding(
            "f8", "my_practice", "my_practice", id="home.my_practice", tooltip="my_practice_tip"
        ),
        Binding("ctrl+l", "problems", "problems", id="home.problems", tooltip="problems_tip"),
        Binding("escape", "clear", "clear", id="home.clear", show=False),
    ]  # fmt: skip

    catalogue: reactive[Catalogue | None] = reactive(None)
    past: reactive[tuple[Summary, ...]] = reactive(())
    line: reactive[Line] = reactive(Line())

    def __init__(self, texts: Texts, call_language: Language, trainee: str = "") -> None:
        super().__init__(texts)
        self._trainee = trainee
        self._wish = Wish(call_language)
        self._found = Found()

    def contents(self) -> ComposeResult:
        """Search and calls on the left, the call pointed at and earlier ones beside or below."""
        with Horizontal(id="title"):
            yield Static(self._title(), id="name")
            yield LoadBar(self.texts)
        yield Banner()
        yield Reminder(self.texts, self._trainee)
        with Horizontal(id="home"):
            with Vertical(id="choose"):
                yield Search(placeholder=self.texts("app.home.search"), id="search", compact=True)
                yield Static(id="filters")
                yield CallList(self.texts)
            with Vertical(id="beside"):
                yield Static(id="about")
                yield Static(self.texts("app.home.past"), classes="heading")
                yield PastList(self.texts, self._called)
        yield KeyLine("difficulty", "channel")

    def on_mount(self) -> None:
        """Follow what the app learns."""
        self.watch(self.app, "catalogue", self._read)
        self.watch(self.app, "found", self._warn)
        self.watch(self.app, "past", self._remember)
        self.watch(self.app, "line", self._follow)
        self._wished(self._wish)

    def on_screen_resume(self) -> None:
        """Another goal may have been set meanwhile."""
        self.query_one(Reminder).tell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to try again only where something failed, problems only where there are any."""
        if action == "problems":
            return bool(self._found.problems)
        return self.line.failed if action == "redial" else True

    @on(Input.Changed, "#search")
    def _searched(self, event: Input.Changed) -> None:
        self._wished(replace(self._wish, words=event.value))

    @on(Input.Submitted, "#search")
    def _taken(self) -> None:
        """Begin the call the cursor is on."""
        self.query_one(CallList).choose()

    @on(CallList.Chosen)
    def _chosen(self, event: CallList.Chosen) -> None:
        persona, scenario = event.pair
        call = Call(persona, scenario, self._wish.language, persona.id, scenario.id)
        self.post_message(Brief(call))

    @on(CallList.Pointed)
    def _pointed(self, event: CallList.Pointed) -> None:
        self.query_one("#about", Static).update(self._about(event.pair))

    @on(PastList.Chosen)
    def _opened(self, event: PastList.Chosen) -> None:
        self.post_message(Open(event.session))

    def action_point(self, step: int) -> None:
        """Move the cursor in the list while typing in the search."""
        calls = self.query_one(CallList)
        calls.action_cursor_down() if step > 0 else calls.action_cursor_up()

    def action_language(self) -> None:
        """Have calls in the other language."""
        other: Language = "en" if self._wish.language == "de" else "de"
        self._wished(replace(self._wish, language=other))

    def action_channel(self) -> None:
        """Show the next channel: all, telephone, e-mail."""
        channel = _after(self._wish.channel, _CHANNELS)
        self._wished(replace(self._wish, channel=channel))

    def action_difficulty(self) -> None:
        """Show the next difficulty: all, 1 to 3."""
        difficulty = _after(self._wish.difficulty, _DIFFICULTIES)
        self._wished(replace(self._wish, difficulty=difficulty))

    def action_redial(self) -> None:
        """Try again to load."""
        self.query_one(Banner).clear()
        self.post_message(Redial())

    def action_problems(self) -> None:
        """Show what is wrong with content files."""
        self.app.push_screen(ProblemSheet(self.texts))

    def action_interface(self) -> None:
        """Read the interface in the other language."""
        self.post_message(SwitchLanguage())

    def action_my_practice(self) -> None:
        """See one's own practice."""
        self.post_message(OpenMyPractice())

    def action_clear(self) -> None:
        """Take down the banner and look for anything."""
        self.query_one(Banner).clear()
        self.query_one("#search", Input).clear()

    def _wished(self, wish: Wish) -> None:
        self._wish = wish
        self.query_one(CallList).wish = wish
        self.query_one("#filters", Static).update(self._filters())
        self.query_one(PastList).list_anew()

    def _read(self, catalogue: Catalogue | None) -> None:
        self.catalogue = catalogue
        if catalogue is None:
            return
        self.query_one(CallList).pairs = tuple(catalogue.pairs())
        self.query_one(PastList).list_anew()

    def _warn(self, found: Found) -> None:
        had, self._found = self._found, found
        if found.kept_back:
            self.show(self.texts("reload.kept_back", count=len(found.problems)), "warning")
        elif found.problems:
            problem = found.problems[0].render(self.texts.language)
            count = len(found.problems)
            self.show(self.texts("app.home.problems", count=count, problem=problem), "warning")
        elif had.problems:
            self.query_one(Banner).clear()
        self.refresh_bindings()

    def _remember(self, past: tuple[Summary, ...]) -> None:
        self.query_one(PastList).past = past
        self.query_one(Reminder).past = past

    def _follow(self, line: Line) -> None:
        self.line = line
        self.query_one(LoadBar).line = line
        self.refresh_bindings()

    def _called(self, summary: Summary) -> str:
        """Name an earlier call: who and what, or the ids where the content has gone."""
        known = self.catalogue
        persona = known.personas.get(summary.persona) if known else None
        scenario = known.scenarios.get(summary.scenario) if known else None
        name = persona.text(summary.language).name if persona else summary.persona
        return f"{name} · {scenario.text(summary.language).title if scenario else summary.scenario}"

    def _title(self) -> Content:
        return Content.assemble(("Hörer", "bold $primary"), f"  {self.texts('app.home.claim')}")

    def _filters(self) -> Content:
        texts, wish = self.texts, self._wish
        channel = texts(f"content.channel.{wish.channel}" if wish.channel else "app.home.any")
        hard = "●" * wish.difficulty if wish.difficulty else texts("app.home.any")
        parts = (
            ("F2", texts("app.home.call_language"), texts(f"app.language.{wish.language}")),
            ("F3", texts("app.home.channel"), channel),
            ("F4", texts("app.home.difficulty"), hard),
        )
        return Content("   ").join(
            Content.assemble((f"{label}: ", "$foreground 60%"), value) for _, label, value in parts
        )

    def _about(self, pair: Pair | None) -> Content:
        if pair is None:
            key = "app.home.nothing" if self.catalogue else "app.home.reading"
            return Content.styled(self.texts(key), "$foreground 60%")
        persona, scenario = pair
        texts, language = self.texts, self._wish.language
        person, matter = persona.text(language), scenario.text(language)
        facts = texts(
            "app.home.facts",
            age=persona.age,
            temperament=texts(f"content.temperament.{persona.temperament}"),
            difficulty=difficulty_of(pair),
            channel=texts(f"content.channel.{scenario.channel}"),
        )
        return Content("\n").join(
            [
                literal(f"{person.name} · {matter.title}", "bold"),
                literal(f"{matter.company} · {facts}", "$foreground 60%"),
                literal(person.summary),
                literal(f"\n{matter.briefing}"),
            ]
        )


def _after(value: Chosen, choices: tuple[Chosen, ...]) -> Chosen:
    return choices[(choices.index(value) + 1) % len(choices)]
