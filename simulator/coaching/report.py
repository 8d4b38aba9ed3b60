"""Reports as one HTML file: a call for going through it together, a trainee's calls over time."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from simulator.coaching import courses, exam_words, review
from simulator.coaching.charts import NARROW, drawing
from simulator.coaching.development import development
from simulator.coaching.hint_words import hint_lines
from simulator.coaching.mail_words import ending, headline, items
from simulator.coaching.opinions import NotedCall
from simulator.coaching.setting import Setting
from simulator.coaching.sheet import Reply, sheet
from simulator.content.catalogue import Catalogue
from simulator.domain.emotion import Feeling
from simulator.domain.exam import FEWEST_RATED
from simulator.domain.score import Dimension
from simulator.i18n import Texts
from simulator.i18n.figures import arrow, decimal, signed

_STEERING = frozenset({"Cc", "Cs"})
"""Categories of characters that no reader sees: controls, and halves that cannot be written."""
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that would have the words around them read the other way round."""


def call_report(call: NotedCall, catalogue: Catalogue, texts: Texts, now: datetime) -> str:
    """Return the call's report as an HTML page in the language of ``texts``, written ``now``.

    Names come from the ``catalogue`` where it still has them, else the ids stand there.
    """
    session = call.session
    setting = Setting.of(session, catalogue)
    result = session.ended.exam if session.ended else None
    return _page(
        "call.html.j2",
        texts,
        now,
        session=session,
        setting=setting,
        review=review.Review.of(session),
        change={f: review.change(session, f) for f in Feeling},
        effect=review.effect_told(session, setting.customer, texts),
        wording=review.wording(session),
        feelings=drawing(courses.of_feelings(session, texts)),
        scores=drawing(courses.of_scores(session, texts)),
        sheet=sheet(session, call.notes, setting.scenario, texts),
        is_reply=lambda part: isinstance(part, Reply),
        exam=result,
        exam_verdict=exam_words.verdict(result, texts) if result else "",
        sign_of=exam_words.sign,
        fewest_rated=FEWEST_RATED,
        hint_lines=lambda hint: hint_lines(hint, texts),
        ended=ending(
            session.ended.reason if session.ended else "open",
            setting.by_email and not session.called,
            setting.customer,
            texts,
        ),
        headline=lambda check: headline(check, texts),
        items=lambda turn: items(turn, texts),
    )


def trainee_report(
    name: str, calls: Sequence[NotedCall], catalogue: Catalogue, texts: Texts, now: datetime
) -> str:
    """Return the development over the calls of ``name`` as an HTML page, written ``now``."""
    found = development(calls, catalogue)
    sessions = [call.session for call in found.calls]
    plots = [drawing(courses.of_calls(sessions, d, texts), NARROW) for d in Dimension]
    return _page("trainee.html.j2", texts, now, name=name, development=found, plots=plots)


def _page(template: str, texts: Texts, now: datetime, **values: object) -> str:
    return (
        _environment()
        .get_template(template)
        .render(
            t=texts,
            now=now,
            Feeling=Feeling,
            Dimension=Dimension,
            decimal=lambda value: decimal(value, texts.language),
            signed=lambda value: signed(value, texts.language),
            arrow=arrow,
            day=lambda at: at.astimezone().strftime(texts("report.day")),
            date=lambda at: at.astimezone().strftime(texts("sessions.date")),
            percent=lambda share: texts("report.confidence", percent=f"{100 * share:.0f}"),
            **values,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("simulator.coaching", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _harmless(value: object) -> object:
    """Drop from words what would steer the reader's browser or cannot be written at all."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "".join(
        c
        for c in value
        if c in "\n\t" or (c not in _TURNING and unicodedata.category(c) not in _STEERING)
    )
