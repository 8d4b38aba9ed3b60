"""Language models for tests: what they say stands in the test."""

from simulator.lm.base import Chunk, never


class Speaker:
    """Says ``draws`` (the candidates of each draw of openings), then ``rest`` after the chosen one.

    Every line comes word by word; ``unfinished`` lines end at the token limit. ``likely`` are the
    log-likelihoods of openings, the rest has -2.
    """

    name = fingerprint = "speaker"

    def __init__(self, *draws, rest="", likely=None, unfinished=False):
        self.draws = iter(draws)
        self.rest = rest
        self.likely = likely or {}
        self.unfinished = unfinished
        self.requests = []
        self.said = []

    def generate(self, request, cancelled=never):
        self.requests.append(request)
        lines = [self.rest] if request.candidates == 1 else next(self.draws, [])
        for index, line in enumerate(lines):
            words = line.split() or [""]
            for place, word in enumerate(words):
                if cancelled():
                    return
                last = place == len(words) - 1
                self.said.append(word)
                finished = last and not self.unfinished
                likely = self.likely.get(line, -2.0)
                yield Chunk(index, f" {word}" if word else "", last, finished, likely)

    def log_likelihood(self, prompt, continuations):
        return [self.likely.get(text.strip(), -2.0) for text in continuations]


def after(times):
    """Return a cancelled() that says yes from the call after ``times`` on."""
    left = iter(range(times))
    return lambda: next(left, None) is None
