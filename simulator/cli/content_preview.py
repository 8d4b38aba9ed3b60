"""``hoerer content preview``: what the model is told, and what the customer makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import (
    Bar,
    Content,
    Lang,
    Model,
    Persona,
    Scenario,
    T,
    chosen_content,
    chosen_model,
)
from simulator.domain.act import Act
from simulator.i18n import Texts, system_language
from simulator.i18n.figures import decimal

if TYPE_CHECKING:
    from simulator.domain.persona import Persona as Person
    from simulator.domain.scenario import AuthoredLine
    from simulator.domain.scenario import Scenario as Matter
    from simulator.evaluation.preview import Sample

Given = Annotated[str, typer.Argument(metavar="ID", help=T("preview.id"))]
Without = Annotated[bool, typer.Option("--without-model", help=T("preview.without_model"))]
Seed = Annotated[int, typer.Option("--seed", help=T("cli.option.seed"))]


def preview(
    given: Given,
    persona: Persona = None,
    scenario: Scenario = None,
    lang: Lang = None,
    without_model: Without = False,
    seed: Seed = 0,
    model: Model = None,
    content: Content = None,
) -> None:
    """Print the prompt and three turns in each state, or the prompt and the authored lines."""
    from simulator.cli.transcript import plain
    from simulator.content.cast import cast
    from simulator.evaluation.preview import samples, told, told_first

    texts, catalogue = Texts(lang or system_language()), chosen_content(content)
    language = texts.language
    who, what = cast(catalogue, given, persona, scenario)
    person, matter = catalogue.persona(who), catalogue.scenario(what)
    heading = f"{person.text(language).name} · {matter.text(language).title}"
    if without_model:
        typer.echo(f"{heading}\n\n{texts('preview.told_first')}\n")
        typer.echo(plain(told_first(person, matter, language)))
        for line in _authored(person, matter, texts):
            typer.echo(plain(line))
        return
    from simulator.switchboard import open_line, open_store

    board = open_line(chosen_model(model), catalogue, open_store(), Bar(texts))
    typer.echo(heading)
    stand = None
    for sample in samples(board, who, what, language, seed):
        if stand is None:
            typer.echo(f"\n{texts('preview.told')}\n")
            typer.echo(plain(told(sample.session, person, matter)))
        if sample.stand != stand:
            stand = sample.stand
            typer.echo(f"\n{_standing(sample, texts)}")
        for line in _turn(sample, matter, texts):
            typer.echo(plain(line))


def _standing(sample: Sample, texts: Texts) -> str:
    from simulator.customer.prompt import anger_word

    stand, language = sample.stand, texts.language
    return texts(
        "preview.stand",
        word=anger_word(stand.anger, language),
        anger=decimal(stand.anger, language),
        trust=decimal(stand.trust, language),
    )


def _turn(sample: Sample, scenario: Matter, texts: Texts) -> Iterator[str]:
    """Yield the exchange as it stands in the prompt, and what else is known of the answer."""
    from simulator.customer.customer import lines_of
    from simulator.customer.prompt import written

    yield ""
    for line in lines_of(sample.session, scenario)[-2:]:
        yield "  " + "".join(written(line, texts.language))
    answer = sample.answer
    notes = [
        texts("preview.anger", anger=decimal(answer.state.anger, texts.language)),
        texts(f"preview.source.{answer.source}"),
        *(texts("preview.fact", fact=fact) for fact in answer.facts),
        *([texts("preview.need")] if answer.need else []),
    ]
    yield "    → " + " · ".join(notes)


def _authored(persona: Person, scenario: Matter, texts: Texts) -> Iterator[str]:
    """Yield the lines that were written for the scenario and the person, act by act."""
    lines = scenario.text(texts.language).lines
    yield "\n" + texts("preview.authored", count=len(lines))
    for opening, act in product((True, False), Act):
        same = [line for line in lines if (line.opening, line.act) == (opening, act)]
        if same:
            heading = texts(f"prompt.act.{act}")
            yield f"\n{texts('preview.opening', act=heading) if opening else heading}"
            yield from (f"  • {line.text}{_only(line, texts)}" for line in same)
    own = persona.text(texts.language)
    yield "\n" + texts("preview.own", name=own.name)
    for act in own.lines:
        yield f"\n{texts(f'prompt.act.{act}')}"
        yield from (f"  • {line}" for line in own.lines[act])


def _only(line: AuthoredLine, texts: Texts) -> str:
    """Return what holds the line back, in brackets, or nothing."""
    notes = [texts("preview.fact", fact=line.fact)] if line.fact else []
    notes += [texts("preview.need")] if line.need else []
    notes += [texts("preview.any_question")] if line.any_question else []
    if line.after:
        cues = ", ".join(texts(f"scoring.cue.{cue}") for cue in line.after)
        notes.append(texts("preview.after", cues=cues))
    return f" ({'; '.join(notes)})" if notes else ""
