"""A call laid out for its report: exchange by exchange, with all that was noted beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.coaching.ledger import rule_name
from simulator.coaching.marks import Mark, Piece, marks, pieces
from simulator.domain.annotation import BlindRating, Note, Overruling, Remark, standing
from simulator.domain.conversation import AgentTurn, CustomerTurn, HeardTurn, Session
from simulator.domain.emotion import EmotionalState, Feeling
from simulator.domain.scenario import Fact, Scenario
from simulator.domain.score import Dimension, DimensionScore
from simulator.i18n import Texts
from simulator.i18n.figures import signed


@dataclass(frozen=True)
class Rating:
    """The machine's score of one dimension, and beside it what coaches put in its place."""

    dimension: Dimension
    machine: DimensionScore
    overruled: tuple[Overruling, ...]


@dataclass(frozen=True)
class Quoted:
    """A remark, with the words it is about; ``words`` is empty where it is about the reply."""

    remark: Remark
    words: str


@dataclass(frozen=True)
class Reply:
    """What the trainee said, why it was rated so, and what coaches say.

    ``unrated`` says in sentences why a dimension was not rated, each once.
    """

    turn: AgentTurn
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    ratings: tuple[Rating, ...]
    unrated: tuple[str, ...]
    remarks: tuple[Quoted, ...]
    blind: tuple[BlindRating, ...]


@dataclass(frozen=True)
class Movement:
    """Where one feeling stands after an answer, how far it moved, and each reason in words."""

    feeling: Feeling
    level: float
    change: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What the customer said, and the facts given away with it, in words.

    In a call from outside nobody knows what moved, nor what was a fact.
    """

    turn: CustomerTurn | HeardTurn
    movements: tuple[Movement, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def need(self) -> bool:
        """Whether the hidden need came out."""
        return isinstance(self.turn, CustomerTurn) and self.turn.need

    @property
    def calls(self) -> bool:
        """Whether the customer, who had written so far, calls with it."""
        return isinstance(self.turn, CustomerTurn) and self.turn.calls

    @property
    def interrupted(self) -> bool:
        """Whether the trainee cut it short."""
        return isinstance(self.turn, CustomerTurn) and self.turn.interrupted


def sheet(
    session: Session, notes: Sequence[Note], scenario: Scenario | None, texts: Texts
) -> tuple[Reply | Answer, ...]:
    """Lay the call out in the order in which it was spoken; notes that no longer hold are out.

    A fact that ``scenario`` does not know (any more) is told by its id.
    """
    facts = {fact.id: fact.text(session.started.language) for fact in _facts(scenario)}
    return tuple(_laid_out(session, standing(notes), facts, texts))


def _facts(scenario: Scenario | None) -> tuple[Fact, ...]:
    return scenario.facts if scenario else ()


def _laid_out(
    session: Session,
    held: Sequence[Remark | Overruling | BlindRating],
    facts: Mapping[str, str],
    texts: Texts,
) -> Iterator[Reply | Answer]:
    state = session.started.start
    for turn in session.turns:
        if isinstance(turn, AgentTurn):
            yield _reply(turn, [note for note in held if note.turn == turn.turn])
        elif isinstance(turn, CustomerTurn):
            moved = tuple(_movement(f, state, turn, texts) for f in Feeling)
            yield Answer(turn, moved, tuple(facts.get(id, id) for id in turn.facts))
            state = turn.state
        else:
            yield Answer(turn)


def _reply(turn: AgentTurn, held: Sequence[Remark | Overruling | BlindRating]) -> Reply:
    found = marks(turn.text, turn.scores)
    scores = {dimension: turn.scores.of(dimension) for dimension in Dimension}
    return Reply(
        turn=turn,
        pieces=pieces(turn.text, found),
        marks=found,
        ratings=tuple(
            Rating(
                dimension,
                score,
                tuple(n for n in held if isinstance(n, Overruling) and n.dimension == dimension),
            )
            for dimension, score in scores.items()
        ),
        # abstaining mostly has one reason for all three
        unrated=tuple(
            dict.fromkeys(s.reason for s in scores.values() if s.value is None and s.reason)
        ),
        remarks=tuple(_quoted(n, turn.text) for n in held if isinstance(n, Remark)),
        blind=tuple(n for n in held if isinstance(n, BlindRating)),
    )


def _quoted(remark: Remark, reply: str) -> Quoted:
    words = reply[remark.span.start : remark.span.end] if remark.span else ""
    return Quoted(remark, " ".join(words.split()))


def _movement(
    feeling: Feeling, before: EmotionalState, turn: CustomerTurn, texts: Texts
) -> Movement:
    level = turn.state.level(feeling)
    reasons = tuple(
        f"{rule_name(entry, texts)} {signed(entry.amount, texts.language)}"
        for entry in turn.ledger
        if entry.feeling is feeling
    )
    return Movement(feeling, level, level - before.level(feeling), reasons)
