"""A render that replaces another version of the same file says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.listener.options import Options
from audioguide.listener.request import Request
from audioguide.pipeline.build import build
from audioguide.pipeline.receipt import Receipt
from audioguide.pipeline.render import render
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load

ROUTINE = load(SHIPPED_LIBRARY.find("cat-stretch"))


def made(out: Path, **asked: object) -> Receipt:
    options = Options(engine="tone", **asked)  # type: ignore[arg-type]
    return render(build(Request(routine=ROUTINE, options=options)), out)


@pytest.mark.parametrize(
    ("first", "second", "reported"),
    [
        ({}, {"settings": {"hold": "6s"}}, "made with the defaults, now with hold 6s"),
        ({"settings": {"hold": "6s"}}, {}, "made with hold 6s, now with the defaults"),
        (
            {"rate": 100, "bed": "brown"},
            {"rate": 110, "bed": "brown"},
            "made with rate 100, now with rate 110",
        ),
        ({"profile": "quiet"}, {"guidance": "short"}, "made with profile quiet, now with guidance short"),
    ],
)
def test_another_version_is_replaced_with_a_note(
    tmp_path: Path, first: dict[str, object], second: dict[str, object], reported: str
) -> None:
    assert not any("replaces" in note for note in made(tmp_path, **first).notes)
    assert not any("replaces" in note for note in made(tmp_path, **first).notes)
    receipt = made(tmp_path, **second)
    note = f"replaces {tmp_path / 'cat-stretch.mp3'} {reported}; --name NAME keeps both"
    assert receipt.notes[-1] == note
    assert f"  note: {note}" in receipt.as_text()


@pytest.mark.parametrize("damage", ["{", "[]", '{"asked": 3}', "", '{"asked": ' + 3000 * "["])
def test_a_script_that_cannot_be_read_is_no_reason_to_fail(tmp_path: Path, damage: str) -> None:
    made(tmp_path)
    (tmp_path / "cat-stretch.script.json").write_text(damage, encoding="utf-8")
    assert not any("replaces" in note for note in made(tmp_path, rate=100).notes)
