"""A search understands other words, slips and complaints."""

from __future__ import annotations

from typing import Any

import pytest

from audioguide.listing.listed import Listed
from audioguide.listing.search import search
from tests.tables import every


def routine(name: str, **more: Any) -> Listed:
    blank: dict[str, Any] = {
        "title": "", "summary": "", "position": "", "body": (), "equipment": (), "settings": {}, "parts": {},
        "length": 1, "section": "Other",
    }  # fmt: skip
    return Listed(name=name, **{**blank, **more})


LIBRARY = [
    routine("chin-tuck", body=("neck",), position="sitting", summary="The chin goes back."),
    routine("bridge", body=("lower back", "glutes"), position="lying on your back"),
    routine(
        "rope-pull", body=("hamstrings",), equipment=("strap",), position="lying on your back", level="gentle"
    ),
    routine("evening", parts={"bridge": "The bridge pose"}, summary="For a stiff day."),
    routine("rows", body=("mid back", "shoulders"), equipment=("band",), position="standing", phase="rest"),
]


@every(
    ("words", "names"),
    [
        (["neck"], ["chin-tuck"]),
        (["stiff", "neck"], ["chin-tuck"]),  # a complaint says nothing beside a part of the body
        (["my stiff neck"], ["chin-tuck"]),
        (["stiff"], ["evening"]),  # and is looked for where it stands alone
        (["buttocks"], ["bridge"]),
        (["lumbar", "spine"], ["bridge"]),
        (["back"], ["chin-tuck", "bridge", "rope-pull", "rows"]),
        (["lats"], ["rows"]),
        (["supine"], ["bridge", "rope-pull"]),
        (["supine", "belt"], ["rope-pull"]),
        (["resistance band"], ["rows"]),
        (["bridge"], ["bridge", "evening"]),  # a session is found by what is in it
        (["quads"], []),
        (["glute", "bridge"], ["bridge"]),
        (["easy"], ["rope-pull"]),
        (["cool down"], ["rows"]),
        (["theraband"], ["rows"]),
        (["zebra"], []),
        ([], ["chin-tuck", "bridge", "rope-pull", "evening", "rows"]),
    ],
)
def test_what_is_found(words: list[str], names: list[str]) -> None:
    said: list[str] = []
    assert [listed.name for listed in search(LIBRARY, words, said.append).matches] == names
    assert said == []


@pytest.mark.parametrize(("word", "meant"), [("sholders", "shoulders"), ("hamstirngs", "hamstrings")])
def test_a_slip_is_understood_and_said(word: str, meant: str) -> None:
    said: list[str] = []
    assert search(LIBRARY, [word], said.append) == search(LIBRARY, [meant])
    assert said == [f"'{word}' is read as '{meant}'"]


@every(
    ("words", "contained"),
    [
        (["bridge"], ["The bridge pose"]),
        (["stiff", "day"], []),
        ([], []),
        (["day", "bridge"], ["The bridge pose"]),
    ],
)
def test_a_session_says_what_it_was_found_for(words: list[str], contained: list[str]) -> None:
    searched = search(LIBRARY, words)
    (evening,) = [each for each in searched.matches if each.name == "evening"]
    assert searched.contained(evening) == contained
    assert all(searched.contained(each) == [] for each in searched.matches if each is not evening)
