"""Connects calls: brings model, scorer, content and store together, loaded once.

Importing this is cheap; torch comes with the first model that is opened.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from simulator import paths
from simulator.content.catalogue import Catalogue
from simulator.customer.asked import Listener
from simulator.customer.attention import Attentions
from simulator.customer.customer import SimulatedCustomer
from simulator.customer.dynamics import Dynamics
from simulator.customer.judge import load_judge
from simulator.customer.planner import Planner
from simulator.domain.conversation import CallStarted, Event, Fork, Session
from simulator.domain.exam import Mode
from simulator.domain.language import Language
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.lm.base import LanguageModel, Reader
from simulator.lm.scripted import ScriptedLM
from simulator.lm.sources import PACKAGED, SMALL, find
from simulator.practice import LONGEST_GUESS, Customer, Practice, Rater, clean
from simulator.rewind import cast_of, rewound
from simulator.scoring.examples import load_examples
from simulator.scoring.heads import load_heads
from simulator.scoring.scorer import Scorer
from simulator.store.repository import Sessions

SCRIPTED = "scripted:"
"""``scripted:FILE`` in place of a model's name plays the lines of a file."""

Progress = Callable[[str, float], None]
"""Told a key of the catalogue (``app.loading.<key>``) and the share done, 0 to 1."""


_FITTED = (
    "dynamics/dynamics.json",
    "judge/judge.safetensors",
    "listener/listener.json",
    "planner/planner.json",
)


@dataclass(frozen=True)
class Switchboard:
    """Everything a call needs. ``models`` is kept with each session (part → name and hash)."""

    catalogue: Catalogue
    sessions: Sessions
    rater: Rater
    customer: Customer
    models: dict[str, str]

    @property
    def fingerprint(self) -> str:
        """Hash of the models, of what was fitted, and of all content; the code is not in it."""
        fitted = [paths.shipped("models") / each for each in _FITTED]
        told = [
            *self.models.values(),
            *(hashlib.sha256(f.read_bytes()).hexdigest() for f in fitted),
        ]
        for scenario in self.catalogue.scenarios.values():
            told += [self.catalogue.fingerprint(who, scenario.id) for who in scenario.personas]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]

    def connect(
        self,
        persona: str,
        scenario: str,
        language: Language,
        seed: int | None = None,
        trainee: str = "",
        guess: str = "",
        mode: Mode = "practice",
    ) -> Practice:
        """Begin a call; without a ``seed`` one is drawn. Raises UsageError on unknown ids.

        ``guess`` is what the trainee thinks may be at stake for this person.
        """
        who, what = self.catalogue.persona(persona), self.catalogue.scenario(scenario)
        session = self._begun(who, what, language, seed, trainee, guess, mode)
        self.sessions.append(session.id, session.started)
        return self._practice(session, who, what, self.sessions.append)

    def rehearse(self, persona: str, scenario: str, language: Language, seed: int) -> Practice:
        """Begin a call that is not kept. Raises UsageError on unknown ids."""
        who, what = self.catalogue.persona(persona), self.catalogue.scenario(scenario)
        session = self._begun(who, what, language, seed, "")
        return self._practice(session, who, what, lambda _session, _event: None)

    def reconnect(self, session: str) -> Practice:
        """Go on with a call that was cut off. Raises UsageError if there is no such call."""
        kept = self.sessions.session(session)
        who = self.catalogue.persona(kept.started.persona)
        what = self.catalogue.scenario(kept.started.scenario)
        return self._practice(kept, who, what, self.sessions.append)

    def fork(self, session: str, turn: int) -> Practice:
        """Have a call again from exchange ``turn`` on, where something else is now said.

        What came before, the person, the matter and the seed are the other call's, so that the
        same reply gets the same answer; the new call is kept at once. Raises UsageError if there
        is no such call or reply, the call came from outside, or its persona or scenario is gone;
        if they were merely changed, the call goes on as they are now.
        """
        kept = self.sessions.session(session)
        before = rewound(kept, turn)
        who, what = cast_of(kept.started, self.catalogue)
        started = kept.started.model_copy(
            update={
                "session": secrets.token_hex(6),
                "at": datetime.now(UTC),
                "models": self.models,
                "content": self.catalogue.fingerprint(who.id, what.id),
                "forked": Fork(session=kept.id, turn=turn),
                # what if is asked to learn from it: another course of an exam is practice
                "exam": None,
            }
        )
        self.sessions.begin((started, *before.turns))
        forked = before.model_copy(update={"started": started})
        return self._practice(forked, who, what, self.sessions.append)

    def _begun(
        self,
        who: Persona,
        what: Scenario,
        language: Language,
        seed: int | None,
        trainee: str,
        guess: str = "",
        mode: Mode = "practice",
    ) -> Session:
        started = CallStarted(
            session=secrets.token_hex(6),
            at=datetime.now(UTC),
            persona=who.id,
            scenario=what.id,
            language=language,
            seed=secrets.randbelow(2**31) if seed is None else seed,
            trainee=trainee,
            models=self.models,
            content=self.catalogue.fingerprint(who.id, what.id),
            start=who.start,
            channel=what.channel,
            guess=clean(guess)[:LONGEST_GUESS],
            exam=what.exam if mode == "exam" else None,
        )
        return Session(started=started)

    def _practice(
        self, session: Session, who: Persona, what: Scenario, keep: Callable[[str, Event], None]
    ) -> Practice:
        return Practice(
            session, who, what, self.rater, self.customer, lambda event: keep(session.id, event)
        )


def open_line(
    named: str, catalogue: Catalogue, sessions: Sessions, progress: Progress
) -> Switchboard:
    """Load everything a call needs, preparing models that are not prepared yet.

    ``named`` is the speaking model: ``standard``, ``small``, a path, ``hf:OWNER/NAME`` or
    ``scripted:FILE``. Raises ModelError or UsageError when it cannot be had.
    """
    reader = open_reader(progress)
    scorer = open_scorer(reader)
    model = open_speaker(named, progress)
    progress("ready", 1.0)
    customer = SimulatedCustomer(
        model=model,
        dynamics=Dynamics.load(),
        planner=Planner.load(),
        listener=Listener(reader, Attentions.load()),
        judge=load_judge(model.name),
        # Ours were measured: what they make by themselves is seldom what somebody would say.
        outspoken=named not in PACKAGED,
    )
    models = {
        "customer": f"{model.name} {model.fingerprint}",
        "scorer": f"{reader.name} {reader.fingerprint}+{scorer.fingerprint}",
    }
    return Switchboard(catalogue, sessions, scorer, customer, models)


def open_reader(progress: Progress) -> Reader:
    """Load the model the scorer reads with, preparing it first if need be."""
    progress("scorer", 0.0)
    from simulator.lm.prepare import prepare
    from simulator.lm.reader import HalfModel

    return HalfModel(prepare(SMALL, "reader", progress))


def open_scorer(reader: Reader) -> Scorer:
    """Return the shipped scorer; raises ModelError if a part of it is missing or broken."""
    return Scorer(reader, load_heads(), load_examples())


def open_speaker(named: str, progress: Progress) -> LanguageModel:
    """Load the model the customer speaks with, preparing it first if need be."""
    if named.startswith(SCRIPTED):
        return ScriptedLM.load(Path(named.removeprefix(SCRIPTED)))
    progress("customer", 0.0)
    from simulator.lm.prepare import prepare
    from simulator.lm.transformers_lm import TransformersLM

    return TransformersLM(prepare(find(named), "speaker", progress))


def open_store() -> Sessions:
    """Return the user's store; no file is touched before its first use."""
    return Sessions(paths.database())
