"""What came of an exam."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from simulator.coaching.exam_words import result_lines
from simulator.domain.exam import ExamResult
from simulator.i18n import Texts
from simulator.tui.literal import literal


class ExamResultView(Static):
    """Tells ``result``, dimension by dimension, and what it is not for."""

    DEFAULT_CSS = "ExamResultView { height: auto; }"

    def __init__(self, texts: Texts, result: ExamResult) -> None:
        verdict, *lines = result_lines(result, texts)
        told = [literal(verdict, "bold"), *(literal(line) for line in lines)]
        told.append(Content.styled(texts("exam.purpose"), "$foreground 60%"))
        super().__init__(Content("\n").join(told))
