"""Says in plain words what a note says of a reply."""

from __future__ import annotations

from simulator.domain.annotation import BlindRating, Remark, Tag
from simulator.domain.conversation import AgentTurn
from simulator.domain.cue import Cue
from simulator.domain.score import Dimension, DimensionScore
from simulator.i18n import Texts


def tag_name(tag: Tag | None, texts: Texts) -> str:
    """Return what a remark is about, in the words of the rubric."""
    if tag is None:
        return texts("replay.remark.no_tag")
    room = "cue" if isinstance(tag, Cue) else "dimension"
    return texts(f"scoring.{room}.{tag}")


def quoted_words(note: Remark, reply: AgentTurn) -> str:
    """Return the words of ``reply`` the remark is about, in one line; empty for all of it."""
    words = reply.text[note.span.start : note.span.end] if note.span else ""
    return " ".join(words.split())


def machine_value(score: DimensionScore, texts: Texts) -> str:
    """Return the machine's value with its label, or that it gave none."""
    if score.value is None or score.label is None:
        return texts("replay.notes.machine_none")
    label = texts(f"replay.label.{score.label}")
    return texts("replay.notes.machine", value=f"{score.value:.0f}", label=label)


def label_name(label: int, texts: Texts) -> str:
    """Return a label with its word: "2 (strong)"."""
    return f"{label} ({texts(f'replay.label.{label}')})"


def rating_words(note: BlindRating, texts: Texts) -> str:
    """Return the three labels of a blind rating in one line."""
    return " · ".join(
        f"{texts(f'scoring.dimension.{d}')} {label_name(note.label(d), texts)}" for d in Dimension
    )
