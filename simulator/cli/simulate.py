"""``hoerer simulate``: a call without a person, as one JSON document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import AsJson, Bar, Content, Lang, Model, T, chosen_content, chosen_model
from simulator.errors import UsageError
from simulator.i18n import Texts, system_language

if TYPE_CHECKING:
    from simulator.domain.conversation import Session
    from simulator.practice import Practice

Agent = Annotated[Path, typer.Option("--agent", help=T("cli.simulate.agent"))]
Who = Annotated[str, typer.Option("--persona", help=T("cli.option.persona"))]
What = Annotated[str, typer.Option("--scenario", help=T("cli.option.scenario"))]


def simulate(
    persona: Who,
    scenario: What,
    agent: Agent,
    seed: Annotated[int, typer.Option("--seed", help=T("cli.option.seed"))] = 0,
    lang: Lang = None,
    model: Model = None,
    as_json: AsJson = False,
    content: Content = None,
) -> None:
    """Play a file of agent lines against the customer."""
    replies = list(agent_lines(agent))
    from simulator.switchboard import open_line, open_store

    language = lang or system_language()
    texts, catalogue = Texts(language), chosen_content(content)
    catalogue.persona(persona)
    catalogue.scenario(scenario)
    board = open_line(chosen_model(model), catalogue, open_store(), Bar(texts))
    practice = board.rehearse(persona, scenario, language, seed)
    practice.hold(replies)
    if as_json:
        typer.echo(json.dumps(document(practice.session), ensure_ascii=False, indent=1))
    else:
        _print_plain(practice, texts)


def agent_lines(file: Path) -> Iterator[str]:
    """Yield the agent's lines of a JSONL file; raises UsageError naming the line that is wrong."""
    from simulator.practice import LONGEST_REPLY, clean

    try:
        # Not splitlines: JSON may hold line separators of other kinds as they are.
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("agent_file", path=file) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise UsageError("agent_line", path=file, line=number) from error
        if not isinstance(text, str) or not clean(text):
            raise UsageError("agent_line", path=file, line=number)
        if len(clean(text)) > LONGEST_REPLY:
            raise UsageError("agent_line_too_long", path=file, line=number, longest=LONGEST_REPLY)
        yield text


def document(session: Session) -> dict[str, object]:
    """Return the call as plain data."""
    from simulator.domain.conversation import AgentTurn

    turns: list[dict[str, object]] = []
    for turn in session.turns:
        if isinstance(turn, AgentTurn):
            scores = turn.scores.model_dump(mode="json")
            turns.append({"speaker": "agent", "text": turn.text, "scores": scores})
        else:
            turns.append(
                {"speaker": "customer", **turn.model_dump(mode="json", exclude={"type", "at"})}
            )
    spoken = [turn.source for turn in session.customer_turns]
    return {
        "persona": session.started.persona,
        "scenario": session.started.scenario,
        "lang": session.started.language,
        "seed": session.started.seed,
        "models": session.started.models,
        "turns": turns,
        "ended": session.ended.reason if session.ended else None,
        "authored_share": round(spoken.count("authored") / len(spoken), 3) if spoken else None,
    }


def _print_plain(practice: Practice, texts: Texts) -> None:
    from simulator.cli.transcript import transcript

    typer.echo(transcript(practice.session, texts))
    spoken = [turn.source for turn in practice.session.customer_turns]
    typer.echo(texts("cli.simulate.share", authored=spoken.count("authored"), lines=len(spoken)))
