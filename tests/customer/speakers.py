"""Language models for tests: what they say stands in the test."""

import numpy as np

from simulator.lm.base import Chunk, Weight, never

NOWHERE = np.zeros(0, np.float32)


class Speaker:
    """Says ``draws``: the candidates of each draw.

    Every line comes word by word; ``unfinished`` lines end at the token limit. ``likely`` are the
    log-likelihoods of lines, the rest has -2.
    """

    name = fingerprint = "speaker"

    def __init__(self, *draws, likely=None, unfinished=False):
        self.draws = iter(draws)
        self.likely = likely or {}
        self.unfinished = unfinished
        self.requests = []
        self.said = []

    def generate(self, request, cancelled=never):
        self.requests.append(request)
        for index, line in enumerate(next(self.draws, [])):
            words = line.split() or [""]
            for place, word in enumerate(words):
                if cancelled():
                    return
                last = place == len(words) - 1
                self.said.append(word)
                finished = last and not self.unfinished
                weight = self._weight(line) if last else None
                yield Chunk(index, f" {word}" if word else "", last, finished, weight)

    def weigh(self, prompt, continuations):
        return [self._weight(text.strip()) for text in continuations]

    def _weight(self, text):
        return Weight(self.likely.get(text, -2.0), NOWHERE)


def after(times):
    """Return a cancelled() that says yes from the call after ``times`` on."""
    left = iter(range(times))
    return lambda: next(left, None) is None
