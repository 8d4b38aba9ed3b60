"""How long a call takes on this machine: load, score, first word, whole turn."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, replace

from simulator.customer.answer import Spoken
from simulator.customer.customer import SimulatedCustomer
from simulator.domain.act import ENDING_ACTS
from simulator.domain.language import Language
from simulator.domain.scenario import Scenario
from simulator.lm.base import LanguageModel, Request
from simulator.practice import Answered, Practice, Scored
from simulator.switchboard import Switchboard

REPLIES: dict[Language, tuple[str, ...]] = {
    "de": (
        "Guten Tag, Sie sprechen mit Jana Petersen. Was ist passiert?",
        "Das klingt ärgerlich. Seit wann geht das denn schon so?",
        "Ich verstehe, dass Sie das wütend macht. Erzählen Sie mir, was genau schiefgelaufen ist.",
        "Da haben wir Sie hängen lassen, das tut mir leid. Was hat Sie am meisten geärgert?",
        "Ich schaue mir das jetzt an und rufe Sie heute bis siebzehn Uhr selbst zurück.",
    ),
    "en": (
        "Good morning, you're speaking to Jane Porter. What has happened?",
        "That sounds maddening. How long has it been going on?",
        "I can hear how angry this makes you. Tell me what exactly went wrong.",
        "We let you down there, and I'm sorry. What has annoyed you most?",
        "I'll look at this now and call you back myself by five o'clock today.",
    ),
}


@dataclass(frozen=True)
class TurnTime:
    """Seconds from the reply until its score, the customer's first word and the last."""

    score: float
    first_word: float
    whole: float
    words: int


def timed_turn(practice: Practice, reply: str) -> TurnTime:
    """Take a turn and time it."""
    start = time.perf_counter()
    score = first = whole = 0.0
    words = 0
    for step in practice.take_turn(reply):
        now = time.perf_counter() - start
        if isinstance(step, Scored):
            score = now
        elif isinstance(step, Spoken):
            first = first or now
        elif isinstance(step, Answered):
            whole, words = now, len(step.turn.text.split())
    return TurnTime(score, first or whole, whole, words)


def timed_turns(
    board: Switchboard, persona: str, scenario: str, language: Language, count: int
) -> list[TurnTime]:
    """Time ``count`` turns; a call that ends early is followed by another."""
    times: list[TurnTime] = []
    seed = 0
    practice = board.rehearse(persona, scenario, language, seed)
    while len(times) < count:
        if practice.over:
            seed += 1
            practice = board.rehearse(persona, scenario, language, seed)
        place = len(practice.session.agent_turns)
        times.append(timed_turn(practice, REPLIES[language][place % len(REPLIES[language])]))
    return times


def summary(times: list[TurnTime]) -> dict[str, float]:
    """Return the medians in seconds."""
    return {
        "turns": len(times),
        "score_p50": round(statistics.median(one.score for one in times), 3),
        "first_word_p50": round(statistics.median(one.first_word for one in times), 3),
        "turn_p50": round(statistics.median(one.whole for one in times), 3),
        "turn_max": round(max(one.whole for one in times), 3),
    }


def growth(
    board: Switchboard, persona: str, scenario: str, language: Language, calls: int = 5
) -> dict[str, float]:
    """Return the median seconds of turn 2 and of turn 20 of the same calls.

    No customer stays on the line that long on purpose, so turns 3 to 18 are copies of turn 2.
    Lines that somebody has written cost less at any turn; so here the model draws them all.
    """
    if isinstance(board.customer, SimulatedCustomer):
        board = replace(board, customer=replace(board.customer, outspoken=True))
    early, late = [], []
    for seed in range(calls):
        practice = board.rehearse(persona, scenario, language, seed)
        practice.scenario = _unscripted(practice.scenario, language)
        timed_turn(practice, REPLIES[language][0])
        early.append(timed_turn(practice, REPLIES[language][1]).whole)
        second = practice.session.turns[2:4]
        copies = [t.model_copy(update={"turn": n}) for n in range(3, 19) for t in second]
        turns = (*practice.session.turns, *copies)
        practice.session = practice.session.model_copy(update={"turns": turns, "ended": None})
        timed_turn(practice, REPLIES[language][2])
        practice.session = practice.session.model_copy(update={"ended": None})
        late.append(timed_turn(practice, REPLIES[language][3]).whole)
    second_turn, twentieth = statistics.median(early), statistics.median(late)
    return {
        "turn_2": round(second_turn, 3),
        "turn_20": round(twentieth, 3),
        "turn_20_to_turn_2": round(twentieth / second_turn, 2),
    }


def _unscripted(scenario: Scenario, language: Language) -> Scenario:
    """Return the scenario without lines and answers, but for a call's first and last words."""
    text = scenario.text(language)
    lines = tuple(line for line in text.lines if line.opening or line.act in ENDING_ACTS)
    bare = text.model_copy(update={"lines": lines, "answers": ()})
    return scenario.model_copy(update={language: bare})


def tokens_per_second(model: LanguageModel) -> float:
    """Return how fast a single text is made."""
    start = time.perf_counter()
    pieces = list(model.generate(Request("Kunde:", max_tokens=48, stop=())))
    return round(len(pieces) / (time.perf_counter() - start), 1)


def first_paint() -> float:
    """Return seconds from starting Python to the app's first screen, in a process of its own."""
    start = time.perf_counter()
    code = (
        "import asyncio\n"
        "from simulator.content.catalogue import Catalogue\n"
        "from simulator.switchboard import open_store\n"
        "from simulator.tui.app import HoererApp\n"
        "import time\n"
        "def connect(progress):\n"
        "    time.sleep(60)\n"
        "app = HoererApp(Catalogue.load, open_store(), connect, 'de')\n"
        "async def main():\n"
        "    async with app.run_test(size=(80, 24)):\n"
        "        print('painted', flush=True)\n"
        "        import os\n"
        "        os._exit(0)\n"
        "asyncio.run(main())\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE)
    return round(time.perf_counter() - start, 3)


def machine() -> dict[str, object]:
    """Return what the figures were taken on."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "system": platform.system(),
    }
