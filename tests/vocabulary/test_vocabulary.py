"""One name for each thing, however people call it."""

from __future__ import annotations

import pytest

from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from audioguide.vocabulary.vocabulary import KINDS, Kind, vocabulary


@pytest.mark.parametrize(
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
        ("body", "soul", None),
        ("equipment", "neck", None),
    ],
)
def test_a_word_leads_to_its_name(kind: Kind, word: str, name: str | None) -> None:
    assert vocabulary().find(kind, word) == name


@pytest.mark.parametrize(
    ("word", "name"),
    [("sholders", "shoulders"), ("hamstirngs", "hamstrings"), ("abdomin", "core"), ("carburettor", None)],
)
def test_a_slip_leads_to_the_nearest_name(word: str, name: str | None) -> None:
    assert vocabulary().nearest("body", word) == name


@pytest.mark.parametrize(
    ("word", "name"),
    [("kitchen towel", "towel"), ("low chair", "chair"), ("pillows", "pillow"), ("sled", None)],
)
def test_a_thing_may_be_a_kind_of_one(word: str, name: str | None) -> None:
    assert vocabulary().kind_of("equipment", word) == name


def test_no_synonym_has_two_meanings_or_is_a_name() -> None:
    for kind in KINDS:
        names = vocabulary().names[kind]
        assert len(set(names)) == len(names)
        assert all(vocabulary().find(kind, name) == name for name in names)
        assert all(word == word.lower() for word in vocabulary().meant[kind])


def test_it_has_all_that_the_library_names() -> None:
    for path in SHIPPED_LIBRARY.routines().values():
        document = load(path).document
        assert [word for word in document.body if vocabulary().find("body", word) != word] == []
        assert [word for word in document.equipment if vocabulary().find("equipment", word) != word] == []
