"""One name for each thing, however people call it."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

from audioguide import vocabulary as words
from audioguide.vocabulary.vocabulary import KINDS, Kind, vocabulary
from tests.shipped import NAMES, shipped
from tests.tables import every


@every(
    ("kind", "word", "name"),
    [
        ("body", "neck", "neck"),
        ("body", "  Lower   BACK ", "lower back"),
        ("body", "lats", "mid back"),
        ("body", "glutes", "glutes"),
        ("body", "quads", "quadriceps"),
        ("equipment", "yoga mat", "mat"),
        ("equipment", "belt", "strap"),
        ("position", "all fours", "on hands and knees"),
        ("position", "supine", "lying on your back"),
        ("level", "Easy", "gentle"),
        ("phase", "cool down", "rest"),
        ("phase", "mobility", "move"),
        ("contraindication", "pregnancy", "pregnant"),
        ("contraindication", "Hypertension", "high blood pressure"),
        ("body", "soul", None),
        ("equipment", "neck", None),
    ],
)
def test_a_word_leads_to_its_name(kind: Kind, word: str, name: str | None) -> None:
    assert vocabulary().find(kind, word) == name


@every(
    ("word", "name"),
    [("sholders", "shoulders"), ("hamstirngs", "hamstrings"), ("abdomin", "core"), ("carburettor", None)],
)
def test_a_slip_leads_to_the_nearest_name(word: str, name: str | None) -> None:
    assert vocabulary().nearest("body", word) == name


@every(
    ("word", "name"),
    [("kitchen towel", "towel"), ("low chair", "chair"), ("pillows", "pillow"), ("canoe", None)],
)
def test_a_thing_may_be_a_kind_of_one(word: str, name: str | None) -> None:
    assert vocabulary().kind_of("equipment", word) == name


@every(
    ("kind", "phrase", "names"),
    [
        ("contraindication", "an old back injury without a physician's go-ahead", ["back injury"]),
        ("contraindication", "numb skin (ours)", ["numbness"]),
        ("contraindication", "knee, hip or wrist injury", ["wrist injury", "hip injury", "knee injury"]),
        ("contraindication", "had a hip replacement", ["joint replacement"]),
        ("contraindication", "a full moon", []),
        ("position", "lying on your back, on hands and knees", ["lying on your back", "on hands and knees"]),
        ("position", "sitting upright, or lying on your back", ["lying on your back", "sitting"]),
        ("equipment", "a big exercise ball", ["exercise ball"]),
    ],
)
def test_a_phrase_stands_for_every_name_in_it(kind: Kind, phrase: str, names: list[str]) -> None:
    assert list(vocabulary().kinds_of(kind, phrase)) == names


def test_each_part_of_the_body_has_one_region() -> None:
    assert {vocabulary().region(part) for part in vocabulary().names["body"]} == set(
        vocabulary().regions.values()
    )
    assert set(vocabulary().regions) == set(vocabulary().names["body"])
    assert vocabulary().region("lats") == "upper and mid back"
    assert vocabulary().region("soul") is None


def test_no_synonym_has_two_meanings_or_is_a_name() -> None:
    for kind in KINDS:
        names = vocabulary().names[kind]
        assert len(set(names)) == len(names)
        assert all(vocabulary().find(kind, name) == name for name in names)
        assert all(word == word.lower() for word in vocabulary().meant[kind])


def test_no_synonym_stands_for_two_names() -> None:
    data = tomllib.loads((Path(words.__file__).parent / "words.toml").read_text())
    for kind in KINDS:
        written = [word for name, listed in data[kind].items() for word in (name, *listed)]
        assert [word for word, count in Counter(written).items() if count > 1] == []


def test_it_has_all_that_the_library_says_of_itself() -> None:
    for name in NAMES:
        document = shipped(name).document
        assert [word for word in document.body if vocabulary().find("body", word) != word] == []
        assert [word for word in document.equipment if vocabulary().find("equipment", word) != word] == []
        assert vocabulary().kinds_of("position", document.position or "")
        assert document.level in vocabulary().names["level"]
        assert document.phase in vocabulary().names["phase"]
        assert [
            word for word in document.safety.avoid_with
            if not vocabulary().kinds_of("contraindication", word)
        ] == []  # fmt: skip


@every(
    ("title", "bends"),
    [
        ("Seated forward fold", ("forward",)), ("Cobra pose", ("back",)), ("Cat cow", ("both",)),
        ("Wrist circles", ()),
    ],
)  # fmt: skip
def test_a_title_says_how_the_spine_bends(title: str, bends: tuple[str, ...]) -> None:
    assert vocabulary().movements(title) == bends


def test_a_synonym_is_in_the_region_of_its_part_and_what_nobody_knows_in_none() -> None:
    assert vocabulary().region("lats") == vocabulary().region("mid back") is not None
    assert vocabulary().region("the moon") is None


def test_a_title_and_a_text_say_of_a_movement_what_the_rules_of_sessions_need() -> None:
    known = vocabulary()
    assert known.movements("Now arch your back.") == ("back",)
    assert known.movements("Breathe.") == ()
    assert known.alike("Cat stretch") == known.alike("Cat cow") != ()
    assert known.direction("Breathing") == ""
    assert known.nature("Box breathing") != ()
