"""A blind reader sees no key, each draw is the seed's, and readings are counted as they stand."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from simulator.content.catalogue import Catalogue
from simulator.customer.judge import PLAIN
from simulator.customer.prompt import CustomerLine
from simulator.domain.act import ENDING_ACTS
from simulator.domain.conversation import CustomerTurn
from simulator.errors import UsageError
from simulator.evaluation.blind_count import count, wilson
from simulator.evaluation.blind_lines import write_lines
from simulator.evaluation.blind_pairs import Desk
from simulator.evaluation.blind_places import places, spoken
from simulator.evaluation.calls import Casting, Played
from simulator.lm.scripted import ScriptedLM
from simulator.training.corpus import read_corpus, test_part, train_part
from simulator.training.dialogues import lines as authored
from tests.calls import agent, customer, started

CATALOGUE = Catalogue.load()
TEST = test_part()
PLACES = places(TEST, 0)
SAID = ["Na und jetzt soll ich warten.", "Well, and now I am to wait."]
READER = {"reader": "Mia", "kind": "person"}


class Counting(ScriptedLM):
    """Counts how often it was asked."""

    asked = 0

    def generate(self, request, *rest):
        self.asked += 1
        return super().generate(request, *rest)


def desk(folder, model=None, seed=0, said=None):
    heard = [] if said is None else said
    return Desk(model or Counting(SAID), PLAIN, folder, seed, heard.append)


def rows(file):
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def put(file, *objects):
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)
    file.write_text(text, "utf-8")


def refusal(folder):
    with pytest.raises(UsageError) as raised:
        count(folder)
    return raised.value


@pytest.fixture
def sheet(tmp_path):
    """Return a folder with the pairs of eight places."""
    desk(tmp_path).write(PLACES, 8)
    return tmp_path


# The places


def test_places_are_held_out_turns_of_calls_at_which_the_model_speaks():
    kept_out = {d.id for d in train_part()}
    for place in PLACES:
        assert place.dialogue.id not in kept_out
        assert place.dialogue.channel == "phone"
        assert any(isinstance(line, CustomerLine) for line in place.before)
        assert place.line.act not in ENDING_ACTS
        assert place.line.text == place.dialogue.turns[place.turn].text


def test_they_are_spread_over_languages_and_dialogues():
    first = PLACES[:40]
    assert Counter(p.dialogue.language for p in first) == {"de": 20, "en": 20}
    assert len({p.dialogue.id for p in first}) == 40
    assert [p.id for p in PLACES] == [p.id for p in places(TEST, 0)]
    assert [p.id for p in PLACES] != [p.id for p in places(TEST, 1)]


def test_the_other_line_is_of_the_same_act_and_language_and_of_another_dialogue():
    acts = {}
    for dialogue in TEST:
        for line in authored(dialogue):
            if isinstance(line, CustomerLine):
                acts.setdefault((dialogue.language, line.text), set()).add((line.act, dialogue.id))
    for place in PLACES:
        found = acts[place.dialogue.language, place.other]
        assert any(act is place.line.act and of != place.dialogue.id for act, of in found)


def test_the_model_speaks_as_in_practice_from_what_the_author_planned():
    place = next(p for p in PLACES if p.line.fact)
    speech = place.speech(ScriptedLM(SAID), PLAIN, 0)
    assert (speech.act, speech.fact) == (place.line.act, place.line.fact)
    assert speech.prompt.endswith(speech.label)
    assert place.line.fact in speech.label
    assert place.line.text not in speech.prompt
    assert place.before[-1].text in speech.prompt
    assert (tuple(speech.offers), speech.resort) == ((), "")
    assert speech.guard.reply == place.before[-1].text
    assert place.line.text not in speech.guard.known


def test_the_need_is_kept_back_until_the_author_has_told_it():
    told = [p for p in PLACES if p.dialogue.scenario.hidden_need in p.line.fact]
    assert told
    assert all(not p.speech(ScriptedLM(SAID), PLAIN, 0).guard.secret for p in told)
    early = [p for p in PLACES if p.turn < 4 and p not in told]
    assert any(p.speech(ScriptedLM(SAID), PLAIN, 0).guard.secret for p in early)


def test_what_the_guard_throws_out_is_not_said():
    place = next(p for p in PLACES if p.dialogue.language == "de")
    assert spoken(place, ScriptedLM(["Wie kann ich Ihnen helfen?"]), PLAIN, 0) == ""
    assert spoken(place, ScriptedLM(SAID[:1]), PLAIN, 0) == SAID[0]


# The sheet


def test_a_sheet_shows_each_place_twice_and_nothing_of_the_key(sheet):
    shown, key = rows(sheet / "sheet.jsonl"), rows(sheet / "key.jsonl")
    assert len(shown) == len(key) == 16
    assert all(set(one) == {"id", "language", "conversation", "first", "second"} for one in shown)
    by_place = Counter(one["place"] for one in key)
    assert set(by_place.values()) == {2}
    text = (sheet / "sheet.jsonl").read_text("utf-8")
    ids = {d.id for d in read_corpus()}
    assert not any(name in text for name in ids)
    assert not any(place in text for place in by_place)


def test_the_two_pairs_of_a_place_lie_a_round_apart(sheet):
    key = rows(sheet / "key.jsonl")
    assert [one["place"] for one in key[:8]] == [one["place"] for one in key[8:]]
    assert all(a["comparison"] != b["comparison"] for a, b in zip(key[:8], key[8:], strict=True))
    assert {one["comparison"] for one in key[:8]} == {"author", "random"}


def test_the_key_says_whose_line_is_whose(sheet):
    by_id = {place.id: place for place in PLACES}
    for shown, key in zip(rows(sheet / "sheet.jsonl"), rows(sheet / "key.jsonl"), strict=True):
        place = by_id[key["place"]]
        against = place.other if key["comparison"] == "random" else place.line.text
        other = "second" if key["model"] == "first" else "first"
        assert shown["id"] == key["id"]
        assert shown[key["model"]] in SAID
        assert shown[other] == " ".join(against.split())
        assert len(shown["conversation"].splitlines()) == place.turn


def test_the_order_is_balanced_and_the_seeds(tmp_path):
    for folder, seed in (("one", 3), ("two", 3), ("three", 4)):
        desk(tmp_path / folder, seed=seed).write(places(TEST, seed), 60)
    one, two, three = ((tmp_path / f / "sheet.jsonl").read_text() for f in ("one", "two", "three"))
    assert one == two != three
    key = rows(tmp_path / "one" / "key.jsonl")
    for comparison in ("random", "author"):
        first = [k["model"] == "first" for k in key if k["comparison"] == comparison]
        assert 0.3 < sum(first) / len(first) < 0.7


def test_a_run_goes_on_where_it_was_cut_off(tmp_path):
    model = Counting(SAID)
    desk(tmp_path / "whole", model).write(PLACES, 8)
    drawn = (tmp_path / "whole" / "drawn.jsonl").read_text("utf-8")
    part = tmp_path / "part"
    part.mkdir()
    kept = "".join(drawn.splitlines(keepends=True)[:5])
    (part / "drawn.jsonl").write_text(kept + drawn.splitlines()[5][:20], "utf-8")
    again = Counting(SAID)
    desk(part, again).write(PLACES, 8)
    assert 0 < again.asked < model.asked
    for name in ("drawn.jsonl", "sheet.jsonl", "key.jsonl"):
        assert (part / name).read_text("utf-8") == (tmp_path / "whole" / name).read_text("utf-8")


def test_more_turns_leave_what_was_on_the_sheet(sheet):
    before = {one["id"]: one for one in rows(sheet / "sheet.jsonl")}
    desk(sheet).write(PLACES, 12)
    after = {one["id"]: one for one in rows(sheet / "sheet.jsonl")}
    assert len(after) == 24
    assert all(after[name] == one for name, one in before.items())


def test_another_models_lines_are_not_mixed_in(sheet):
    for other in (desk(sheet, ScriptedLM(["Ach so."])), desk(sheet, seed=1)):
        with pytest.raises(UsageError, match="blind_other_run"):
            other.write(PLACES, 8)


def test_places_at_which_nothing_may_be_said_are_passed_over_and_told(tmp_path):
    said = []
    german = Counting(SAID[:1])
    desk(tmp_path, german, said=said).write(PLACES, 4)
    silent = [one for one in rows(tmp_path / "drawn.jsonl") if not one["line"]]
    assert silent
    assert f"4 of 4 places, {len(silent)} more without a line" in said[-1]
    assert {one["language"] for one in rows(tmp_path / "sheet.jsonl")} == {"de"}


# Lines of played calls


def played(seed, exchanges=4):
    turns = [agent(1, "Talnetz, guten Tag."), customer(1, "Na endlich.")]
    for n in range(2, exchanges + 1):
        turns += [agent(n, f"Antwort {n}."), customer(n, f"Zeile {n} von {seed}.")]
    turns[3] = turns[3].model_copy(update={"source": "model"})
    casting = Casting(
        scenario="internet-kuendigung", persona="brandt", language="de", profile="good", seed=seed
    )
    return Played(casting=casting, events=(started(), *turns))


CALLS = [played(seed) for seed in range(6)]


def test_drawn_lines_show_what_came_before_and_not_who_made_them(tmp_path):
    assert write_lines(CALLS, CATALOGUE, tmp_path, 200, 0) == 24
    shown, key = rows(tmp_path / "lines.jsonl"), rows(tmp_path / "lines_key.jsonl")
    fields = {"id", "language", "persona", "concern", "conversation", "line"}
    assert all(set(one) == fields for one in shown)
    text = (tmp_path / "lines.jsonl").read_text("utf-8")
    assert not any(word in text for word in ("authored", "model", "good", "casting"))
    by_id = {one["id"]: one for one in key}
    for one in shown:
        told = by_id[one["id"]]
        call = CALLS[told["casting"]["seed"]]
        turn = next(t for t in call.session.customer_turns if t.turn == told["turn"])
        assert (one["line"], told["source"]) == (turn.text, turn.source)
        before = [t.text for t in call.session.turns[: call.session.turns.index(turn)]][-4:]
        assert [line.split(": ", 1)[1] for line in one["conversation"].splitlines()] == before
        assert one["persona"] == CATALOGUE.persona("brandt").text("de").name
    assert Counter(one["source"] for one in key) == {"authored": 18, "model": 6}
    assert all(isinstance(t, CustomerTurn) for c in CALLS for t in c.session.customer_turns)


def test_fewer_lines_are_a_part_of_more_and_the_seeds(tmp_path):
    write_lines(CALLS, CATALOGUE, tmp_path / "few", 5, 0)
    write_lines(CALLS, CATALOGUE, tmp_path / "more", 9, 0)
    write_lines(CALLS, CATALOGUE, tmp_path / "other", 9, 1)
    few, more, other = (rows(tmp_path / f / "lines.jsonl") for f in ("few", "more", "other"))
    assert few == more[:5]
    assert [one["line"] for one in more] != [one["line"] for one in other]


# The count


def better(key, choose):
    return [{"id": one["id"], "better": choose(n, one)} for n, one in enumerate(key)]


def by_name(counted):
    return {(share.name, share.part): share for share in counted.shares}


def test_what_was_read_is_counted_against_the_key(sheet):
    key = rows(sheet / "key.jsonl")
    other = {"first": "second", "second": "first"}
    random_, author = (
        [one for one in key if one["comparison"] == kind] for kind in ("random", "author")
    )
    readings = better(random_, lambda n, one: one["model"] if n < 7 else "tie")
    readings += better(author, lambda n, one: one["model"] if n < 2 else other[one["model"]])
    put(sheet / "readings.jsonl", READER, *readings)
    [counted] = count(sheet)
    assert (counted.reader.reader, counted.reader.kind) == ("Mia", "person")
    shares = by_name(counted)
    against_random = shares["model preferred to a random line of the same act", "all"]
    assert (against_random.value, against_random.n) == (7 / 8, 8)
    assert (against_random.low, against_random.high) == wilson(7, 8)
    assert (against_random.met, against_random.wanted) == (True, "≥ 90 %")
    assert shares["no preference to a random line of the same act", "all"].value == 1 / 8
    against_author = shares["model preferred to the author's line", "all"]
    assert (against_author.value, against_author.wanted) == (2 / 8, "≥ 25 %")
    german = shares["model preferred to the author's line", "de"]
    english = shares["model preferred to the author's line", "en"]
    assert german.n + english.n == 8
    assert german.value * german.n + english.value * english.n == 2
    assert not german.wanted
    assert ("places without a line that may be said", "all") in shares


def test_verdicts_are_counted_by_language_and_source(tmp_path):
    write_lines(CALLS, CATALOGUE, tmp_path, 200, 0)
    key = rows(tmp_path / "lines_key.jsonl")
    made = [one["id"] for one in key if one["source"] == "model"]
    verdicts = dict.fromkeys((one["id"] for one in key), "fine")
    verdicts |= {made[0]: "incoherent", made[1]: "beside"}
    readings = [{"id": name, "verdict": verdict} for name, verdict in verdicts.items()]
    put(tmp_path / "line_readings.jsonl", {**READER, "kind": "language model"}, *readings)
    [counted] = count(tmp_path)
    shares = by_name(counted)
    wrong = {part: shares["lines with something wrong", part] for part in ("all", "de", "model")}
    assert [(one.value, one.n) for one in wrong.values()] == [
        (2 / 24, 24),
        (2 / 24, 24),
        (2 / 6, 6),
    ]
    assert (wrong["all"].wanted, wrong["all"].met) == ("≤ 3 %", False)
    assert shares["lines with something wrong", "authored"].value == 0
    assert shares["lines with something wrong", "authored"].high > 0.1
    assert shares["beside", "all"].value == 1 / 24
    assert ("lines with something wrong", "en") not in shares


def test_the_interval_is_wilsons():
    assert wilson(0, 100) == pytest.approx((0.0, 0.0370), abs=1e-4)
    assert wilson(90, 100) == pytest.approx((0.8256, 0.9448), abs=1e-4)
    assert wilson(100, 100)[1] == pytest.approx(1.0)


# What is refused


@pytest.fixture
def read(sheet):
    """Return a folder whose sheet was read, and its readings."""
    readings = better(rows(sheet / "key.jsonl"), lambda n, one: "first")
    put(sheet / "readings.jsonl", READER, *readings)
    return sheet, readings


def test_a_missing_reading_is_refused(read):
    folder, readings = read
    put(folder / "readings.jsonl", READER, *readings[:5], *readings[6:])
    error = refusal(folder)
    assert error.key == "blind_unread"
    assert error.values["file"] == folder / "readings.jsonl"
    assert (error.values["line"], error.values["id"]) == (6, readings[5]["id"])


def test_an_unknown_id_is_refused(read):
    folder, readings = read
    put(folder / "readings.jsonl", READER, *readings, {"id": "0ther", "better": "tie"})
    error = refusal(folder)
    assert (error.key, error.values["line"], error.values["id"]) == ("blind_unknown", 18, "0ther")


def test_a_doubled_id_is_refused(read):
    folder, readings = read
    put(folder / "readings.jsonl", READER, *readings, readings[3])
    error = refusal(folder)
    assert (error.key, error.values["line"]) == ("blind_doubled", 18)


@pytest.mark.parametrize("text", ['{"id": "x"}', "first", '{"id": "x", "better": "model"}'])
def test_a_broken_reading_is_refused(read, text):
    file = read[0] / "readings.jsonl"
    file.write_text(file.read_text("utf-8") + text, "utf-8")
    error = refusal(read[0])
    assert (error.key, error.values["line"]) == ("blind_line", 18)


@pytest.mark.parametrize("header", [[], [{"reader": "Mia"}], [{"reader": "", "kind": "person"}]])
def test_who_has_read_has_to_be_said(read, header):
    put(read[0] / "readings.jsonl", *header)
    error = refusal(read[0])
    assert (error.key, error.values["line"]) == ("blind_reader", 1)


def test_a_sheet_without_its_key_is_refused(read):
    folder, _ = read
    key = rows(folder / "key.jsonl")
    put(folder / "key.jsonl", *key[1:])
    assert refusal(folder).key == "blind_no_key"
    (folder / "key.jsonl").unlink()
    assert refusal(folder).key == "blind_file"


def test_nothing_read_is_nothing_counted(sheet):
    assert refusal(sheet).key == "blind_not_read"


def test_the_last_line_needs_no_end_and_blank_lines_do_not_count(read):
    file = read[0] / "readings.jsonl"
    before = count(read[0])
    file.write_text("\n" + file.read_text("utf-8").replace("\n", "\r\n\n").rstrip(), "utf-8")
    assert count(read[0]) == before
    assert replace(before[0], shares=()).reader.reader == "Mia"
