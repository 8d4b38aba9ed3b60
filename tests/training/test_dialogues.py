from simulator.training.corpus import read_corpus, test_part, train_part
from simulator.training.dialogues import IGNORED, example, standard_language
from tests.lm.tiny import byte_level, wrapped

TOKENIZER = wrapped(byte_level())


def test_the_loss_falls_on_the_customers_words_and_the_ends_of_their_lines():
    dialogue = next(d for d in read_corpus() if d.id == "de-telco-001")
    one = example(dialogue, TOKENIZER)
    assert len(one.ids) == len(one.labels)
    learnt = TOKENIZER.decode([label for label in one.labels if label != IGNORED])
    said = [" ".join(t.text.split()) for t in dialogue.turns if t.speaker == "customer"]
    assert [line.strip() for line in learnt.splitlines()] == said
    assert all(label in {token, IGNORED} for token, label in zip(one.ids, one.labels, strict=True))


def test_the_prompt_tells_the_state_the_act_and_the_fact_before_the_words():
    dialogue = next(d for d in read_corpus() if d.id == "de-telco-001")
    text = TOKENIZER.decode(example(dialogue, TOKENIZER).ids)
    assert "Kunde [wütend, skeptisch, fordert]: Helfen brauchen Se mir nich mehr." in text
    assert "lenkt etwas ein: fühlt sich als treuer Kunde verschaukelt" in text


def test_strong_dialect_stays_out_of_the_first_fit():
    by_id = {d.id: d for d in read_corpus()}
    assert not standard_language(by_id["de-telco-001"])  # "Ruhrpott-Ton"
    assert sum(standard_language(d) for d in by_id.values()) > 200


def test_nothing_of_the_test_part_is_fitted_on():
    assert not {d.id for d in train_part()} & {d.id for d in test_part()}
