"""Tells the other side of a call in words, for the screen and for plain lines alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from simulator.coaching.effects import Effect
from simulator.coaching.ledger import rule_name
from simulator.coaching.marks import marks
from simulator.coaching.other_side import Experience, OtherSide
from simulator.domain.emotion import EmotionalState, Feeling, LedgerEntry
from simulator.domain.score import Dimension
from simulator.i18n import Texts
from simulator.i18n.figures import decimal, signed

Part = Literal["heard", "did", "thought", "said", "unsaid", "need"]

MOST_UNSAID = 2
"""Facts named in one exchange; how many more there are is told as a number."""
MOST_EFFECTS = 3
"""Things about one reply that are named, the strongest; the levels tell what all of it did."""
FELT = 0.3
"""Points, over all three feelings, from which a single reason is named; smaller ones are noise."""
LOW, HIGH = 3.5, 6.5
"""Levels below which a feeling reads as low, and from which it reads as high."""


@dataclass(frozen=True)
class Section:
    """A part of what the customer lived through, with its heading and its lines."""

    part: Part
    heading: str
    lines: tuple[str, ...]


class OtherSideWords:
    """The words for ``side``; the trainee is the customer here and is spoken to as such."""

    def __init__(self, side: OtherSide, texts: Texts) -> None:
        self._side = side
        self._texts = texts

    @property
    def title(self) -> str:
        """Whose place the trainee takes."""
        return self._texts("other_side.title", name=self._side.customer)

    @property
    def gap(self) -> str:
        """What of this call cannot be told and why; empty if nothing is missing."""
        gap = self._side.gap
        return self._texts(f"other_side.gap.{gap}", name=self._side.customer) if gap else ""

    @property
    def question(self) -> str:
        """The one question at the end."""
        return self._texts("other_side.end.question", name=self._side.customer)

    def place(self, experience: Experience) -> str:
        """Return how far the call has got: "3 of 7"."""
        if not experience.turn:
            return self._texts("other_side.before")
        values = {"turn": experience.turn, "turns": self._side.turns}
        return self._texts("other_side.place", **values)

    def sections(self, experience: Experience) -> tuple[Section, ...]:
        """Return what the exchange was like, in the order in which it was lived."""
        return tuple(section for section in self._parts(experience) if section.lines)

    def ending(self) -> tuple[str, ...]:
        """Return how it ended for the customer, and whether they got to say what they wanted."""
        side, texts = self._side, self._texts
        ended = side.session.ended
        how = ended.reason if ended and ended.reason in {"hung_up", "closed"} else "left"
        lines = [] if side.gap == "outside" else [self._channelled("end", how, side.turns)]
        if side.need:
            told = "told" if side.session.need_told else "kept"
            lines += [texts("other_side.end.need", need=side.need), texts(f"other_side.end.{told}")]
        return tuple(lines)

    def told(self, experience: Experience) -> str:
        """Return the exchange as plain lines, each part under its heading."""
        lines = [f"[{self.place(experience)}]"]
        for section in self.sections(experience):
            lines.append(f"{section.heading}:")
            lines += [f"   {line}" for line in section.lines]
        return "\n".join(lines)

    def whole(self) -> str:
        """Return the whole call as plain lines, from the title to the end."""
        parts = [self.opening(), *(self.told(each) for each in self._side.experiences)]
        return "\n\n".join([*parts, *filter(None, ["\n".join(self.ending())])])

    def opening(self) -> str:
        """Return the title, and what is missing."""
        return "\n".join(filter(None, [f"{self.title} · {self._side.title}", self.gap]))

    def _parts(self, experience: Experience) -> Iterator[Section]:
        if experience.heard is not None:
            words = tuple(experience.heard.text.split("\n"))
            yield Section("heard", self._channelled("heading", "heard", experience.turn - 1), words)
        heading = "did" if experience.heard else "feeling"
        yield self._section("did", tuple(self._did(experience)), heading)
        thought = (self._quoted(experience.thought),) if experience.thought else ()
        yield self._section("thought", thought)
        said = tuple(experience.said.split("\n")) if experience.said else ()
        yield Section("said", self._channelled("heading", "said", experience.turn), said)
        yield self._section("unsaid", tuple(self._unsaid(experience)))
        if self._side.need and not experience.turn:
            yield self._section("need", (self._side.need,))
        if experience.need_told:
            yield self._section("need", (self._texts("other_side.need_told"),))

    def _did(self, experience: Experience) -> Iterator[str]:
        if self._side.gap == "outside":
            yield from self._noticed(experience)
            return
        if experience.now is None:
            return
        yield self._feels(experience.now)
        if experience.heard is None:
            return
        if experience.before is None:  # the call broke off before they could answer
            yield self._texts("other_side.unanswered")
            return
        if not experience.effects:
            yield self._texts("other_side.unmoved")
            return
        yield self._levels(experience.now, experience.before)
        felt = [each for each in experience.effects if each.weight >= FELT]
        of_reply = [each for each in felt if each.rule][:MOST_EFFECTS]
        yield from map(self._effect, [*of_reply, *(each for each in felt if not each.rule)])

    def _noticed(self, experience: Experience) -> Iterator[str]:
        """Yield the wordings that helped or hurt, where nobody knows what they did."""
        if experience.heard is None:
            return
        for mark in marks(experience.heard.text, experience.heard.scores):
            sign = "▲" if mark.polarity == "positive" else "▼"
            cues = dict.fromkeys(self._texts(f"scoring.cue.{cue}") for cue, _ in mark.reasons)
            yield f"{sign} {self._quoted(mark.words)}: {', '.join(cues)}"

    def _feels(self, state: EmotionalState) -> str:
        values = {
            feeling.value: self._texts(f"other_side.{feeling}.{_band(state.level(feeling))}")
            for feeling in Feeling
        }
        return self._texts("other_side.feels", **values)

    def _levels(self, now: EmotionalState, before: EmotionalState) -> str:
        texts, language = self._texts, self._texts.language
        return " · ".join(
            f"{texts(f'app.feeling.{f}')} {decimal(now.level(f), language)} "
            f"({signed(now.level(f) - before.level(f), language)})"
            for f in Feeling
        )

    def _effect(self, effect: Effect) -> str:
        texts, language = self._texts, self._texts.language
        moved = ", ".join(
            f"{texts(f'app.feeling.{feeling}')} {signed(points, language)}"
            for feeling, points in effect.moved
        )
        sign = "▲" if effect.gain > 0 else "▼" if effect.gain < 0 else "="
        words = ", ".join(self._quoted(words) for words in effect.words)
        reason = self._reason(effect)
        return f"{sign} {words} ({reason}): {moved}" if words else f"{sign} {reason}: {moved}"

    def _reason(self, effect: Effect) -> str:
        if not effect.rule:
            return self._texts("other_side.rule.person")
        if effect.rule in set(Dimension):
            way = "good" if effect.gain >= 0 else "bad"
            return self._texts(f"other_side.rule.{effect.rule}_{way}")
        feeling, points = effect.moved[0]
        entry = LedgerEntry(feeling=feeling, rule=effect.rule, amount=points, detail=effect.detail)
        return rule_name(entry, self._texts)

    def _unsaid(self, experience: Experience) -> Iterator[str]:
        unsaid = experience.unsaid
        yield from (f"– {fact}" for fact in unsaid[:MOST_UNSAID])
        if (more := len(unsaid) - MOST_UNSAID) > 0:
            key = "more_one" if more == 1 else "more_many"
            yield self._texts(f"other_side.{key}", count=more)

    def _section(self, part: Part, lines: tuple[str, ...], heading: str = "") -> Section:
        return Section(part, self._texts(f"other_side.heading.{heading or part}"), lines)

    def _channelled(self, table: str, key: str, turn: int) -> str:
        """Return a text that is another one where in ``turn`` the two still write."""
        mailed = f"other_side.{table}.{key}_email"
        by_email = self._side.mailed(turn) and mailed in self._texts
        return self._texts(mailed if by_email else f"other_side.{table}.{key}")

    def _quoted(self, words: str) -> str:
        quotes = self._texts("replay.quotes")
        return f"{quotes[0]}{words}{quotes[1]}"


def _band(level: float) -> str:
    return "low" if level < LOW else "high" if level >= HIGH else "middle"
