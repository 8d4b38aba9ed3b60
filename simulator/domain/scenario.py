"""What happened: the YAML of ``scenarios/ID.yaml`` as a value."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simulator.domain.act import Act
from simulator.domain.cue import Cue
from simulator.domain.emotion import Level
from simulator.domain.exam import PassMarks
from simulator.domain.language import Language
from simulator.domain.persona import Closed, Difficulty, Text

Channel = Literal["phone", "email"]
NEED = "hidden_need"
"""Under this key stand the questions that ask for the hidden need; no fact has this id."""


class Fact(Closed):
    """Something the customer knows and tells bit by bit.

    ``release`` says when it may come out: ``open`` from the first line on, ``asked`` after an open
    question or a reply that listened, ``trust`` once trust has reached ``trust``.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    release: Literal["open", "asked", "trust"] = "open"
    trust: Level = 0.0
    de: Text
    en: Text

    def text(self, language: Language) -> str:
        """Return the fact in ``language``."""
        return self.de if language == "de" else self.en


class HiddenNeed(Closed):
    """What the customer really wants and says only when it has been earned.

    It may come out once trust and feeling heard have reached the two levels.
    """

    trust: Level = 5.0
    feeling_heard: Level = 5.0
    de: Text
    en: Text

    def text(self, language: Language) -> str:
        """Return the need in ``language``."""
        return self.de if language == "de" else self.en


class Document(Closed):
    """A piece of the case file: what the trainee may read before and during the call."""

    kind: Literal["mail", "note", "invoice", "contract", "chat", "letter"]
    date: str = ""
    sender: str = ""
    recipient: str = ""
    subject: str = ""
    body: Text


class AuthoredLine(Closed):
    """A sentence the customer may say in this scenario instead of a generated one.

    Where few fit, the model's candidates for ``act`` compete with it. ``fact`` names the fact it
    gives away (it is then held back until that fact may come out), ``need`` marks it as telling the
    hidden need, ``after`` limits it to replies in which one of these cues was found,
    ``any_question`` to those with a question that the customer has no other answer to. ``opening``
    limits it to the customer's first line of a call, and only opening lines may be said there.
    """

    act: Act
    text: Text
    fact: str | None = None
    need: bool = False
    opening: bool = False
    after: tuple[Cue, ...] = ()
    any_question: bool = False


class PreparedAnswer(Closed):
    """What the customer answers when asked for something that is no fact of the case.

    ``questions`` are examples of how an agent may ask for it, ``lines`` ways to answer.
    """

    questions: tuple[Text, ...] = Field(min_length=1)
    lines: tuple[Text, ...] = Field(min_length=1)


class ScenarioText(Closed):
    """The scenario in one language.

    ``briefing`` is for the trainee, ``concern`` one clause in the customer's own terms for the
    prompt ("will den Vertrag sofort kündigen"), ``thread`` the customer's last mail that a reply
    by e-mail answers (empty on the phone), ``thread_date`` and ``thread_subject`` what stands above
    it, ``solution`` what a good outcome is, for the debrief. ``questions`` are examples of how an
    agent may ask for a fact, by its id, or for the ``hidden_need``. ``answers`` is what else they
    may be asked.
    """

    title: Text
    company: Text
    industry: Text
    concern: Text
    briefing: Text
    case_file: tuple[Document, ...]
    thread: str = ""
    thread_date: str = ""
    thread_subject: str = ""
    may_offer: tuple[Text, ...]
    solution: Text
    lines: tuple[AuthoredLine, ...]
    questions: dict[str, tuple[Text, ...]] = Field(default_factory=dict)
    answers: tuple[PreparedAnswer, ...] = ()

    @property
    def thread_head(self) -> str:
        """What stands above ``thread``, as far as it is known: "18 March · Re: Renew now?"."""
        return " · ".join(part for part in (self.thread_date, self.thread_subject) if part)


class Scenario(Closed):
    """A situation that several personas can find themselves in; ``personas`` names them.

    ``exam`` is what is to be reached when this is an exam.
    """

    id: str
    channel: Channel
    difficulty: Difficulty
    personas: tuple[str, ...] = Field(min_length=1)
    facts: tuple[Fact, ...] = Field(min_length=1)
    hidden_need: HiddenNeed
    exam: PassMarks = PassMarks()
    de: ScenarioText
    en: ScenarioText

    def text(self, language: Language) -> ScenarioText:
        """Return the scenario in ``language``."""
        return self.de if language == "de" else self.en
