"""``hoerer content``: which personas and scenarios there are, and what is wrong with a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli import authoring, content_preview, content_test
from simulator.cli.options import Content, chosen_content
from simulator.domain.language import Language
from simulator.i18n import Texts, system_language

if TYPE_CHECKING:
    from simulator.content.catalogue import Catalogue

LANGUAGE = system_language()
T = Texts(LANGUAGE)

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

app.command("new", help=T("content.cli.new_help"))(authoring.new)
app.command("schema", help=T("content.cli.schema_help"))(authoring.schema)
app.command("preview", help=T("preview.help"))(content_preview.preview)
app.command("test", help=T("trial.help"))(content_test.try_out)

Lang = Annotated[Language, typer.Option("--lang", help=T("content.cli.lang_help"))]


@app.command("list", help=T("content.cli.list_help"))
def list_content(
    as_json: Annotated[bool, typer.Option("--json", help=T("content.cli.json_help"))] = False,
    content: Content = None,
    lang: Lang = LANGUAGE,
) -> None:
    """Show the personas and scenarios that can be used."""
    catalogue = chosen_content(content)
    if as_json:
        listing = {"personas": _personas(catalogue, lang), "scenarios": _scenarios(catalogue, lang)}
        typer.echo(json.dumps(listing, ensure_ascii=False, indent=2))
    else:
        _print_listing(catalogue, Texts(lang))
    if catalogue.problems:
        broken = len({problem.path for problem in catalogue.problems})
        typer.echo(Texts(lang)("content.cli.left_out", count=broken), err=True)


@app.command("lint", help=T("content.cli.lint_help"))
def lint_content(
    where: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help=T("content.cli.path_help"))
    ] = None,
    lang: Lang = LANGUAGE,
) -> None:
    """Print every problem; exit code 2 if there is any."""
    from simulator.content.lint import files_in, lint
    from simulator.customer.proof import Proof

    found = lint(where or (), Proof())
    for problem in found:
        typer.echo(problem.render(lang))
    if any(not problem.hint for problem in found):
        raise typer.Exit(2)
    files = files_in(where or ())
    key = "only_hints" if found else "clean" if files else "no_files"
    typer.echo(Texts(lang)(f"content.cli.{key}", count=len(files), hints=len(found)))


def _personas(catalogue: Catalogue, lang: Language) -> list[dict[str, object]]:
    return [
        {
            "id": persona.id,
            "name": persona.text(lang).name,
            "age": persona.age,
            "temperament": persona.temperament.value,
            "difficulty": persona.difficulty,
            "summary": persona.text(lang).summary,
        }
        for persona in catalogue.personas.values()
    ]


def _scenarios(catalogue: Catalogue, lang: Language) -> list[dict[str, object]]:
    return [
        {
            "id": scenario.id,
            "title": scenario.text(lang).title,
            "company": scenario.text(lang).company,
            "industry": scenario.text(lang).industry,
            "channel": scenario.channel,
            "difficulty": scenario.difficulty,
            "personas": list(scenario.personas),
        }
        for scenario in catalogue.scenarios.values()
    ]


def _print_listing(catalogue: Catalogue, texts: Texts) -> None:
    lang = texts.language
    typer.echo(texts("content.cli.personas"))
    for persona in catalogue.personas.values():
        text = persona.text(lang)
        temperament = texts(f"content.temperament.{persona.temperament}")
        typer.echo(
            texts(
                "content.cli.persona_line",
                id=persona.id,
                name=text.name,
                temperament=temperament,
                difficulty=persona.difficulty,
                summary=text.summary,
            )
        )
    typer.echo("\n" + texts("content.cli.scenarios"))
    for scenario in catalogue.scenarios.values():
        typer.echo(
            texts(
                "content.cli.scenario_line",
                id=scenario.id,
                title=scenario.text(lang).title,
                channel=texts(f"content.channel.{scenario.channel}"),
                difficulty=scenario.difficulty,
                personas=", ".join(scenario.personas),
            )
        )
