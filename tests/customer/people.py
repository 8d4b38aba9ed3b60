"""A caller, a case and rated replies, small enough to calculate with."""

from __future__ import annotations

from hypothesis import strategies as st

from simulator.domain.act import Act
from simulator.domain.cue import Cue
from simulator.domain.emotion import EmotionalState
from simulator.domain.persona import (
    Persona,
    PersonaText,
    Reaction,
    ReactionWording,
    Temperament,
)
from simulator.domain.scenario import Fact, HiddenNeed, Scenario, ScenarioText
from simulator.domain.score import DimensionScore, Evidence, TurnScores

FURIOUS = EmotionalState(anger=8, trust=2, feeling_heard=1)

CALM_DOWN = Reaction(
    cues=(Cue.CALM_DOWN,),
    anger=1.5,
    trust=-0.5,
    de=ReactionWording(label="soll sich beruhigen", phrases=("beruhigen Sie sich", "geht's noch")),
    en=ReactionWording(label="told to calm down", phrases=("calm down",)),
)
OWNERSHIP = Reaction(
    cues=(Cue.OWNERSHIP, Cue.CONCRETE_STEP),
    anger=-1,
    trust=0.5,
    feeling_heard=0.4,
    de=ReactionWording(label="jemand kümmert sich", phrases=("ich übernehme das",)),
    en=ReactionWording(label="somebody takes it on", phrases=("leave it with me",)),
)


def person(inertia: float = 0.0, reactions: bool = True) -> Persona:
    """Return a furious caller with one trigger and one softener, or with none."""
    text = PersonaText(name="Frau Ebert", summary="Sie.", style="knapp", lines={Act.VENT: ("So!",)})
    return Persona(
        id="ebert",
        age=50,
        temperament=Temperament.AUFBRAUSEND,
        difficulty=3,
        start=FURIOUS,
        inertia=inertia,
        triggers=(CALM_DOWN,) if reactions else (),
        softeners=(OWNERSHIP,) if reactions else (),
        de=text,
        en=text,
    )


def case() -> Scenario:
    """Return a case of four facts and a need that asks for trust 4.5 and feeling heard 5."""
    text = ScenarioText(
        title="T",
        company="C",
        industry="I",
        concern="c",
        briefing="b",
        case_file=(),
        may_offer=(),
        solution="s",
        lines=(),
    )
    return Scenario(
        id="case",
        channel="phone",
        difficulty=3,
        personas=("ebert",),
        facts=(
            Fact(id="outage", de="Ausfall", en="outage"),
            Fact(id="restarts", release="asked", de="Neustarts", en="restarts"),
            Fact(id="sister", release="trust", trust=3.5, de="Schwester", en="sister"),
            Fact(id="price", de="Preis", en="price"),
        ),
        hidden_need=HiddenNeed(trust=4.5, feeling_heard=5, de="Termin", en="appointment"),
        de=text,
        en=text,
    )


def rated(
    empathy: float | None, listening: float | None, de_escalation: float | None, *cues: Cue
) -> TurnScores:
    """Return scores that read as these labels (0 to 2, None: not rated), citing ``cues``."""
    evidence = tuple(Evidence(start=0, end=1, cue=cue, polarity="positive") for cue in cues)

    def score(label: float | None) -> DimensionScore:
        value = None if label is None else 50 * label
        return DimensionScore(value=value, confidence=0.8, evidence=evidence)

    return TurnScores(
        empathy=score(empathy), listening=score(listening), de_escalation=score(de_escalation)
    )


LABELS = st.none() | st.floats(0, 2)
LEVELS = st.integers(0, 100).map(lambda tenths: tenths / 10)
STATES = st.builds(EmotionalState, anger=LEVELS, trust=LEVELS, feeling_heard=LEVELS)
SCORES = st.builds(
    lambda labels, cues: rated(*labels, *cues),
    st.tuples(LABELS, LABELS, LABELS),
    st.lists(st.sampled_from(Cue), max_size=4, unique=True),
)
