"""How far coaches agree with each other and with the machine, dimension by dimension.

What coaches said blind and what they said having seen the machine's score are never counted
together.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import krippendorff
import numpy as np

from simulator.coaching.opinions import NotedCall, Opinions, opinions
from simulator.domain.score import Dimension
from simulator.scoring.agreement import bootstrap, quadratic_kappa

Voice = Literal["blind", "overruled", "machine"]


@dataclass(frozen=True)
class Pair:
    """How far two raters agree on one dimension, over the ``n`` replies that both labelled.

    ``one`` and ``other`` are coaches' names; ``other`` is None for the machine, which abstained
    on ``left_out`` further replies. ``kappa`` is Cohen's with quadratic weights (1 full agreement,
    0 what chance gives), None where nothing could be disagreed about; ``low`` to ``high`` is its
    95 % interval, whole calls drawn again, None with fewer than two calls. ``exact`` is the share
    (0 to 1) of equal labels, None without a reply; ``higher`` and ``lower`` count the replies that
    ``one`` labelled above and below ``other``.
    """

    one: str
    other: str | None
    dimension: Dimension
    n: int
    left_out: int
    kappa: float | None
    low: float | None
    high: float | None
    exact: float | None
    higher: int
    lower: int


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha (ordinal) of all ``raters`` together on one dimension.

    ``n`` counts the replies with at least two labels; others say nothing about agreement.
    ``alpha`` is 1 for full agreement and 0 for what chance gives, None where all labels are equal.
    """

    dimension: Dimension
    with_machine: bool
    raters: int
    n: int
    alpha: float | None


@dataclass(frozen=True)
class Said:
    """One label (0 to 2); ``coach`` is "" for the machine."""

    voice: Voice
    coach: str
    label: int


@dataclass(frozen=True)
class Disagreement:
    """A reply to talk about; ``spread`` (1 or 2) lies between the highest and lowest label."""

    session: str
    turn: int
    reply: str
    dimension: Dimension
    spread: int
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Agreement:
    """All figures of some calls; coaches always in alphabetical order.

    ``coaches`` are those who rated blind, ``calls`` and ``replies`` count what they rated.
    ``between`` and ``machine`` rest on blind ratings only, ``overruled`` only on labels given
    having seen the machine's: it shows which way coaches correct it, not how often it is right.
    ``disagreements`` hold both, the largest first.
    """

    coaches: tuple[str, ...]
    calls: int
    replies: int
    between: tuple[Pair, ...]
    machine: tuple[Pair, ...]
    alphas: tuple[Alpha, ...]
    overruled: tuple[Pair, ...]
    disagreements: tuple[Disagreement, ...]


def agreement(calls: Iterable[NotedCall]) -> Agreement:
    """Measure the agreement in ``calls``, each call once; notes that no longer stand are left."""
    heard = opinions(calls)
    coaches = alphabetical(coach for one in heard for coach in one.blind)
    overruling = alphabetical(coach for one in heard for coach in one.overruled)
    rated = {(one.session, one.turn) for one in heard if one.blind}
    return Agreement(
        coaches=coaches,
        calls=len({session for session, _ in rated}),
        replies=len(rated),
        between=tuple(
            _pair(one, other, dimension, [(o, o.blind.get(one), o.blind.get(other)) for o in about])
            for one, other in combinations(coaches, 2)
            for dimension, about in _by_dimension(heard)
        ),
        machine=tuple(
            _pair(coach, None, dimension, [(o, o.blind.get(coach), o.machine) for o in about])
            for coach in coaches
            for dimension, about in _by_dimension(heard)
        ),
        alphas=tuple(_alphas(heard, coaches)),
        overruled=tuple(
            _pair(coach, None, dimension, [(o, o.overruled.get(coach), o.machine) for o in about])
            for coach in overruling
            for dimension, about in _by_dimension(heard)
            if any(coach in o.overruled for o in about)
        ),
        disagreements=_disagreements(heard),
    )


def ordinal_alpha(units: Iterable[Sequence[int]]) -> float | None:
    """Return Krippendorff's alpha of ordinal labels; each unit holds the labels it was given.

    Units with fewer than two labels are left out; None if nothing is left or all is equal.
    """
    pairable = [labels for labels in units if len(labels) > 1]
    values = sorted({label for labels in pairable for label in labels})
    if len(values) < 2:
        return None
    counts = [[list(labels).count(value) for value in values] for labels in pairable]
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="ordinal"))


def alphabetical(names: Iterable[str]) -> tuple[str, ...]:
    """Return each name once, in alphabetical order; letters with accents stand with their own."""
    return tuple(sorted(set(names), key=lambda name: (_bare(name), name)))


def _bare(name: str) -> str:
    letters = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return "".join(letters).casefold()


def _by_dimension(heard: Sequence[Opinions]) -> Iterator[tuple[Dimension, list[Opinions]]]:
    for dimension in Dimension:
        yield dimension, [one for one in heard if one.dimension is dimension]


def _pair(
    one: str,
    other: str | None,
    dimension: Dimension,
    labels: Sequence[tuple[Opinions, int | None, int | None]],
) -> Pair:
    both = [(o.session, a, b) for o, a, b in labels if a is not None and b is not None]
    left_out = sum(a is not None and b is None for _, a, b in labels) if other is None else 0
    kappa, low, high = _kappa(both)
    return Pair(
        one=one,
        other=other,
        dimension=dimension,
        n=len(both),
        left_out=left_out,
        kappa=kappa,
        low=low,
        high=high,
        exact=sum(a == b for _, a, b in both) / len(both) if both else None,
        higher=sum(a > b for _, a, b in both),
        lower=sum(a < b for _, a, b in both),
    )


def _kappa(
    both: Sequence[tuple[str, int, int]],
) -> tuple[float | None, float | None, float | None]:
    if not both:
        return None, None, None
    sessions, one, other = zip(*both, strict=True)
    if len(set(sessions)) < 2:
        # drawing a single call again and again would show an interval of no width
        return _known(quadratic_kappa(one, other)), None, None
    figure = bootstrap(quadratic_kappa, one, other, np.asarray(sessions))
    return _known(figure.value), _known(figure.low), _known(figure.high)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _alphas(heard: Sequence[Opinions], coaches: Sequence[str]) -> Iterator[Alpha]:
    for with_machine in (False, True):
        if len(coaches) + with_machine < 2:
            continue
        for dimension, about in _by_dimension(heard):
            units = [_labels(one, with_machine) for one in about if one.blind]
            pairable = [unit for unit in units if len(unit) > 1]
            yield Alpha(
                dimension=dimension,
                with_machine=with_machine,
                raters=len({rater for unit in pairable for rater in unit}),
                n=len(pairable),
                alpha=ordinal_alpha([tuple(unit.values()) for unit in pairable]),
            )


def _labels(one: Opinions, with_machine: bool) -> Mapping[str | None, int]:
    labels: dict[str | None, int] = dict(one.blind.items())
    if with_machine and one.machine is not None:
        labels[None] = one.machine
    return labels


def _disagreements(heard: Sequence[Opinions]) -> tuple[Disagreement, ...]:
    found = []
    for one in heard:
        said = tuple(_said(one))
        spread = _spread(s.label for s in said)
        if spread:
            # where coaches differ there is more to talk about than where only the machine does
            among = _spread(s.label for s in said if s.voice != "machine")
            talk = Disagreement(one.session, one.turn, one.reply, one.dimension, spread, said)
            found.append((-spread, -among, talk))
    return tuple(talk for *_, talk in sorted(found, key=lambda each: each[:2]))


def _said(one: Opinions) -> Iterator[Said]:
    for coach in alphabetical(one.blind):
        yield Said("blind", coach, one.blind[coach])
    for coach in alphabetical(one.overruled):
        yield Said("overruled", coach, one.overruled[coach])
    if one.machine is not None:
        yield Said("machine", "", one.machine)


def _spread(labels: Iterable[int]) -> int:
    given = tuple(labels)
    return max(given) - min(given) if given else 0
