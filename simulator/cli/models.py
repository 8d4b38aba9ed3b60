"""``hoerer models``: which models there are, preparing and choosing one."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from simulator.cli.options import AsJson, Bar, Lang, T, chosen_model
from simulator.i18n import Texts, system_language

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Named = Annotated[str, typer.Argument(help=T("cli.models.name"))]
MaybeNamed = Annotated[str | None, typer.Argument(help=T("cli.models.name"))]


@app.command("list", help=T("cli.models.list_help"))
def list_models(as_json: AsJson = False, lang: Lang = None) -> None:
    """List the models that come as packages, and the chosen one."""
    from simulator.lm.prepare import is_prepared
    from simulator.lm.sources import PACKAGED

    texts, chosen = Texts(lang or system_language()), chosen_model(None)
    rows = [
        {
            "name": source.name,
            "title": source.title,
            "licence": source.licence,
            "installed": source.installed,
            "prepared": is_prepared(source, "speaker"),
            "chosen": source.name == chosen,
        }
        for source in PACKAGED.values()
    ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        state = "prepared" if row["prepared"] else "installed" if row["installed"] else "missing"
        mark = "*" if row["chosen"] else " "
        typer.echo(
            f"{mark} {row['name']:<10} {row['title']} · {row['licence']} · "
            f"{texts(f'cli.models.{state}')}"
        )
    if chosen not in PACKAGED:
        typer.echo(f"* {chosen}")


@app.command("prepare", help=T("cli.models.prepare_help"))
def prepare_models(name: MaybeNamed = None, lang: Lang = None) -> None:
    """Prepare the scorer's reader and the customer's model."""
    from simulator.lm.prepare import prepare
    from simulator.lm.sources import SMALL, find
    from simulator.switchboard import SCRIPTED

    texts, chosen = Texts(lang or system_language()), chosen_model(name)
    bar = Bar(texts)
    made = [prepare(SMALL, "reader", bar)]
    if not chosen.startswith(SCRIPTED):
        made.append(prepare(find(chosen), "speaker", bar))
    for folder in made:
        typer.echo(texts("cli.models.ready", path=folder))


@app.command("use", help=T("cli.models.use_help"))
def use(name: Named, lang: Lang = None) -> None:
    """Choose the model the customer speaks with from now on."""
    from simulator import settings
    from simulator.lm.sources import Local, Packaged, find

    source, texts = find(name), Texts(lang or system_language())
    if isinstance(source, Local):
        source.check()
    settings.choose_model(name)
    typer.echo(texts("cli.models.used", name=name))
    if not isinstance(source, Packaged):
        typer.echo(texts("other_models.unmeasured"))


@app.command("info", help=T("cli.models.info_help"))
def info(name: MaybeNamed = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """Say what a prepared model is made of."""
    from simulator.lm.prepare import folder_of, manifest
    from simulator.lm.sources import Packaged, find

    source = find(chosen_model(name))
    folder = folder_of(source, "speaker")
    described = manifest(folder)
    if as_json:
        typer.echo(json.dumps(described.model_dump() if described else None, indent=1))
        return
    texts = Texts(lang or system_language())
    typer.echo(source.title)
    if not isinstance(source, Packaged):
        typer.echo(texts("other_models.unmeasured"))
    if described is None:
        typer.echo(texts("cli.models.not_prepared", name=source.name))
        return
    size = sum(file.stat().st_size for file in folder.iterdir()) / 2**20
    typer.echo(
        texts(
            "cli.models.described",
            path=folder,
            size=f"{size:.0f}",
            sha256=described.sha256,
            adapter=described.adapter or "–",
        )
    )
    typer.echo(texts(f"other_models.{'asked' if described.chat else 'goes_on'}"))
