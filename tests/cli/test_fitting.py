"""`--fit` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import soundfile

from tests.cli.conftest import Run

OWN_LENGTH = """
title: Own
length: {default: 40s, min: 30s, max: 1m}
safety: {notice: none, closing: none}
settings: {hold: {default: 10s, min: 5s, max: 20s}}
steps:
  - repeat: 2
    rest: 4s
    steps: [{say: Stay.}, {hold: $hold}]
"""


def test_a_render_lasts_as_long_as_asked_for_and_says_what_it_turned(run: Run) -> None:
    receipt = json.loads(run("render", "cat-stretch", "--fit", "3m", "--json").out)
    assert (receipt["length_s"], receipt["fit"]["asked_s"]) == (180, 180)
    assert receipt["fit"]["rests_added_s"] >= 0
    assert soundfile.info(receipt["mp3"]).frames == 180 * 48_000
    for name, (_, chosen) in receipt["fit"]["changed"].items():
        assert receipt["settings"][name] == chosen
    kept = json.loads(Path(receipt["script"]).read_text(encoding="utf-8"))
    assert (kept["length"], kept["settings"]) == (180 * 250, receipt["settings"])
    assert "\nfit     to 03:00.000: " in Path(receipt["text"]).read_text(encoding="utf-8")


def test_show_and_compile_fit_as_well(run: Run) -> None:
    shown = run("show", "lower-back", "--fit", "12m").out
    assert "length  12:00.000" in shown
    assert "fit     to 12:00.000: " in shown
    assert run("compile", "cat-stretch", "--fit", "3m", "--estimate").code == 0
    assert "length  03:00.000" in Path("scripts/cat-stretch.txt").read_text(encoding="utf-8")


def test_an_edited_script_of_a_fitted_routine_keeps_its_length(run: Run) -> None:
    run("compile", "cat-stretch", "--fit", "180.004s", "-o", ".")
    assert json.loads(run("render", "cat-stretch.script.json", "--json").out)["length_s"] == 180.004
    assert run("render", "cat-stretch.script.json", "--fit", "3m").code == 2


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        ("1s", 3, "cat-stretch cannot last 00:01.000: possible are 0"),
        ("10h", 3, "cat-stretch cannot last 10:00:00.000: possible are 0"),
        ("soon", 2, "the length to fit to: 'soon' is not a time"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, asked: str, code: int, words: str) -> None:
    ran = run("render", "cat-stretch", "--fit", asked)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert not Path("out").exists()


def test_a_routine_with_a_length_of_its_own(run: Run) -> None:
    Path("own.yaml").write_text(OWN_LENGTH, encoding="utf-8")
    for arguments, length in (((), 40), (("--fit", "50s"), 50)):
        assert json.loads(run("render", "own.yaml", "--json", *arguments).out)["length_s"] == length
    receipt = json.loads(run("render", "own.yaml", "--json", "--fit", "none").out)
    assert (receipt["settings"], "fit" in receipt) == ({"hold": "10s"}, False)
    assert "length: 65s is more than 60s" in run("render", "own.yaml", "--fit", "65s").err
    receipt = json.loads(run("render", "own.yaml", "--json", "--fit", "65s", "--beyond-bounds").out)
    assert (receipt["length_s"], receipt["beyond_bounds"]) == (65, ["length"])
