"""The line above a call: who, about what, how, and whether it is an exam or another course."""

from __future__ import annotations

from textual.content import Content

from simulator.domain.persona import PersonaText
from simulator.domain.scenario import Channel, ScenarioText
from simulator.i18n import Texts
from simulator.tui.call import Call
from simulator.tui.literal import literal


def call_title(
    person: PersonaText, matter: ScenarioText, channel: Channel, call: Call, texts: Texts
) -> Content:
    """Return the title of ``call``, held by ``channel``."""
    mode = f" · {texts('exam.name')}" if call.exam else ""
    title = literal(person.name, "bold $primary") + literal(
        f"  {matter.title} · {texts(f'content.channel.{channel}')}{mode}"
    )
    if call.fork is None:
        return title
    return title + literal(f"  {texts('compare.fork.title', turn=call.fork.turn)}", "$accent")
