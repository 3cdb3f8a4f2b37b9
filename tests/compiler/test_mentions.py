"""Texts that still name a part which was left out."""

from __future__ import annotations

from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.routine.load import load
from tests.conftest import Write


def notes(write: Write, *texts: str, name: str) -> list[str]:
    said = "".join(f"  - say: {text}\n" for text in texts)
    part = f"  - repeat: 2\n    id: {name}\n    steps: [{{hold: 9s}}]\n"
    path = write(f"title: T\nsteps:\n  - say: Begin.\n{part}  - hold: 9s\n{said}  - hold: 9s\n")
    return list(compile(load(path), Options(skip=(name,))).notes)


def test_a_name_in_another_text_is_reported_with_its_place(write: Write) -> None:
    (note,) = (each for each in notes(write, "Those were the bridges.", name="bridges") if "mention" in each)
    assert note.startswith("Bridges is left out, but the words still mention it: “Those were the bridges.” (")


def test_a_word_of_the_whole_routine_and_a_short_one_are_not_a_name(write: Write) -> None:
    often = [f"The knees, {number}." for number in ("one", "two", "three")]
    for texts, name in ((often, "knees"), (["An arm."], "arm"), (["Nothing."], "bridges")):
        assert [each for each in notes(write, *texts, name=name) if "mention" in each] == []


def test_of_many_texts_that_name_it_four_are_shown(write: Write) -> None:
    texts = [f"The side bridge, {number}." for number in ("one", "two", "three", "four", "five", "six")]
    (note,) = (each for each in notes(write, *texts, name="side-bridge") if "mention" in each)
    assert note.endswith(" and 2 more")
    assert note.count("“") == 4
