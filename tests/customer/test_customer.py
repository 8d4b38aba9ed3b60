import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from simulator.content.catalogue import Catalogue
from simulator.customer.answer import Answer, Moved, Spoken
from simulator.customer.correspondence import body
from simulator.customer.customer import SimulatedCustomer, caller_of, lines_of
from simulator.customer.dynamics import Dynamics
from simulator.customer.planner import Planner
from simulator.customer.prompt import AgentLine, transcript
from simulator.domain.act import ENDING_ACTS, Act
from simulator.domain.conversation import CallStarted, Session
from simulator.domain.cue import Cue
from simulator.domain.emotion import Feeling
from simulator.domain.language import LANGUAGES
from simulator.domain.scenario import AuthoredLine
from simulator.lm.base import never
from simulator.lm.scripted import ScriptedLM
from tests.calls import NOON, agent
from tests.customer.listeners import attention, listener
from tests.customer.people import rated
from tests.customer.speakers import Speaker, after

CATALOGUE = Catalogue.load()
# Hears what kind of question it is, and no topic: so courses do not hang on shared words.
HEARING = listener(attention(constant=-9))
SCRIPT = {
    "de": ["Ach, und jetzt?", "Das hör ich öfter.", "Na, dann machen Sie mal.", "Wie bitte?"],
    "en": ["Oh, and now what?", "I get told that a lot.", "Go on then, do it.", "Pardon me?"],
}
GOOD = rated(2, 2, 2, Cue.OPEN_QUESTION, Cue.CONCRETE_STEP)
BAD, NEUTRAL = rated(0, 0, 0), rated(1, 1, 1)


def simulated(language="de", model=None):
    return SimulatedCustomer(
        model or ScriptedLM(SCRIPT[language]), Dynamics.load(), Planner.load(), HEARING
    )


def begun(who, what, language="de", seed=7):
    return Session(
        started=CallStarted(
            session="abc123",
            at=NOON,
            persona=who.id,
            scenario=what.id,
            language=language,
            seed=seed,
            start=who.start,
        )
    )


def replied(session, scores, text="Hm."):
    turn = agent(len(session.agent_turns) + 1, text)
    return session.after(turn.model_copy(update={"scores": scores}))


def answer(session, who, what, model=None, cancelled=never):
    steps = list(simulated(session.started.language, model).react(session, who, what, cancelled))
    assert isinstance(steps[-1], Answer)
    return steps[-1]


def after_answer(session, who, what, scores, text="Hm."):
    session = replied(session, scores, text)
    given = answer(session, who, what)
    return session.after(given.turn(session.unanswered.turn, NOON)), given


def call(who, what, language, scores, seed=7, turns=12):
    """Have a call of replies rated alike; return its answers and the session."""
    session, answers = begun(who, what, language, seed), []
    asking = {"de": "Was ist passiert?", "en": "What happened?"}[language]
    for _ in range(turns):
        text = asking if Cue.OPEN_QUESTION in scores.cues else "Hm."
        session, given = after_answer(session, who, what, scores, text)
        answers.append(given)
        if given.act in ENDING_ACTS:
            break
    return answers, session


PAIRS = [
    pytest.param(who, what, language, id=f"{what.id}-{who.id}-{language}")
    for who, what in CATALOGUE.pairs()
    for language in LANGUAGES
]
WHO, WHAT = CATALOGUE.persona("brandt"), CATALOGUE.scenario("internet-kuendigung")
MAIL = next(what for what in CATALOGUE.scenarios.values() if what.channel == "email")
WRITER = CATALOGUE.persona(MAIL.personas[0])


@pytest.mark.parametrize(("who", "what", "language"), PAIRS)
def test_the_effect_comes_first_the_answer_last_and_the_clauses_join_to_it(who, what, language):
    session = replied(begun(who, what, language), NEUTRAL)
    first, *spoken, last = simulated(language).react(session, who, what)
    assert isinstance(first, Moved)
    assert isinstance(last, Answer)
    assert spoken
    assert all(isinstance(step, Spoken) and step.text for step in spoken)
    assert "".join(step.text for step in spoken).strip() == last.text
    assert (last.state, last.ledger) == (first.state, first.ledger)
    assert not last.interrupted


@pytest.mark.parametrize(("who", "what", "language"), PAIRS)
def test_in_a_whole_call_facts_come_out_once_and_the_ledger_sums_to_the_change(who, what, language):
    answers, session = call(who, what, language, GOOD)
    told = [fact for given in answers for fact in given.facts]
    assert told
    assert len(told) == len(set(told))
    assert set(told) <= {fact.id for fact in what.facts}
    assert session.released == set(told)
    assert sum(given.need for given in answers) == session.need_told
    before = who.start
    for given in answers:
        for feeling in Feeling:
            change = round((given.state.level(feeling) - before.level(feeling)) * 10)
            entries = [e.amount for e in given.ledger if e.feeling is feeling]
            assert round(sum(entries) * 10) == change
        before = given.state


@pytest.mark.parametrize(("who", "what", "language"), PAIRS)
def test_good_replies_calm_and_bad_ones_tell_nobody_the_need(who, what, language):
    good, _ = call(who, what, language, GOOD)
    assert good[-1].state.anger < who.start.anger
    assert good[-1].state.trust > who.start.trust
    bad, session = call(who, what, language, BAD)
    assert bad[-1].state.anger > who.start.anger
    assert not session.need_told
    assert Act.CLOSE not in {given.act for given in bad}


def test_nobody_is_asked_when_there_is_nothing_to_answer():
    session = begun(WHO, WHAT)
    assert list(simulated().react(session, WHO, WHAT)) == []
    answered, _ = after_answer(session, WHO, WHAT, NEUTRAL)
    assert list(simulated().react(answered, WHO, WHAT)) == []


@pytest.mark.parametrize("seed", range(6))
def test_the_same_call_has_the_same_course_word_for_word(seed):
    once, again = (call(WHO, WHAT, "de", NEUTRAL, seed, turns=5)[0] for _ in range(2))
    assert once == again


def test_another_seed_is_another_call():
    lines = {tuple(a.text for a in call(WHO, WHAT, "de", NEUTRAL, s, 4)[0]) for s in range(8)}
    assert len(lines) > 4


def test_a_greeting_alone_moves_nobody_on_the_phone_but_an_offence_in_it_does():
    greeting = replied(begun(WHO, WHAT), BAD, "Talnetz Breitband, guten Tag.")
    given = answer(greeting, WHO, WHAT)
    assert (given.state, given.ledger) == (WHO.start, ())
    trigger = next(t for t in WHO.triggers if t.wording("de").phrases)
    phrase = trigger.wording("de").phrases[0]
    offended = answer(replied(begun(WHO, WHAT), BAD, f"Talnetz. {phrase}."), WHO, WHAT)
    assert any(entry.rule == "trigger" for entry in offended.ledger)


@pytest.mark.parametrize("seed", range(4))
def test_first_words_answer_the_greeting_or_tell_what_is_wrong(seed):
    def first_words(cues, *lines):
        text = WHAT.de.model_copy(update={"lines": lines})
        case = WHAT.model_copy(update={"de": text})
        greeted = replied(begun(WHO, case, seed=seed), rated(0, 0, 0, *cues), "Ihre Nummer?")
        return answer(greeted, WHO, case)

    fact = WHAT.facts[0].id
    told = AuthoredLine(act=Act.COMPLAIN, opening=True, fact=fact, text="Das Netz fällt aus.")
    heard = AuthoredLine(
        act=Act.ACCUSE, opening=True, after=(Cue.ASKS_NUMBER,), text="Eine Nummer bin ich?"
    )
    given = first_words((), told, heard)
    assert (given.text, given.facts) == (told.text, (fact,))
    given = first_words((Cue.ASKS_NUMBER,), told, heard)
    assert (given.text, given.act, given.facts) == (heard.text, Act.ACCUSE, ())
    both = heard.model_copy(update={"fact": fact})
    assert first_words((Cue.ASKS_NUMBER,), told, both).facts == (fact,)


def test_the_first_reply_to_a_mail_counts_in_full():
    given = answer(replied(begun(WRITER, MAIL), BAD), WRITER, MAIL)
    assert given.ledger


def test_interrupted_the_line_keeps_what_was_said():
    session, _ = after_answer(begun(WHO, WHAT), WHO, WHAT, NEUTRAL)
    session = replied(session, NEUTRAL)
    model = ScriptedLM(["Ach, und was jetzt, was wird das hier, eine Ausrede, oder was."])
    whole = answer(session, WHO, WHAT, model).text
    stopped = 0
    for patience in range(1, 80):
        given = answer(session, WHO, WHAT, model, after(patience))
        assert whole.startswith(given.text) or given.text == "…"
        stopped += given.interrupted
    assert stopped > 5


def test_interrupted_before_the_first_word_there_is_silence_and_the_effect_stays():
    session = replied(begun(WRITER, MAIL), BAD)
    given = answer(session, WRITER, MAIL, None, lambda: True)
    assert (given.text, given.interrupted) == ("…", True)
    assert given.state != WRITER.start


def written(text, lines, language):
    """Return the authored line that a turn is, or that the mail holds."""
    held = (line for own, line in lines.items() if "\n" in text and body(own, language) in text)
    return lines.get(text) or next(held, None)


@pytest.mark.parametrize(("who", "what", "language"), PAIRS)
def test_an_authored_line_tells_what_is_noted_as_told_and_nothing_else(who, what, language):
    lines = {line.text: line for line in what.text(language).lines}
    for seed in range(3):
        session = begun(who, what, language, seed)
        for _ in range(9):
            session = replied(session, GOOD)
            given = answer(session, who, what, Speaker())
            said = written(given.text, lines, language)
            assert given.facts == ((said.fact,) if said and said.fact else ())
            assert given.need == bool(said and said.need)
            session = session.after(given.turn(session.unanswered.turn, NOON))
            if given.act in ENDING_ACTS:
                break


def test_what_was_cut_short_can_still_be_told():
    for seed in range(20):
        session = replied(begun(WHO, WHAT, seed=seed), NEUTRAL)
        given = answer(session, WHO, WHAT, None, lambda: True)
        assert (given.facts, given.need) == ((), False)


@pytest.mark.parametrize(("who", "what", "language"), PAIRS)
def test_the_last_words_of_a_call_are_authored(who, what, language):
    for scores in (GOOD, BAD):
        answers, _ = call(who, what, language, scores, turns=16)
        known = {line for lines in who.text(language).lines.values() for line in lines}
        known |= {line.text for line in what.text(language).lines}
        for given in answers:
            if given.act in ENDING_ACTS:
                mail = body(given.text.rpartition("\n\n")[0] or given.text, language)
                assert {given.text, mail} & {*known, *(body(line, language) for line in known)}
                assert given.source == "authored"


def test_a_mute_model_leaves_a_whole_call_of_authored_lines():
    session = begun(WHO, WHAT)
    for _ in range(8):
        session = replied(session, NEUTRAL)
        given = answer(session, WHO, WHAT, Speaker())
        assert given.source == "authored"
        assert given.text != "…"
        session = session.after(given.turn(session.unanswered.turn, NOON))


def test_the_answer_becomes_the_event_of_its_exchange():
    session = replied(begun(WHO, WHAT), NEUTRAL)
    given = answer(session, WHO, WHAT)
    at = datetime(2025, 3, 4, tzinfo=UTC)
    turn = given.turn(1, at)
    assert (turn.turn, turn.at, turn.text, turn.act) == (1, at, given.text, given.act)
    assert (turn.state, turn.ledger, turn.facts) == (given.state, given.ledger, given.facts)


def test_the_prompt_of_the_next_turn_goes_on_from_this_one():
    session, _ = after_answer(begun(WHO, WHAT), WHO, WHAT, NEUTRAL)
    caller = caller_of(session, WHO, WHAT)
    before = transcript(caller, lines_of(session, WHAT))
    longer = transcript(caller, [*lines_of(session, WHAT), AgentLine("Ja?")])
    assert longer.startswith(before)
    assert WHO.de.name in before


def test_a_mail_exchange_begins_with_the_customers_mail():
    session = replied(begun(WRITER, MAIL), NEUTRAL, "Guten Tag.")
    first, second = lines_of(session, MAIL)
    assert first.text == MAIL.de.thread
    assert second == AgentLine("Guten Tag.")


def test_chance_is_the_turns_own_and_not_the_worlds():
    random.seed(1)
    state = random.getstate()
    answer(replied(begun(WHO, WHAT), NEUTRAL), WHO, WHAT)
    assert random.getstate() == state


def test_a_model_that_is_not_outspoken_is_asked_only_where_little_is_written():
    openings = tuple(line for line in WHAT.de.lines if line.opening)
    bare = WHAT.model_copy(update={"de": WHAT.de.model_copy(update={"lines": openings})})
    silent = WHO.model_copy(update={"de": WHO.de.model_copy(update={"lines": {}})})

    def asked(who, what, outspoken):
        model = Speaker(*[SCRIPT["de"]] * 9)
        customer = replace(simulated(model=model), outspoken=outspoken)
        session = begun(who, what)
        for _ in range(4):
            session = replied(session, NEUTRAL)
            *_, last = customer.react(session, who, what)
            session = session.after(last.turn(session.unanswered.turn, NOON))
        return len(model.requests)

    assert asked(WHO, WHAT, outspoken=False) == 0 < asked(WHO, WHAT, outspoken=True)
    assert asked(silent, bare, outspoken=False) > 0


def test_the_first_answer_stands_before_the_customer_thinks_of_questions():
    for cancelled, learned in ((never, True), (lambda: True, False)):
        customer = replace(simulated(), listener=listener())
        session = replied(begun(WHO, WHAT), NEUTRAL)
        read = customer.listener.reader.read_texts
        for step in customer.react(session, WHO, WHAT, cancelled):
            assert not read, step
        assert bool(read) == learned
