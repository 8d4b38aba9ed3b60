import numpy as np
import pytest

from simulator.content.catalogue import Catalogue
from simulator.customer.asked import Listener, question_of
from simulator.customer.attention import FEATURES, Attentions
from simulator.customer.topics import Kind, common_questions, topics
from simulator.domain.language import LANGUAGES
from simulator.domain.scenario import NEED, PreparedAnswer
from simulator.errors import ModelError
from simulator.training.questions import others, questions
from tests.customer.listeners import WORDS_ONLY, WordReader, attention, listener

CASE = Catalogue.load().scenario("internet-kuendigung")
IDS = tuple(fact.id for fact in CASE.facts)
ALIGNED_ONLY = attention(aligned=10, constant=-0.5)


def asked(reply, ids=IDS, attends=WORDS_ONLY, openly=False):
    return listener(attends).asked_for(reply, CASE, "de", ids, openly)


@pytest.mark.parametrize("attends", [WORDS_ONLY, ALIGNED_ONLY])
def test_the_fact_in_the_words_of_the_question_is_asked_for(attends):
    assert asked("Haben Sie den Router schon neu gestartet?", attends=attends) == (
        "router_restarts"
    )
    assert asked("Wer ist in Bad Oeynhausen in der Reha?", attends=attends) == "sister_call"


def test_what_has_been_told_is_not_asked_for():
    left = tuple(each for each in IDS if each != "router_restarts")
    assert asked("Haben Sie den Router schon neu gestartet?", left) != "router_restarts"


def test_nothing_is_asked_without_a_question_or_without_anything_to_tell():
    hearing = listener()
    assert hearing.asked_for("Ich starte den Router neu.", CASE, "de", IDS) is None
    assert hearing.asked_for("Und der Router?", CASE, "de", ()) is None
    assert hearing.reader.read_texts == []


def test_a_question_about_nothing_told_asks_for_none():
    assert asked("Soll ich das veranlassen?") is None


def test_an_open_question_needs_no_mark_and_less_in_common():
    said = "Erzählen Sie mir bitte von dem Router und von den Neustarts."
    assert asked(said) is None
    assert asked(said, openly=True) == "router_restarts"


def test_only_the_questions_of_a_reply_are_heard():
    reply = "Das mit dem Router tut mir leid. Wann sind Sie da? Der Router ist bestellt."
    assert question_of(reply, True) == "Wann sind Sie da?"
    assert question_of("Ich höre.", False) == ""
    assert question_of("Auf „Warum nicht vorher?“ sage ich Ihnen das ehrlich.", False) == ""
    assert question_of("You asked “Why me?” and you were right. What now?", False) == "What now?"


def test_what_a_fact_is_recognised_by_is_read_once_and_can_be_read_before():
    hearing = listener()
    hearing.learn(CASE, "de")
    for _ in range(3):
        hearing.asked_for("Und dann?", CASE, "de", IDS)
    assert hearing.reader.read_texts.count(" Und dann?") == 3
    assert len(hearing.reader.read_texts) == len(set(hearing.reader.read_texts)) + 2


def test_a_question_without_tokens_is_like_nothing():
    hearing = listener(ALIGNED_ONLY)
    features = hearing.features("?", hearing.learn(CASE, "de"), False)
    fact = FEATURES.index("fact")
    assert np.delete(features, fact, axis=1)[:, :-1].tolist() == [[0] * 7] * len(features)


def test_an_example_of_a_question_is_what_recognises_a_fact():
    example = "Wer hat Sie seither eigentlich kontaktiert?"
    by_example = attention(example_tokens=5, example_letters=5, common_tokens=-6, constant=-1)
    assert asked(example, attends=by_example) is None
    text = CASE.de.model_copy(update={"questions": {"no_callback": (example,)}})
    case = CASE.model_copy(update={"de": text})
    hearing = listener(by_example)
    assert hearing.asked_for(example, case, "de", IDS) == "no_callback"
    assert hearing.asked_for("Haben Sie es warm?", case, "de", IDS) is None


def test_what_is_like_a_question_for_nothing_asks_for_nothing():
    generic = common_questions("de")[Kind.TELL][0]
    text = CASE.de.model_copy(update={"questions": {"no_callback": (generic,)}})
    case = CASE.model_copy(update={"de": text})
    weighing = attention(example_tokens=5, common_tokens=-5, constant=-0.1)
    assert listener(weighing).asked_for(generic, case, "de", IDS) is None


def test_examples_count_only_where_every_fact_has_some():
    never, always = attention(constant=-1), attention(constant=1)
    hearing = Listener(WordReader(), Attentions(exampled=always, bare=never))

    def case(facts):
        questions = dict.fromkeys(facts, ("Was kostet es?",))
        text = CASE.de.model_copy(update={"questions": questions})
        return CASE.model_copy(update={"de": text})

    assert hearing.asked_for("Wie teuer?", case(IDS), "de", IDS) is not None
    assert hearing.asked_for("Wie teuer?", case(IDS[1:]), "de", IDS) is None


def test_an_example_that_an_author_moves_to_another_fact_is_heard_there():
    by_example = attention(example_tokens=5, example_letters=5, common_tokens=-6, constant=-1)
    hearing = listener(by_example)

    def moved(first, second):
        questions = {IDS[0]: first, IDS[1]: second}
        text = CASE.de.model_copy(update={"questions": questions})
        return CASE.model_copy(update={"de": text})

    one, two, three = "Seit wann?", "Wie oft am Tag?", "Um wie viel Uhr genau?"
    assert hearing.asked_for(two, moved((one, two), (three,)), "de", IDS) == IDS[0]
    assert hearing.asked_for(two, moved((one,), (two, three)), "de", IDS) == IDS[1]


def test_an_answer_and_the_need_are_asked_for_as_facts_are():
    answer = PreparedAnswer(questions=("Wer wohnt bei Ihnen?",), lines=("Nur ich.",))
    update = {"questions": {NEED: ("Worum geht es Ihnen im Grunde?",)}, "answers": (answer,)}
    case = CASE.model_copy(update={"de": CASE.de.model_copy(update=update)})
    ids = [topic.id for topic in topics(case, "de")]
    assert ids == [*IDS, NEED, "answers.0"]
    by_example = attention(example_tokens=5, common_tokens=-4, constant=-0.5)
    hearing = listener(by_example)
    assert hearing.asked_for("Wer wohnt denn bei Ihnen?", case, "de", ids) == "answers.0"
    assert hearing.asked_for("Worum geht es Ihnen wirklich?", case, "de", ids) == NEED
    assert hearing.asked_for("Worum geht es Ihnen wirklich?", case, "de", IDS) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_a_common_question_is_heard_as_its_kind_and_any_other_asks_for_a_detail(kind, language):
    hearing = listener()
    for question in common_questions(language)[kind]:
        assert hearing.kind_of(question, CASE, language, True) is kind
    assert hearing.kind_of("Ich sehe nach.", CASE, language) is None
    odd = "Krabbeln Eidechsen nachts über Ihre Terrasse?"
    assert hearing.kind_of(odd, CASE, language) is Kind.DETAIL


def test_a_date_ends_no_question():
    assert question_of("Aha. Weshalb können Sie am 24. April nicht?", False) == (
        "Weshalb können Sie am 24. April nicht?"
    )
    assert question_of("It comes to £100. Which day suits you?", False) == "Which day suits you?"
    assert question_of("Sind es 9.30 Uhr?", False) == "Sind es 9.30 Uhr?"


def test_no_question_that_measures_is_an_example_too():
    examples = {
        question
        for scenario in Catalogue.load().scenarios.values()
        for language in LANGUAGES
        for topic in topics(scenario, language)
        for question in topic.questions
    }
    assert examples.isdisjoint({question.text for question in questions()})
    common = {
        question
        for language in LANGUAGES
        for each in common_questions(language).values()
        for question in each
    }
    assert common.isdisjoint({other.text for other in others()})


def test_every_shipped_fact_has_examples_in_both_languages():
    for scenario in Catalogue.load().scenarios.values():
        for language in LANGUAGES:
            questions = scenario.text(language).questions
            assert {fact.id for fact in scenario.facts} == set(questions) - {NEED}
            assert min(map(len, questions.values())) > 2


def test_the_shipped_listener_wants_more_than_nothing():
    for shipped in (Attentions.load().exampled, Attentions.load().bare):
        assert shipped.constant < 0 < min(shipped.shared, shipped.aligned, shipped.open_question)
        assert max(shipped.common_tokens, shipped.common_letters) < 0
    assert Attentions.load().bare.example_tokens == 0 < Attentions.load().exampled.example_tokens


def test_a_missing_or_broken_listener_is_named(tmp_path):
    for content in (None, "{}", '{"exampled": {}, "bare": {}}'):
        if content:
            (tmp_path / "listener.json").write_text(content)
        with pytest.raises(ModelError) as error:
            Attentions.load(tmp_path)
        assert error.value.key == "fitted_unreadable"
