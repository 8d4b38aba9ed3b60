"""The corpus is read whole and split so that nothing of the test part is fitted on."""

import json
from collections import Counter

import pytest

from simulator.domain.score import Dimension
from simulator.errors import UsageError
from simulator.training.corpus import rated_replies, read_corpus, read_split

CORPUS = read_corpus()
SPLIT = read_split()


def test_every_line_is_read():
    assert len(CORPUS) == 1030
    assert Counter(d.language for d in CORPUS) == {"de": 682, "en": 348}
    assert len({d.id for d in CORPUS}) == len(CORPUS)


def test_the_parts_are_apart_and_a_tenth_of_each_file_is_kept_aside():
    train, test = SPLIT.train_part(CORPUS), SPLIT.test_part(CORPUS)
    assert len(train) + len(test) == len(CORPUS)
    assert not {d.id for d in train} & {d.id for d in test}
    whole = Counter(d.file for d in CORPUS)
    aside = Counter(d.file for d in test)
    assert aside == {file: round(count / 10) for file, count in whole.items()}


def test_a_reply_knows_what_was_said_before():
    replies = [r for r in rated_replies(CORPUS) if r.dialogue.id == CORPUS[0].id]
    assert (replies[0].context, replies[0].earlier) == ("", ())
    assert replies[2].context == CORPUS[0].turns[3].text
    assert replies[2].earlier == (CORPUS[0].turns[1].text,)
    assert replies[0].line.label(Dimension.EMPATHY) == replies[0].line.empathy


def test_a_missing_corpus_and_a_broken_line_are_named(tmp_path):
    with pytest.raises(UsageError) as missing:
        read_corpus(tmp_path)
    assert missing.value.key == "corpus_missing"
    (tmp_path / "some.jsonl").write_text("\n" + json.dumps({"id": "x"}) + "\n")
    with pytest.raises(UsageError) as broken:
        read_corpus(tmp_path)
    assert (broken.value.key, broken.value.values["line"]) == ("corpus_line", 2)
