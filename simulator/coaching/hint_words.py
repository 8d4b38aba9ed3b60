"""Help that a trainee took before a reply, in words."""

from __future__ import annotations

from simulator.domain.hint import Hint
from simulator.i18n import Texts


def taken(hint: Hint, texts: Texts) -> str:
    """Return in a few words what was taken."""
    return texts(f"hint.took_{'example' if hint.example else 'question'}")


def hint_lines(hint: Hint, texts: Texts) -> tuple[str, ...]:
    """Return what was shown: the question, and the example if there was one."""
    question = texts("hint.told_question", question=hint.question)
    if hint.example is None:
        return (question,)
    return question, texts("hint.told_example", example=hint.example.text)
