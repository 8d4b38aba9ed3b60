"""Content packs: read where they are sound, refused in one sentence where they are not."""

import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator import paths
from simulator.content import unpacking
from simulator.content.catalogue import Catalogue
from simulator.content.lint import lint
from simulator.content.packs import open_pack
from simulator.errors import HoererError
from simulator.i18n import explain
from tests.content.archives import MANIFEST, zip_of, zipped
from tests.content.examples import PERSONA, SCENARIO, lay_out


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("HOERER_CACHE", str(folder))
    return folder


@pytest.fixture
def pack(tmp_path):
    folder = lay_out(tmp_path / "pack", {"keller": PERSONA}, {"doppelt": SCENARIO})
    (folder / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "README.md").write_text("# Für dich", encoding="utf-8")
    return folder


def refusal(source, language="de"):
    """Return the one sentence, after checking that nothing was left outside the cache's folder."""
    with pytest.raises(HoererError) as raised:
        open_pack(source)
    assert raised.value.exit_code == 2
    sentence = explain(raised.value, language)
    assert len(sentence.splitlines()) == 1
    return sentence


def test_a_folder_and_its_zip_hold_the_same(pack, tmp_path):
    for source in (
        pack,
        zip_of(pack, tmp_path / "a.zip"),
        zip_of(pack, tmp_path / "b.zip", inside="pack/"),
    ):
        catalogue = Catalogue.load([source])
        assert catalogue.personas["keller"].age == 47
        assert catalogue.scenario("doppelt").personas == ("keller",)
        assert catalogue.script("doppelt", "poor").de
        assert open_pack(source).pack.name == "Beispiele"
    assert "keller" not in Catalogue.load().personas


def test_only_yaml_leaves_the_zip(pack, tmp_path):
    folder = open_pack(zip_of(pack, tmp_path / "a.zip")).folder
    assert folder.is_relative_to(paths.cache())
    assert {file.suffix for file in folder.rglob("*") if file.is_file()} == {".yaml"}


def test_a_zip_is_unpacked_once(pack, tmp_path, monkeypatch):
    archive = zip_of(pack, tmp_path / "a.zip")
    first = open_pack(archive).folder
    monkeypatch.setattr(unpacking, "ZipFile", None)
    assert open_pack(archive).folder == first


def test_the_packs_of_the_settings_are_always_there(pack, home):
    home.mkdir(parents=True)
    chosen = {"content": [str(pack)]}
    (home / "settings.json").write_text(json.dumps(chosen), encoding="utf-8")
    assert "keller" in Catalogue.load().personas
    assert "keller" in Catalogue.load([pack]).personas  # named twice, opened once
    assert pack / "pack.yaml" not in {problem.path for problem in lint()}


def test_an_id_that_is_taken_is_refused_and_both_are_named(pack, tmp_path):
    (pack / "personas" / "keller.yaml").rename(pack / "personas" / "brandt.yaml")
    with pytest.raises(HoererError) as raised:
        Catalogue.load([pack])
    sentence = explain(raised.value, "de")
    assert str(pack / "personas" / "brandt.yaml") in sentence
    assert str(paths.shipped("personas") / "brandt.yaml") in sentence
    archive = zip_of(pack, tmp_path / "a.zip")
    with pytest.raises(HoererError) as raised:
        Catalogue.load([archive])
    assert str(archive / "personas" / "brandt.yaml") in explain(raised.value, "en")


def test_two_packs_may_not_share_an_id_either(pack, tmp_path):
    other = lay_out(tmp_path / "other", {"keller": PERSONA}, {})
    (other / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    with pytest.raises(HoererError) as raised:
        Catalogue.load([pack, other])
    assert raised.value.key == "pack_id_taken"


def test_lint_finds_a_taken_id_and_names_files_as_their_author_knows_them(pack, tmp_path):
    (pack / "personas" / "brandt.yaml").write_text(PERSONA, encoding="utf-8")
    (pack / "pack.yaml").write_text(MANIFEST.replace("licence", "license"), encoding="utf-8")
    archive = zip_of(pack, tmp_path / "a.zip")
    for source in (pack, archive):
        printed = [problem.render("en") for problem in lint([source])]
        assert printed == [
            f"{source}/pack.yaml:3:1: there is no key “license” here → did you mean “licence”?",
            f"{source}/personas/brandt.yaml:1:1: a shipped file already has the ID “brandt” →"
            " give this one another name",
        ]


def test_a_broken_file_is_left_out_and_the_rest_is_there(pack, tmp_path):
    (pack / "scenarios" / "zweites.yaml").write_text("a: &a [*a]", encoding="utf-8")
    catalogue = Catalogue.load([zip_of(pack, tmp_path / "a.zip")])
    assert "doppelt" in catalogue.scenarios
    assert {problem.key for problem in catalogue.problems} == {"alias"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "die Datei ist leer"),
        (MANIFEST.replace('"1.0"', "1.0"), "„version“ muss ein Text sein"),
        (MANIFEST + "name: Noch mal\n", "„name“ steht schon in Zeile 1"),
        ("a: &a [x]\nb: [*a, *a]\n", "ein Wert darf nicht mit * oder & beginnen"),
        (
            MANIFEST.replace("Beispiele", "!!python/object:os.system x"),
            "ein Wert darf nicht mit ! beginnen",
        ),
        ("name: " + "[" * 500, "hier ist zu tief verschachtelt"),
        ("name: " + "x" * 1_000_000, "die Datei ist größer als 1000000 Bytes"),
    ],
    ids=["empty", "number", "twice", "bomb", "tag", "deep", "long"],
)
def test_a_manifest_that_is_wrong(pack, tmp_path, text, sentence):
    (pack / "pack.yaml").write_text(text, encoding="utf-8")
    assert sentence in refusal(pack)
    if len(text) < 1_000_000:
        archive = zip_of(pack, tmp_path / "a.zip")
        assert refusal(archive).startswith(f"{archive}/pack.yaml:")
        assert sentence in refusal(archive)


@pytest.mark.parametrize("page", ["authors.md", "autoren.md"])
def test_the_manifest_of_the_guides_is_sound(pack, page):
    docs = paths.shipped("personas").parent / "docs"
    text = (docs / page).read_text(encoding="utf-8")
    manifest = next(block for block in text.split("```text\n")[1:] if "licence" in block)
    (pack / "pack.yaml").write_text(manifest.split("```")[0], encoding="utf-8")
    assert open_pack(pack).pack.languages == ("de", "en")


def test_what_is_no_pack(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("no zip")
    (tmp_path / "half.zip").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    assert "fehlt pack.yaml" in refusal(tmp_path / "empty")
    assert "is no readable zip" in refusal(tmp_path / "text.zip", "en")
    assert "pack.yaml is missing in it" in refusal(tmp_path / "half.zip", "en")
    assert "gibt es nicht; prüfe den Pfad" in refusal(tmp_path / "none.zip")
    two = {"a/pack.yaml": MANIFEST, "b/pack.yaml": MANIFEST}
    assert "fehlt pack.yaml" in refusal(zipped(tmp_path / "two.zip", two))


@pytest.mark.parametrize(
    "name",
    [
        "../evil.yaml",
        "personas/../../evil.yaml",
        "/evil.yaml",
        "C:/evil.yaml",
        "..\\evil.yaml",
        "personas\\evil.yaml",
        "personas//evil.yaml",
        "./evil.yaml",
        "personas/a\x00.yaml",
        "personas/\x1b[2J.yaml",
    ],
)
def test_an_entry_that_leads_out_of_the_folder(tmp_path, name):
    archive = zipped(tmp_path / "a.zip", {"pack.yaml": MANIFEST, name: "x"})
    assert "führt „" in refusal(archive)
    assert "\x1b" not in refusal(archive)
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["a.zip"]


def test_a_link_in_a_zip_or_a_folder(pack, tmp_path):
    files = {"pack.yaml": MANIFEST, "personas/evil.yaml": "/etc/passwd"}
    assert "ist „personas/evil.yaml“ eine Verknüpfung" in refusal(
        zipped(tmp_path / "a.zip", files, links=("personas/evil.yaml",))
    )
    (pack / "personas" / "evil.yaml").symlink_to("/etc/passwd")
    assert "ist „personas/evil.yaml“ eine Verknüpfung" in refusal(pack)
    (pack / "personas" / "evil.yaml").unlink()
    (pack / "scenarios").rename(tmp_path / "elsewhere")
    (pack / "scenarios").symlink_to(tmp_path / "elsewhere")
    assert "“scenarios” is a link" in refusal(pack, "en")


def test_the_same_name_twice(tmp_path):
    files = {"pack.yaml": MANIFEST, "personas/a.yaml": "x", "personas/A.yaml": "y"}
    assert "zweimal" in refusal(zipped(tmp_path / "a.zip", files))


def test_a_zip_bomb_is_not_unpacked(tmp_path, cache):
    zeros = b"\0" * 1_000_001
    one = zipped(tmp_path / "one.zip", {"pack.yaml": MANIFEST, "personas/a.yaml": zeros})
    assert "„personas/a.yaml“ mehr als 1000000 Bytes" in refusal(one)
    many = {f"personas/{n}.yaml": zeros[1:] for n in range(11)}
    all_in_all = zipped(tmp_path / "many.zip", {"pack.yaml": MANIFEST, **many})
    assert all_in_all.stat().st_size < 100_000
    assert "mehr als 10000000 Bytes" in refusal(all_in_all)
    entries = {f"personas/{n}.yaml": "" for n in range(1000)}
    too_many = zipped(tmp_path / "entries.zip", {"pack.yaml": MANIFEST, **entries})
    assert "mehr als 1000 Dateien" in refusal(too_many)
    assert not cache.exists()


def test_an_entry_that_lies_about_its_size(tmp_path):
    archive = zipped(tmp_path / "a.zip", {"pack.yaml": MANIFEST, "personas/a.yaml": "x" * 5000})
    told = (5000).to_bytes(4, "little")
    assert archive.read_bytes().count(told) >= 1
    archive.write_bytes(archive.read_bytes().replace(told, (10).to_bytes(4, "little")))
    assert "ist keine lesbare ZIP-Datei" in refusal(archive)


def test_a_zip_with_a_password(tmp_path):
    archive = zipped(tmp_path / "a.zip", {"pack.yaml": MANIFEST})
    data = bytearray(archive.read_bytes())
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(start) + flags] |= 1
    archive.write_bytes(data)
    assert "ohne Kennwort" in refusal(archive)


PATIENT = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@PATIENT
@given(
    cut=st.tuples(st.integers(0, 3000), st.integers(0, 40)),
    put=st.binary(max_size=20),
)
def test_a_damaged_zip_is_read_or_refused(pack, tmp_path, cut, put):
    """Whatever the bytes: a pack or one sentence, and never a file outside the cache."""
    sound = zip_of(pack, tmp_path / "sound.zip").read_bytes()
    start, length = cut
    archive = tmp_path / "damaged.zip"
    archive.write_bytes(sound[:start] + put + sound[start + length :])
    try:
        opened = open_pack(archive)
    except HoererError as error:
        for language in ("de", "en"):
            assert len(explain(error, language).splitlines()) == 1
    else:
        assert opened.folder.is_relative_to(paths.cache())


@PATIENT
@given(names=st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=4, unique=True))
def test_whatever_entries_are_called_none_lands_elsewhere(tmp_path, names):
    files = {f"personas/{name}.yaml": "x" for name in names} | {"pack.yaml": MANIFEST}
    before = {file for file in tmp_path.rglob("*") if not file.is_relative_to(paths.cache())}
    try:
        archive = zipped(tmp_path / "names.zip", files)
    except (zipfile.BadZipFile, ValueError, UserWarning):
        return
    try:
        opened = open_pack(archive)
    except HoererError:
        opened = None
    after = {file for file in tmp_path.rglob("*") if not file.is_relative_to(paths.cache())}
    assert after - before <= {archive}
    if opened is not None:
        assert all(
            file.resolve().is_relative_to(opened.folder) for file in opened.folder.rglob("*")
        )
