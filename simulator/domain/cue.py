"""The wordings in a reply that a trainer would point at."""

from __future__ import annotations

from enum import StrEnum


class Cue(StrEnum):
    """A kind of wording in a trainee's reply; scores cite it, personas react to it."""

    # what helps
    SPECIFIC_APOLOGY = "specific_apology"
    NAMED_FEELING = "named_feeling"
    TAKEN_UP_FACT = "taken_up_fact"
    PARAPHRASE = "paraphrase"
    OPEN_QUESTION = "open_question"
    CONCRETE_STEP = "concrete_step"
    CHOICE = "choice"
    OWNERSHIP = "ownership"
    CALM_LIMIT = "calm_limit"
    THANKS = "thanks"
    # what hurts
    STOCK_PHRASE = "stock_phrase"
    CALM_DOWN = "calm_down"
    BLAME = "blame"
    NOT_MY_JOB = "not_my_job"
    ASKS_AGAIN = "asks_again"
    ASKS_NUMBER = "asks_number"
    HOLD_OFF = "hold_off"
    JUSTIFICATION = "justification"
    MUST = "must"
    BELITTLING = "belittling"
    INSULT = "insult"
    SALES_PITCH = "sales_pitch"


POSITIVE_CUES = frozenset(
    {
        Cue.SPECIFIC_APOLOGY,
        Cue.NAMED_FEELING,
        Cue.TAKEN_UP_FACT,
        Cue.PARAPHRASE,
        Cue.OPEN_QUESTION,
        Cue.CONCRETE_STEP,
        Cue.CHOICE,
        Cue.OWNERSHIP,
        Cue.CALM_LIMIT,
        Cue.THANKS,
    }
)
