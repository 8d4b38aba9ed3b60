"""``hoerer content new`` and ``schema``: the first draft of a file, and help for the editor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from simulator.cli.options import Lang, T
from simulator.i18n import Texts, system_language
from simulator.paths import home

Subject = Annotated[
    Literal["persona", "scenario"], typer.Argument(help=T("content.cli.subject_help"))
]
Name = Annotated[str, typer.Argument(metavar="ID", help=T("content.cli.id_help"))]


def new(
    subject: Subject,
    name: Name,
    into: Annotated[Path | None, typer.Option("--into", help=T("content.cli.into_help"))] = None,
    lang: Lang = None,
) -> None:
    """Write a template with explanations, never over a file that exists."""
    from simulator.content.template import write_new

    language = lang or system_language()
    texts = Texts(language)
    folder = into or home()
    for file in write_new(subject, name, folder, language):
        typer.echo(texts("template.written", path=file))
    typer.echo(texts("template.next", path=_named(folder)))


def schema(
    into: Annotated[
        Path | None, typer.Option("--into", help=T("content.cli.schema_into_help"))
    ] = None,
    lang: Lang = None,
) -> None:
    """Write the JSON Schema files of all kinds of content."""
    from simulator.content.template import write_schemas

    texts = Texts(lang or system_language())
    for file in write_schemas(into or home()):
        typer.echo(texts("template.written", path=file))


def _named(folder: Path) -> str:
    return f'"{folder}"' if " " in str(folder) else str(folder)
